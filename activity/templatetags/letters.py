"""What the words of a letter need: full addresses, and links that work without signing in."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import links

register = template.Library()
NUMBERS = [_("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine")]


@register.simple_tag
def url_for(view, *args, **kwargs):
    """The full address of a view: {% url_for "meetings:detail" about.pk %}."""
    return links.url_for(view, *args, **kwargs)


@register.simple_tag(takes_context=True)
def signed_url(context, purpose, view, *args, **facts):
    """The full address of a view that takes a token as its last argument, signed for the reader of this letter."""
    person = context.get("person")
    reader = {"person": person.pk} if person else {"address": context["address"]}
    return links.url_for(view, *args, links.sign(purpose, **reader | facts))


@register.simple_tag
def linked(said, path):
    """A line of news (safe HTML) as a letter has it: its bold words lead to this path; without any, all of it."""
    if not path:
        return said
    link = format_html('<a href="{}">', links.absolute(path))
    before, bold, rest = said.partition("<b>")
    if not bold or "</b>" not in rest:
        return mark_safe(f"{link}{said}</a>")
    return mark_safe(f"{before}{link}{rest.replace('</b>', '</a>', 1)}")


@register.filter
def any_deeds(asks):
    """True when one of these requests can be answered with one tap."""
    return any(ask.deeds for ask in asks)


@register.filter
def in_words(number):
    """A small number as a word that begins a sentence; a large one as it is."""
    return capfirst(str(NUMBERS[number - 1])) if 0 < number <= len(NUMBERS) else str(number)
