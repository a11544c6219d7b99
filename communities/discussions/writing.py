"""Markdown as people type it, made into HTML once, when it is written: what readers get has been cleaned already.

No HTML of one's own, no pictures from elsewhere, no headings (a page has its own), links only to http, https and
mailto. Quotes and lists go five deep at most; whatever lies deeper is shown at that depth, nothing is left out.
"""

import re
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

VERSION = 1  # of what this module makes; raise it when that changes, and a night makes all posts anew
LONGEST = 20_000  # characters of one post: ten pages
DEEPEST = 5
MOST_LINKS = 300  # in one post

TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr", "span"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "span": {"class"}}
SCHEMES = {"http", "https", "mailto"}

MARK = r"[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))"  # of a quote or a list, at the begin of a line
FIRST_MARKS = re.compile(f"(?:{MARK}){{{DEEPEST}}}")
MORE_MARKS = re.compile(f"(?:{MARK})+")
INDENT = re.compile(r"^[ \t]{20,}")  # ten lists in each other, two spaces each
ADDRESS = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]]")
MENTION = re.compile(r"(?<![\w@./])@(?=[^\W\d_])")


def html_of(text, names=()):
    """The cleaned HTML of a text; `names` are people who are mentioned in it, by their names."""
    reader, longest_first = _reader(text.count("[") <= MOST_LINKS), sorted(names, key=len, reverse=True)
    html = reader.render(_shallow(text), {"names": longest_first})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener noreferrer ugc",
        attribute_filter=_kept,
    ).strip()


def _kept(tag, name, value):
    """An attribute as it stays: links to elsewhere with their scheme written out, and our own class."""
    if name != "rel" and name not in ATTRIBUTES.get(tag, ()):  # nh3 writes rel itself
        return None
    if name == "href":
        return value if value.lower().startswith(("http://", "https://", "mailto:")) else None
    if name == "class":
        return value if value == "mention" else None
    return value


def _shallow(text):
    """The same with quotes and lists that are not too deep."""
    return "\n".join(map(_shallow_line, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def _shallow_line(line):
    line = INDENT.sub(" " * 20, line)
    first = FIRST_MARKS.match(line)
    if not first:
        return line
    rest = line[first.end() :]
    more = MORE_MARKS.match(rest)
    return f"{first[0]} {rest[more.end() :].lstrip()}" if more else line


@cache
def _reader(with_links):
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 100}).enable("strikethrough")
    reader.disable(["heading", "lheading", "image", "html_block", "html_inline", "reference", "entity"])
    if not with_links:  # each opening bracket looks for its end through all that follows
        reader.disable("link")
    reader.core.ruler.push("people_and_addresses", _mark)
    return reader


def _mark(state: StateCore):
    """Make bare addresses links, and show who is mentioned."""
    names = state.env.get("names", [])
    for block in state.tokens:
        if block.type == "inline":
            block.children = [
                new for token, linked in _with_links(block.children) for new in _parts(token, linked, names)
            ]


def _with_links(tokens):
    """Each token, and whether it stands in a link."""
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        yield token, depth > 0


def _parts(token, linked, names):
    if token.type != "text" or linked:
        return [token]
    found, rest = [], token.content
    while rest:
        place, end, kind = _next(rest, names)
        if kind is None:
            break
        found += [_text(rest[:place]), *_made(kind, rest[place:end])]
        rest = rest[end:]
    return [*found, _text(rest)] if found else [token]


def _next(text, names):
    """Where the nearest address or mention stands: (begin, end, kind)."""
    nearest = (len(text), len(text), None)
    if match := ADDRESS.search(text):
        nearest = (match.start(), match.end(), "address")
    for match in MENTION.finditer(text):
        if match.start() > nearest[0]:
            break
        said = text[match.end() :].casefold()
        if name := next((name for name in names if _begins(said, name.casefold())), ""):
            return match.start(), match.end() + len(name), "mention"
    return nearest


def _made(kind, text):
    if kind == "address":
        return [Token("link_open", "a", 1, attrs={"href": text}), _text(text), Token("link_close", "a", -1)]
    return [Token("span_open", "span", 1, attrs={"class": "mention"}), _text(text), Token("span_close", "span", -1)]


def _text(content):
    return Token("text", "", 0, content=content)


def _begins(text, name):
    """Whether a text begins with this name, and not with a longer word."""
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


# Mentions ------------------------------------------------------------------------------------------


def mentioned(text, people):
    """({the words as they stand: one of these people}, the words that name nobody) of all @Name and @First name.

    A first name counts when only one of the people has it.
    """
    called = {}
    for person in people:
        whole = str(person).casefold()
        for name in {whole, whole.split(" ")[0]}:
            called.setdefault(name, []).append(person)
    names = sorted(called, key=len, reverse=True)
    plain, found, unknown = _plain(text), {}, []
    for match in MENTION.finditer(plain):
        said = plain[match.end() : match.end() + 130]
        low = said.casefold()
        name = next((name for name in names if _begins(low, name)), "")
        if name and len(called[name]) == 1:
            found[said[: len(name)]] = called[name][0]
        else:
            unknown.append(re.match(r"[\w'-]+(?: [A-Z][\w'-]+)*", said)[0])
    return found, unknown


def _plain(text):
    """The words of a text without its marks, code and links."""
    reader = _reader(text.count("[") <= MOST_LINKS)
    blocks = [token.children for token in reader.parse(_shallow(text), {}) if token.type == "inline"]
    return "\n".join(
        "".join(token.content if token.type == "text" and not linked else " " for token, linked in _with_links(block))
        for block in blocks
    )
