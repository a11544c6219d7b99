"""The same figures as rows, for a spreadsheet: whole minutes, so that a column adds up."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def rows_of(counted):
    """A head and one line for each month, theme, theme in a month and part. Nothing that the page does not show."""
    head = [_("What"), _("Name"), _("Month"), _("Minutes"), _("Minutes last year")]
    return [head, *_months(counted), *_themes(counted), *_parts(counted), *_blocks(counted)]


def _months(counted):
    for bar in counted.whole.bars:
        if bar.this is not None or bar.last:
            yield [_("month"), counted.place.name, _named(bar.first), bar.this or None, bar.last]


def _themes(counted):
    for theme in counted.themes:
        yield [_("theme"), theme.label, "", theme.minutes or None, theme.last_year or None]
        for month, minutes in zip(counted.closed, theme.cells, strict=True):
            if minutes:
                yield [_("theme in a month"), theme.label, _named(month.first), minutes, None]


def _parts(counted):
    what = _("school") if counted.place.kind == "board" else _("board")
    for part in counted.parts:
        yield [what, part["name"], "", part["minutes"] or None, part["last_year"] or None]


def _blocks(counted):
    """What other apps tell, in their own words: how much stands in the place of the month."""
    for block in counted.blocks:
        for name, *much in block.rows:
            yield [str(block.title), str(name), ", ".join(map(str, much)), None, None]


def _named(first):
    return date_format(first, "F Y")
