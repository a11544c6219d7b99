"""Another library, on a port of its own: it answers what a test lays ready, and remembers what was asked."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

FRAME = (
    '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
    "<responseDate>{at}</responseDate><request>x</request>{body}</OAI-PMH>"
)
FORMATS = (
    "<ListMetadataFormats><metadataFormat><metadataPrefix>{}</metadataPrefix><schema>x</schema>"
    "<metadataNamespace>x</metadataNamespace></metadataFormat></ListMetadataFormats>"
)


def frame(body, at="2026-11-01T10:00:00Z"):
    return FRAME.format(body=body, at=at)


def record(name, title="", *, licence="https://creativecommons.org/licenses/by/4.0/", deleted=False, extra=""):
    """A record in Dublin Core."""
    status = ' status="deleted"' if deleted else ""
    words = (
        f'<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>Joke de Wit</dc:creator>'
        f"<dc:identifier>https://elders.example/{name}</dc:identifier><dc:rights>{licence}</dc:rights>{extra}"
        "</oai_dc:dc></metadata>"
    )
    return (
        f"<record><header{status}><identifier>oai:elders:{name}</identifier>"
        f"<datestamp>2026-10-01T00:00:00Z</datestamp></header>{'' if deleted else words}</record>"
    )


def records(*found, token=None, at="2026-11-01T10:00:00Z"):
    tail = "" if token is None else f"<resumptionToken>{token}</resumptionToken>"
    return frame(f"<ListRecords>{''.join(found)}{tail}</ListRecords>", at)


class Shelf:
    """`answers` by verb, or by resumption token; a function gets the arguments."""

    def __init__(self, prefix="oai_dc"):
        self.asked = []
        self.answers = {
            "ListMetadataFormats": frame(FORMATS.format(prefix)),
            "Identify": frame("<Identify><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"),
        }

    def __enter__(self):
        shelf = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self):
                arguments = dict(parse_qsl(urlsplit(self.path).query))
                shelf.asked.append(arguments)
                answer = shelf.answers.get(arguments.get("resumptionToken") or arguments.get("verb"))
                answer = answer(arguments) if callable(answer) else answer
                if isinstance(answer, tuple):
                    status, headers, body = answer
                else:
                    status, headers, body = (200 if answer else 404), {}, answer or ""
                self.send_response(status)
                for pair in headers.items():
                    self.send_header(*pair)
                self.end_headers()
                self.wfile.write(body if isinstance(body, bytes) else body.encode())

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/oai"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()
