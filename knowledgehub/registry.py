"""What upper floors and parts add to the KennisHub; each fills it in `AppConfig.ready()`."""

from core.registry import Registry

#: What follows in the same transaction when what is found of resources changed: name -> function(*resources).
changed = Registry("what follows when a resource changed")
#: What stands on the page of a resource beside its own parts: name -> function(resource, user) -> (template, context).
panels = Registry("panels on the page of a resource")

#: What stands in the head of a resource's page, for machines: name -> function(resource, request) -> safe HTML.
heads = Registry("heads of the page of a resource")
#: The same for the page of a collection: name -> function(collection, request) -> safe HTML.
collection_heads = Registry("heads of the page of a collection")
#: Where one follows a collection: name -> function(collection) -> the address of a feed, or "".
collection_feeds = Registry("feeds of a collection")
#: Pages of the KennisHub beside each other: name -> function(user) -> dicts(url, label, order).
ways = Registry("pages of the KennisHub")
#: What a version takes over from the one that it goes on from, beside words and files: name -> function(was, version).
taken_over = Registry("what a version takes over")
#: What else its makers arrange for a concept: name -> function(version) -> dict(url, label, icon, said), or None.
of_concepts = Registry("what else is arranged for a concept")
#: Other ways to add something than one by one: name -> function(user) -> dict(url, label, icon).
ways_in = Registry("ways to add to the KennisHub")


def take_over(was, version):
    """Whatever parts keep of a version goes along to the one that goes on from it."""
    for follow in taken_over.values():
        follow(was, version)


def tell_changed(*resources):
    """Whoever keeps a copy of these resources (search, outside) brings it up to date."""
    for follow in changed.values():
        follow(*resources)
