"""Where one gets by following links from the home page, as each person of the demo."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import URLPattern

from tests.sweep.demosite import PEOPLE, STRANGER, DemoSite

#: Django's own pages, what is no page, and what ends the visit.
NOT_OURS = ("admin:", "health:", "set_language", "stream", "account_logout")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "use"}
EMPTY_HOUSE = ["/account/login/", "/nowhere/"]


@dataclass(frozen=True)
class Example:
    """One page as one person sees it."""

    view: str
    address: str
    who: str
    html: str = field(repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.address} ({self.who})"


@dataclass
class Walk:
    """All that was found, and the links that led nowhere."""

    examples: dict[str, list[Example]]
    dead: list[str]


class Reader(HTMLParser):
    """The links of a page, and its shape: which kinds of element stand within which, in what is its own."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.shape: set[tuple[str, str]] = set()
        self.path: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "a" and named.get("href"):
            self.links.append(named["href"])
        kind = " ".join([tag, *sorted(named.get("class", "").split()), named.get("role", ""), named.get("type", "")])
        if "main" in (step.split(" ")[0] for step in self.path):
            self.shape.add((self.path[-1], kind))
        if tag not in VOID:
            self.path.append(kind)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.path) - 1, -1, -1):
            if self.path[place].split(" ")[0] == tag:
                del self.path[place:]
                return


def view_names() -> list[str]:
    """Every address with a name, except those that are no page of ours."""
    return sorted({name for name in _names(get_resolver().url_patterns) if not name.startswith(NOT_OURS)})


def _names(patterns: list, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield prefix + pattern.name
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, inner)


def walk(site: DemoSite, *, visits: int = 3, keep: int = 6) -> Walk:
    """Follow every link as everybody.

    A kind of page is a view with the names of its parameters. Of each kind a person visits `visits` at most; of each
    view at most `keep` are kept, no two of them of the same shape.
    """
    found = Walk(defaultdict(list), [])
    shapes: dict[str, set] = defaultdict(set)
    for who in PEOPLE:
        for example, shape in _follow(site, who, visits, found.dead):
            kept = found.examples[example.view]
            if shape not in shapes[example.view] and len(kept) < keep:
                shapes[example.view].add(shape)
                kept.append(example)
    return found


def _follow(site: DemoSite, who: str, visits: int, dead: list[str]) -> Iterator[tuple[Example, frozenset]]:
    waiting = deque([("/", "the address bar")])
    if who == STRANGER:
        waiting.extend((address, "the address bar") for address in EMPTY_HOUSE)
    seen, visited = {"/"}, defaultdict(int)
    while waiting:
        address, origin = waiting.popleft()
        kind = _kind(address)
        visited[kind] += 1
        if kind[0].startswith(NOT_OURS) or visited[kind] > visits:
            continue
        answer = site.get(who, address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # a file is closed when it was read
        links: list[str] = []
        if answer.status_code in {301, 302}:
            links = [answer.headers["Location"]]
        elif answer.status_code != (404 if kind[0] == "nowhere" else 200):
            dead.append(f"{address} answers {answer.status_code} to {who}, who followed a link on {origin}")
        elif answer.headers["Content-Type"].startswith("text/html"):
            html = answer.content.decode()
            read = Reader(html)
            links = read.links
            yield Example(kind[0], address, who, html), frozenset(read.shape)
        for link in links:
            parts = urlsplit(urljoin(address, link))
            clean = parts.path + (f"?{parts.query}" if parts.query else "")
            ours = not parts.scheme and (not parts.netloc or parts.netloc == "testserver")
            if ours and not clean.startswith("/static/") and clean not in seen:
                seen.add(clean)
                waiting.append((clean, address))


def _kind(address: str) -> tuple[str, ...]:
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        name = "nowhere"
    return (name, *sorted(parse_qs(parts.query, keep_blank_values=True)))
