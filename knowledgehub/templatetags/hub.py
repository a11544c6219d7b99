"""Where the files of a resource are asked for: by who may see it, or by who holds a link to it."""

from django import template
from django.urls import reverse

from core.links import address

register = template.Library()


@register.simple_tag(takes_context=True)
def of_file(context, what, pk, *more):
    """The address of a "file", its "preview" or a "page" of it; on the page behind a link, behind that same link."""
    if key := context.get("link_key"):  # never remembered: a key stands in no cache
        return reverse(f"knowledgehub:link_{what}", args=[key, pk, *more])
    return address(f"knowledgehub:{what}", pk, *more)
