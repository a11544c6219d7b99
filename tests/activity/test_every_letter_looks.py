"""Every letter is HTML that Outlook draws too, and is read in light and dark, also where colours are turned over."""

import re
from html.parser import HTMLParser

import pytest
from django.utils import translation

from activity.kinds import kinds
from activity.markup import dress
from tests.activity._every_letter import every_letter, everything

#: What mail programs draw, Outlook for Windows (which draws with Word) among them: element -> attributes.
ALLOWED = {
    "html": {"lang", "xmlns", "xmlns:o"}, "head": set(), "title": set(), "style": set(),
    "meta": {"charset", "name", "content"}, "body": set(),
    "table": {"role", "align", "width", "cellpadding", "cellspacing", "border", "bgcolor"}, "tr": set(),
    "td": {"align", "bgcolor"}, "div": {"role"}, "p": set(), "h1": set(), "h2": set(), "h3": set(), "ul": set(),
    "li": set(), "blockquote": set(), "hr": set(), "br": set(), "a": {"href"}, "span": set(), "strong": set(),
    "b": set(),
}  # fmt: skip
ANYWHERE = {"class", "style"}
#: Properties that Outlook knows or leaves aside without harm.
PROPERTIES = {
    "font-family", "font-size", "font-weight", "line-height", "color", "background", "margin", "padding", "border",
    "border-top", "border-left", "border-radius", "text-decoration", "text-underline-color", "display", "width",
    "max-width", "max-height", "overflow", "white-space", "mso-padding-alt", "mso-hide",
}  # fmt: skip
DISPLAYS = {"inline-block", "none"}
COLOUR = re.compile(r"#[0-9a-f]{6}")
LEAST = 4.5  # WCAG 2.2 AA for text


@pytest.fixture(params=["nl", "en"])
def letters(request, cast):
    """Every letter in one language: [(name of the kind, HTML)]."""
    everything(cast)
    with translation.override(request.param):
        found = [(kind.name, made.letter.html) for kind, made in every_letter(cast.amina)]
    assert len(found) == len(kinds)
    assert min(len(Seen(html).words) for _name, html in found) > 5
    return found


class Seen(HTMLParser):
    """Every element, with the colours of its words and of what is beneath them."""

    VOID = {"meta", "br", "hr"}

    def __init__(self, html, dark=False):
        super().__init__()
        self.dark = classes_in_the_dark(html) if dark else {}
        self.open, self.elements, self.words = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        style = dict(
            [part.strip() for part in rule.split(":", 1)] for rule in (given.get("style") or "").split(";") if rule
        )
        for name in (given.get("class") or "").split():
            style |= self.dark.get(name, {})
        self.elements.append((tag, given, style))
        above = self.open[-1] if self.open else ("", "#1f2a30", "#ffffff", True)
        ground = COLOUR.findall(style.get("background", "")) or [above[2]]
        shown = above[3] and style.get("display") != "none" and tag not in ("style", "title")
        if tag not in self.VOID:
            self.open.append((tag, style.get("color", above[1]), ground[0], shown))

    def handle_endtag(self, tag):
        while self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and self.open and self.open[-1][3]:
            self.words.append((data.strip(), *self.open[-1][1:3]))


def classes_in_the_dark(html):
    """What the letter's own style says of each class for dark mode."""
    (block,) = re.findall(r"@media \(prefers-color-scheme: dark\) \{(.+)\}\n", html)
    found = {}
    for names, rules in re.findall(r"([^{}]+)\{([^}]+)\}", block):
        style = dict(part.replace("!important", "").split(":") for part in rules.split(";") if part.strip())
        for name in names.split(","):
            if (name := name.strip()).startswith("."):
                found[name[1:]] = {key.strip(): value.strip() for key, value in style.items()}
    return found


def contrast(one, other):
    """The ratio of WCAG between two colours."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour):
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def turned_over(colour):
    """As programs that turn light into dark by themselves do it, at their crudest."""
    return "#" + "".join(f"{255 - int(colour[start : start + 2], 16):02x}" for start in (1, 3, 5))


def test_elements_attributes_and_styles_are_those_that_outlook_knows(letters):
    found = set()
    for name, html in letters:
        for tag, given, style in Seen(html).elements:
            found |= {(name, tag)} if tag not in ALLOWED else set()
            found |= {(name, tag, more) for more in set(given) - ALLOWED.get(tag, set()) - ANYWHERE}
            found |= {(name, tag, css) for css in set(style) - PROPERTIES}
            found |= {(name, tag, style["display"])} if style.get("display", "none") not in DISPLAYS else set()
    assert found == set()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("forced", [False, True], ids=["as it is", "turned over"])
def test_its_words_stand_out(letters, dark, forced):
    faint = set()
    for name, html in letters:
        for words, colour, ground in Seen(html, dark).words:
            pair = (turned_over(colour), turned_over(ground)) if forced else (colour, ground)
            faint |= {(name, words[:40], *pair)} if contrast(*pair) < LEAST else set()
    assert faint == set()


def test_every_letter_fetches_nothing(letters):
    assert [name for name, html in letters if re.search(r"<img|src=|url\(|<script|@import|<link", html)] == []


def test_links_lead_to_the_platform_or_to_somebodys_mail(letters, settings):
    meant = ("mailto:", settings.BASE_URL)
    addresses = {address for _name, html in letters for address in re.findall(r'href="([^"]*)"', html)}
    assert {address for address in addresses if not address.startswith(meant)} == set()


def test_in_outlook_a_button_has_its_size():
    html = dress('<a class="button" href="/x">Ja</a>')
    assert html.count("<!--[if mso]>") == html.count("<![endif]-->") == 2
