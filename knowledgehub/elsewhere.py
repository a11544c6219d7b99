"""What a page elsewhere on the web calls itself: asked in the background when somebody adds its address, and laid
before her to be confirmed. What answers is not trusted: not its address, size or time, nor its words.

`ResourceVersion.link_says` holds it: {"link", "state": waiting, ready or away, "title", "summary"}.
"""

import time
from urllib.parse import unquote, urlsplit

import requests
import structlog
from django.db import transaction
from lxml import etree, html

from core import outward
from core.text import one_line
from knowledgehub import tasks
from knowledgehub.models import ResourceVersion

log = structlog.get_logger(__name__)

MOST_BYTES, MOST_SECONDS, MOST_AT_ONCE = 600_000, 12, 20
AGENT = "PLG-platform KennisHub (title of a shared link)"
PAGES = ("text/html", "application/xhtml+xml")
#: Where a page says how it is called and what it is, the best first.
TITLES = ("//meta[@property='og:title']/@content", "//title/text()", "//h1//text()")
SUMMARIES = ("//meta[@property='og:description']/@content", "//meta[@name='description']/@content")


class Away(Exception):
    """There is no page that we can read at this address, for whatever reason."""


def expect(version):
    """Have the page behind its link asked, once for each address. Returns whether it is."""
    if not version.link or (version.link_says or {}).get("link") == version.link:
        return False
    version.link_says = {"link": version.link, "state": "waiting"}
    version.save(update_fields=["link_says"])
    tasks.look_on_commit()
    return True


def ask_all():
    """Ask each page that waits for it. Returns how many there were."""
    waiting = ResourceVersion.objects.filter(link_says__state="waiting", published_at=None).order_by("pk")
    found = list(waiting[:MOST_AT_ONCE])
    for version in found:
        try:
            said = says(version.link_says["link"])
        except Exception:  # a page that breaks its reader is asked once, and keeps no other waiting
            log.exception("link_broke_its_reader", version=version.pk)
            said = {"state": "away"}
        keep(version, said)
    return len(found)


def says(url):
    """What the page at this address says of itself, as it is kept."""
    try:
        title, summary = read(*fetch(url))
    except Away as problem:
        log.info("link_not_read", why=str(problem)[:100])  # not the address: it may hold a key
        return {"state": "away"}
    return {"state": "ready", "title": title, "summary": summary}


@transaction.atomic
def keep(version, said):
    """Lay it beside the version, unless that was published or points elsewhere meanwhile."""
    row = ResourceVersion.objects.select_for_update().get(pk=version.pk)
    asked = (row.link_says or {}).get("link")
    if asked == version.link_says["link"] and not row.is_published:
        row.link_says = {"link": asked} | said
        row.save(update_fields=["link_says"])


def fetch(url):
    """(the first bytes of the page, its charset or None). Raises Away.

    Who asks learns nothing of what stands in our own network: an address there is away like any other.
    """
    ends_at, kept = time.monotonic() + MOST_SECONDS, bytearray()
    asking = outward.session(seconds=5)
    asking.headers.update({"User-Agent": AGENT, "Accept": ", ".join(PAGES), "Accept-Language": "nl, en;q=0.5"})
    try:
        with asking.get(url, stream=True) as answer:
            kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if answer.status_code != 200 or kind not in PAGES:
                raise Away(f"{answer.status_code} {kind}")
            for piece in answer.iter_content(16384):
                kept += piece
                if time.monotonic() > ends_at:
                    raise Away("too slow")
                if len(kept) > MOST_BYTES or b"</head>" in kept.lower():
                    break
            charset = answer.encoding if "charset" in answer.headers.get("Content-Type", "").lower() else None
    except (requests.RequestException, UnicodeError, ValueError) as problem:
        raise Away(type(problem).__name__) from None
    return bytes(kept[:MOST_BYTES]), charset


def read(page, charset=None):
    """(title, summary) of a page of the web. Raises Away where it has no title."""
    try:
        parser = html.HTMLParser(encoding=charset, no_network=True, huge_tree=False)
        root = html.document_fromstring(page, parser=parser)
    except (etree.LxmlError, LookupError, ValueError) as problem:
        raise Away(type(problem).__name__) from None
    title = _first(root, TITLES)
    if not title:
        raise Away("no title")
    return title[:140], _first(root, SUMMARIES)[:600]


def _first(root, paths):
    for path in paths:
        if words := one_line(" ".join(root.xpath(path)[:1])):
            return words
    return ""


def name_of(url):
    """What a link is called until its page says so: the last words of its address, else its site."""
    try:
        address = urlsplit(url)
        site = address.hostname or url
    except ValueError:
        return url[:140]
    last = unquote(address.path).rstrip("/").rpartition("/")[2]
    words = one_line(last.partition(".")[0].replace("-", " ").replace("_", " "))
    return (words if any(sign.isalpha() for sign in words) else site)[:140]


def proposal(version):
    """What its page says and is not taken over yet: {"state": …}, None where there is nothing to say."""
    said = version.link_says or {}
    if said.get("link") != version.link or not version.link:
        return None
    if said["state"] != "ready":
        return said
    is_other = said["title"] != version.title or (said["summary"] and said["summary"] != version.summary)
    return said if is_other else None
