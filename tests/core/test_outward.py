"""Asking other servers: never one inside our own network, whatever name or redirect leads there."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from core import outward

INNER = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "fe80::1%eth0",
]  # fmt: skip


class Answering(BaseHTTPRequestHandler):
    """`/away?where` sends on, everything else answers."""

    def do_GET(self):
        self.server.asked.append(self.path)
        where = self.path.partition("?")[2] if self.path.startswith("/away") else ""
        self.send_response(302 if where else 200)
        if where:
            self.send_header("Location", where)
        self.end_headers()
        self.wfile.write(b"inside")

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def server():
    """One that listens on every address of this machine."""
    server = ThreadingHTTPServer(("0.0.0.0", 0), Answering)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def live(settings):
    """As it is outside tests and development, where servers of a test may be asked."""
    settings.TESTING = settings.DEBUG = False


@pytest.fixture
def internet(monkeypatch, live):
    """127.0.0.1 stands for the open internet; every other address is what it is."""
    is_public = outward.is_public
    monkeypatch.setattr(outward, "is_public", lambda address: address == "127.0.0.1" or is_public(address))


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_not_public(address):
    assert not outward.is_public(address)


def test_an_inner_address_is_not_asked(server, live):
    with pytest.raises(requests.RequestException):
        outward.session().get(f"http://127.0.0.1:{server.server_port}/")
    assert server.asked == []


def test_a_redirect_to_an_inner_address_is_not_followed(server, internet):
    port = server.server_port
    assert outward.session().get(f"http://127.0.0.1:{port}/").text == "inside"
    with pytest.raises(requests.RequestException):
        outward.session().get(f"http://127.0.0.1:{port}/away?http://127.0.0.2:{port}/inner")
    assert server.asked == ["/", f"/away?http://127.0.0.2:{port}/inner"]


def test_a_name_that_leads_to_an_inner_address_is_not_asked(server, internet, monkeypatch):
    """The name answers an outer address first and an inner one when we ask again: what counts is where we arrive."""
    answers = iter(["127.0.0.1", "127.0.0.2"])
    known = socket.getaddrinfo

    def ask(host, *args, **kwargs):
        return known(next(answers) if host == "school.example" else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    url = f"http://school.example:{server.server_port}/"
    assert outward.session().get(url).status_code == 200
    with pytest.raises(requests.RequestException):
        outward.session().get(url)
    assert server.asked == ["/"]


def test_a_redirect_to_another_kind_of_address_is_not_followed(server, internet):
    with pytest.raises(requests.RequestException):
        outward.session().get(f"http://127.0.0.1:{server.server_port}/away?file:///etc/passwd")
