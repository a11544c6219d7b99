"""Parts of a page that come fifty times: their template is drawn once for each shape, with places for the rest.

Drawing a template costs a hundred times what filling in its places costs. So of each row one says its *shape*, all by
which its template decides (is it new, does it answer another?), and its *places*, what stands in it (a name, an
address). The template sees both as names: a shape with its value, a place as something that can only be put out, as
`{{ name }}`, in text or in a quoted attribute. Values are escaped when they are filled in, unless they are safe HTML.
"""

import re
from html import escape

from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MARK = re.compile("\ue000([a-z_]+)\ue001")
#: Frames of this process: (template, language, shape) -> text with places. Shapes are few; the bound is for mistakes.
DRAWN, MOST = {}, 2000


class Frame:
    """A template for one row of many: `POST = Frame("discussions/post.html", "number", "who")`."""

    def __init__(self, template, *places):
        self.template = template
        self.marks = {place: mark_safe(f"\ue000{place}\ue001") for place in places}

    def joined(self, rows):
        """The HTML of all rows, each (shape, places): two dicts, of which the first always has the same names."""
        template, language, parts = get_template(self.template).template, get_language(), []
        for shape, places in rows:
            key = (template, language, *shape.values())
            frame = DRAWN.get(key) or self._draw(key, template, shape)
            parts.append(frame % {name: fit(value) for name, value in places.items()})
        return mark_safe("".join(parts))

    def _draw(self, key, template, shape):
        drawn = template.render(Context(shape | self.marks))
        if len(DRAWN) >= MOST:
            DRAWN.clear()
        frame = DRAWN[key] = MARK.sub(r"%(\1)s", drawn.replace("%", "%%"))
        return frame


def fit(value):
    """A value as it stands in HTML, and fit for as many rows as it stands in."""
    kind = type(value)
    return value if kind is SafeString or kind is int or not value else SafeString(escape(str(value)))
