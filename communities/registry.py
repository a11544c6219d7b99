"""What upper floors lay on the pages of a PLG; each adds its own in `AppConfig.ready()`.

A card is `(template, context)`; the context is laid over that of the page.
`context["wide"]` gives it the whole width, above the columns. `context["answers"]` is what it has the buttons for,
so that the page does not ask for it again; `context["fetched"]` are rows with `can_…`, not to be fetched again.
"""

from core.registry import Registry, panels  # noqa: F401 (panels: the cards of the overview, kept in core)

#: Tabs of a PLG: name -> function(community, user) -> dict(url, label, order), or None where it has none for her.
tabs = Registry("tabs of a PLG")
#: Where pages of a PLG lie that are not ours: name -> function() -> how their addresses begin.
places = Registry("addresses of pages of a PLG")
#: Agreed facts on the card of a PLG (dates, phase): name -> function(community, user) -> (template, context) or None.
facts = Registry("facts about a PLG")
#: What a guest finds on the card of a PLG: name -> function(community, user) -> (template, context) or None.
for_guests = Registry("what guests see of a PLG")
#: What must follow when somebody takes part from now on: name -> function(membership).
arrivals = Registry("what follows an arrival")
#: What must follow when somebody stops taking part: name -> function(membership). Letters and requests are ours.
partings = Registry("what follows a parting")
#: What must follow when a PLG is completed: name -> function(community, by).
endings = Registry("what follows the end of a PLG")
#: What goes when a completed PLG is over its term: name -> function(community) -> how much that was.
contents = Registry("what a PLG made")
#: What brings something back at a meeting: name -> function(about, community, title, by, after): after that day.
agendas = Registry("what puts something on an agenda")
#: What takes it away again, as long as it is not done: name -> function(about).
agendas_without = Registry("what takes something off an agenda")
#: What else one may do with an entry of a logbook: name -> function(entry, user) -> dict(url, label, icon) or None.
entry_deeds = Registry("deeds on an entry of a logbook")


def tabs_of(community, user, current):
    """The tabs of this PLG in their order; `current` is the name of the tab that is open."""
    found = []
    for name, build in tabs.items():
        if tab := build(community, user):
            found.append(tab | {"current": name == current})
    return sorted(found, key=lambda tab: tab["order"])


def shown(registry, community, user):
    """The cards that a registry has for this user, ready for `{% lay %}`."""
    cards = []
    for build in registry.values():
        if card := build(community, user):
            template, context = card
            said = {
                "wide": context.get("wide", False),
                "answers": context.get("answers"),
                "fetched": context.get("fetched", ()),
            }
            cards.append({"template": template, "context": context} | said)
    return cards
