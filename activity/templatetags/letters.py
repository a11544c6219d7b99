"""What the words of a letter need: full addresses, and links that work without signing in."""

from django import template

from core import links

register = template.Library()


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
