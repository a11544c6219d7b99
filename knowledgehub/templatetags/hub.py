"""Words for templates: where the files of a resource are asked for, and the pages of the KennisHub."""

from django import template
from django.urls import reverse

from core.links import address
from knowledgehub import registry

register = template.Library()


@register.simple_tag(takes_context=True)
def of_file(context, what, pk, *more):
    """The address of a "file", its "preview" or a "page" of it; on the page behind a link, behind that same link."""
    if key := context.get("link_key"):  # never remembered: a key stands in no cache
        return reverse(f"knowledgehub:link_{what}", args=[key, pk, *more])
    return address(f"knowledgehub:{what}", pk, *more)


@register.inclusion_tag("knowledgehub/ways.html", takes_context=True)
def hub_ways(context):
    """The pages of the KennisHub beside each other, with the one that is open marked."""
    path = context["request"].path
    ways = [way for build in registry.ways.values() for way in build(context["request"].user)]
    ways.sort(key=lambda way: way["order"])
    here = max((way["url"] for way in ways if path.startswith(way["url"])), key=len, default="")
    return {"tabs": [way | {"current": way["url"] == here} for way in ways]}
