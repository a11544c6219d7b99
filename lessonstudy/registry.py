"""What the parts of Lesson Study lay on each other's pages; each fills it in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from core.registry import Registry


@dataclass(frozen=True)
class Part:
    """A piece of the page of a cycle.

    `of(cycle, user)` returns (template, context) or None where it has nothing to say; its template finds the context
    by name, and `cycle`. `order` is its place among the others (the page's own: now 10, goal 20, lesson 40, team 50);
    `beside` puts it in the narrow column.
    """

    of: Callable
    order: int = 50
    beside: bool = False


#: Pieces of the page of a cycle: name -> Part.
parts = Registry("parts of the page of a cycle")
#: Pieces of the page of a research lesson: name -> Part, whose `of` takes the lesson.
lesson_parts = Registry("parts of the page of a research lesson")
#: Pages of a cycle beside each other: name -> function(cycle, user) -> dict(url, label, order) or None.
tabs = Registry("pages of a cycle beside each other")
#: Ways from the list of cycles to what stands beside it: name -> dict(url_name, label, icon).
ways = Registry("ways from the list of cycles")
#: Cards that come after the page of a PLG, in one go: name -> function(community, user) -> (template, context) or None.
in_plg = Registry("what goes on with lessons in a PLG")


def laid(registry, about, user):
    """The pieces of a page for this reader in order, ready for `{% lay %}`: what is in the context stands by name."""
    return [
        {"template": shown[0], "context": shown[1], "beside": part.beside}
        for part in sorted(registry.values(), key=lambda part: part.order)
        if (shown := part.of(about, user))
    ]


def tabs_of(cycle, user, current=""):
    """The pages of a cycle, in order, as `ui/tabs.html` takes them."""
    lines = [(name, tab) for name, of in tabs.items() if (tab := of(cycle, user))]
    return [tab | {"current": name == current} for name, tab in sorted(lines, key=lambda line: line[1]["order"])]
