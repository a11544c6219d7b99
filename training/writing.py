"""The text of a page or an assignment, made into HTML once, when it is written.

Markdown with headings, unlike a post in a conversation: a page of a module is long enough to need them. They begin at
the second level, below the page's own title. No HTML of one's own and no pictures; links only to http, https, mailto.
"""

from functools import cache

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr", "h2", "h3", "h4"}
HIGHEST, LOWEST = 2, 4


def html_of(text):
    """The cleaned HTML of a text in Markdown; its highest heading is an h2, and no level is passed over."""
    tokens = _reader().parse(text)
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(HIGHEST + levels.index(token.tag), LOWEST)}"
    html = _reader().renderer.render(tokens, _reader().options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    ).strip()


@cache
def _reader():
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable("strikethrough")
    reader.disable(["image", "html_block", "html_inline", "entity", "reference"])
    return reader
