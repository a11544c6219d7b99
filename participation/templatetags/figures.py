"""Figures in templates."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from participation import words

register = template.Library()
register.filter("hours", words.number_of_hours)
register.filter("in_hours", words.hours)
register.filter("month", words.month)
register.filter("month_name", words.month_name)


@register.filter
def cell(minutes):
    """A number in a table; a dot where nothing was counted, which a screen reader hears in words."""
    if minutes:
        return words.number_of_hours(minutes)
    nothing = '<span aria-hidden="true">·</span><span class="visually-hidden">{}</span>'
    return format_html(nothing, _("nothing counted"))
