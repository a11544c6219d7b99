"""What an agenda becomes when it is filled from a protocol: kinds and minutes of its items."""

from communities.meetings.choices import ItemKind

#: What a step is, by how its title begins.
OPENING = ("check-in", "inchecken", "openen", "welkom")
AGREEING = ("actie", "afspra", "vervolg", "planning")
LOOKING_BACK = ("reflectie", "evaluatie", "terugblik", "nabespreking", "debrief", "afsluit", "oogst")
DESIGNING = {"lesontwerp", "afstemmen"}
WATCHING = {"videoclub"}


def kind_of(protocol, step):
    """The kind of the item that a step becomes."""
    if protocol.is_case:
        return ItemKind.CASE  # all of it, so that it stays one when the protocol goes
    title = step["title"].casefold()
    by_title = {
        ItemKind.ACTIONS: title.startswith("terugblik op"),
        ItemKind.CHECK_IN: title.startswith(OPENING),
        ItemKind.AGREEMENTS: title.startswith(AGREEING),
        ItemKind.REFLECTION: any(word in title for word in LOOKING_BACK),
        ItemKind.CASE: "casus" in title,
        ItemKind.VIDEO: protocol.code in WATCHING,
        ItemKind.DESIGN: protocol.code in DESIGNING,
    }
    return next((kind for kind, fits in by_title.items() if fits), ItemKind.OTHER)


def minutes_of(protocol, meeting, standing, *, fit):
    """The minutes of each step; with `fit` together what the other items leave of the meeting."""
    minutes = [step["minutes"] for step in protocol.steps]
    if not fit:
        return minutes
    return scaled(minutes, meeting.minutes - sum(item.minutes for item in standing))


def scaled(minutes, total):
    """The same proportions in whole minutes that make this total; no step that has minutes loses all of them."""
    whole = sum(minutes)
    least = sum(each > 0 for each in minutes)
    if not whole or total < least:
        return minutes
    exact = [each * total / whole for each in minutes]
    found = [max(int(part), 1 if each else 0) for part, each in zip(exact, minutes, strict=True)]
    # What was cut off goes to those that lost most of it; what is too much comes from the longest.
    while (rest := total - sum(found)) > 0:
        for n in sorted(range(len(found)), key=lambda n: found[n] - exact[n])[:rest]:
            found[n] += 1
    while sum(found) > total:
        found[found.index(max(found))] -= 1
    return found
