"""What the demo's PLGs do when they meet: agendas behind and ahead, proposals, and a way of working of their own."""

from datetime import timedelta
from typing import NamedTuple

from communities.choices import State
from communities.meetings import library
from communities.meetings.choices import ItemKind, ItemState
from communities.meetings.models import AgendaItem, Meeting, Protocol
from communities.models import Membership
from plg_platform.demo import texts

MOST_PAST = 5  # meetings behind us that still have their agenda


class Item(NamedTuple):
    """One line of an agenda; `who` is a name."""

    kind: str
    title: str
    minutes: int
    who: str = ""
    instruction: str = ""
    note: str = ""


LESSON = [
    Item(ItemKind.CHECK_IN, "Inchecken", 5, instruction="Eén woord: hoe kom je binnen?"),
    Item(ItemKind.ACTIONS, "Zo ging het in je klas", 10, instruction="Wie probeerde de stroken uit? Eén zin de man."),
    Item(ItemKind.VIDEO, "Mark vertelt over de les", 5, "Mark de Wit", "De anderen luisteren."),
    Item(
        ItemKind.CASE,
        "Casusleerlingen: wat zag je?",
        25,
        "Sanne Bakker",
        "Alleen wat je zag en hoorde. Nog geen uitleg.",
        "Ruben kijkt de filmpjes thuis: vraag hem vooraf om één zin.",
    ),
    Item(ItemKind.REFLECTION, "Wat betekent het?", 20, instruction="Eerst drie minuten stil voor jezelf."),
    Item(ItemKind.DESIGN, "Wat passen we aan in de les?", 15, "Yasmin Aksoy"),
    Item(ItemKind.AGREEMENTS, "Actiepunten en terugblik", 10),
]
BOOK_TALK = [
    Item(ItemKind.CHECK_IN, "Welk boek ligt er naast je bed?", 5),
    Item(ItemKind.ACTIONS, "Eén zin van een kind", 15, instruction="Lees voor wat je opschreef. Niets uitleggen."),
    Item(
        ItemKind.OTHER,
        "Welke vragen openden het gesprek?",
        25,
        "Joost van Leeuwen",
        "Leg de vragen op tafel: open links, gesloten rechts.",
        "Vorige keer liep dit uit. Stop echt om vier uur.",
    ),
    Item(ItemKind.DESIGN, "Een boekgesprek voor volgende week", 15, "Tess Verbeek"),
    Item(ItemKind.AGREEMENTS, "Wie probeert wat?", 10),
]
QUESTIONS = [
    Item(ItemKind.CHECK_IN, "Inchecken met een vraag van een kind", 10),
    Item(ItemKind.OTHER, "Twaalf vragen sorteren", 35, "Lotte Meijer", "In drietallen. Welke kun je onderzoeken?"),
    Item(ItemKind.AGREEMENTS, "Wie doet de proef in de klas?", 10),
]
#: Whose next agenda stands already. The others have the usual one, and one PLG has none yet.
AHEAD = {texts.REKENEN.name: LESSON, texts.LEZEN.name: BOOK_TALK, texts.ONDERZOEKEND.name: QUESTIONS}
NOTHING_YET = {texts.SPELEND.name}
#: Not done last time: stands on the next agenda by itself.
CARRIED = {
    texts.ONDERZOEKEND.name: Item(ItemKind.OTHER, "Een plek voor losse spullen in de gang", 10, "Bas Terpstra"),
    texts.LEZEN.name: Item(ItemKind.OTHER, "De boekenkar van groep 6", 5),
}
#: PLG -> what members propose: who, what, for the next meeting?
PROPOSED = {
    texts.REKENEN.name: [
        ("Els Jansen", Item(ItemKind.OTHER, "Hoe leg je ½ van 6 uit zonder plaatje?", 10), True),
        ("Yasmin Aksoy", Item(ItemKind.OTHER, "Rekenspelletjes bij de inloop", 15), False),
        ("Karin Postma", Item(ItemKind.VIDEO, "Filmpje: twee kinderen delen een pannenkoek", 15), False),
    ],
    texts.LEZEN.name: [
        ("Joost van Leeuwen", Item(ItemKind.CASE, "Een kind dat elk boek na tien bladzijden weglegt", 20), False)
    ],
    texts.ONDERZOEKEND.name: [("Selma Yildirim", Item(ItemKind.OTHER, "Materialen lenen van het museum", 10), False)],
}


def fill(builder):
    """Give the meetings their agendas."""
    library.load(Protocol.objects)
    members = {}
    for row in Membership.objects.active().select_related("person").order_by("pk"):
        members.setdefault(row.community_id, {})[row.called] = row
    rows = []
    for plg in texts.PLGS:
        community = builder.communities[plg.name]
        meetings = list(Meeting.objects.filter(community=community).order_by("starts_at"))
        past = [meeting for meeting in meetings if meeting.ends_at <= builder.moment]
        coming = next((meeting for meeting in meetings if meeting.ends_at > builder.moment), None)
        here = members.get(community.pk, {})
        for meeting in past[-MOST_PAST:]:
            rows += _agenda(meeting, usual(meeting), here, ItemState.DONE)
        if coming and community.state in (State.ACTIVE, State.RECRUITING) and plg.name not in NOTHING_YET:
            rows += _next(plg, coming, past, here)
        rows += _proposals(builder, plg, community, coming)
    AgendaItem.objects.bulk_create(rows)
    _own_protocol(builder)


def usual(meeting):
    """What most meetings look like: a beginning, one thing to do together, an end."""
    main = max(meeting.minutes - 30, 20)
    return [
        Item(ItemKind.CHECK_IN, "Inchecken", 5),
        Item(ItemKind.ACTIONS, "Hoe ging het?", 10),
        Item(ItemKind.OTHER, meeting.called, main),
        Item(ItemKind.AGREEMENTS, "Wie probeert wat?", 15),
    ]


def _next(plg, meeting, past, members):
    items = AHEAD.get(plg.name) or usual(meeting)
    rows = _agenda(meeting, items, members, ItemState.PLANNED)
    if plg.name in CARRIED and past:
        carried = _row(meeting, CARRIED[plg.name], members, ItemState.PLANNED, len(rows) + 1)
        carried.carried_from = past[-1]
        rows.append(carried)
    return rows


def _agenda(meeting, items, members, state):
    return [_row(meeting, item, members, state, place) for place, item in enumerate(items, start=1)]


def _row(meeting, item, members, state, place):
    return AgendaItem(
        community_id=meeting.community_id,
        meeting=meeting,
        kind=item.kind,
        title=item.title,
        minutes=item.minutes,
        presenter=members.get(item.who),
        instruction=item.instruction,
        private_note=item.note,
        state=state,
        order=place,
        created_at=meeting.starts_at - timedelta(days=10),
    )


def _proposals(builder, plg, community, coming):
    for place, (name, item, for_next) in enumerate(PROPOSED.get(plg.name, []), start=1):
        yield AgendaItem(
            community=community,
            meeting=coming if for_next else None,
            kind=item.kind,
            title=item.title,
            minutes=item.minutes,
            state=ItemState.PROPOSED,
            proposed_by=builder.people[name],
            order=place,
        )


def _own_protocol(builder):
    """PLG Rekenen looks at pupils' work in its own, shorter way."""
    original = Protocol.objects.library().get(code="leerlingwerk")
    steps = [dict(step) for step in original.steps]
    for step, minutes in zip(steps, (5, 10, 10, 10, 5, 5), strict=False):
        step["minutes"] = minutes
    Protocol.objects.create(
        community=builder.communities[texts.REKENEN.name],
        copied_from=original,
        name="Kinderwerk bekijken in drie kwartier",
        purpose=original.purpose,
        group_min=original.group_min,
        group_max=original.group_max,
        roles=original.roles,
        steps=steps,
        note="We leggen het werk zonder naam op tafel.",
        basis=original.basis,
        created_by=builder.people["Sanne Bakker"],
    )
