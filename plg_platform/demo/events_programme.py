"""The programmes of the demo's events: who brings what to the innovation lab, in which room, what is wished; what comes
in for the one in spring; a study afternoon of the board of which the places are divided; who met at last year's lab."""

from datetime import time, timedelta
from typing import NamedTuple

from communities.choices import Theme
from events import releases
from events.actions import choosing, dates
from events.choices import (
    ContributionKind,
    ContributionState,
    DatesState,
    Decision,
    Kind,
    Part,
    RegistrationState,
    Scope,
    SessionKind,
    State,
)
from events.choosing import WISHES
from events.models import (
    Announcement,
    Contribution,
    ContributionAuthor,
    Dates,
    Favourite,
    Preference,
    Registration,
    Release,
    Review,
    Room,
    Round,
    Session,
    Slot,
    Wish,
)
from plg_platform.demo import staff, texts
from plg_platform.demo.events import Came, _event

C, K, R, S = ContributionState, ContributionKind, RegistrationState, SessionKind
WEDNESDAY = 2
ROOMS = [("Grote zaal", 140, "begane grond"), ("Werkplaats", 30, "begane grond, links"),
         ("Leeszaal", 24, "eerste verdieping"), ("Atelier", 20, "eerste verdieping")]  # fmt: skip
#: From, until, name, whether people choose.
HOURS = [
    (time(13, 0), time(13, 20), "Inloop", False),
    (time(13, 20), time(14, 5), "Ronde 1", True),
    (time(14, 20), time(15, 15), "Speeddaten", False),
    (time(15, 30), time(16, 15), "Ronde 2", True),
    (time(16, 20), time(17, 30), "Samen", False),
]
WISHING = 70


class Offer(NamedTuple):
    """What somebody brings."""

    title: str
    theme: Theme
    about: str
    by: str = ""
    plg: str = ""
    kind: ContributionKind = K.WORKSHOP
    state: ContributionState = C.SCHEDULED


#: In the order of the rooms, first round 1 and then round 2.
PLACED = [
    Offer("Breuken zien: wat wij leerden", Theme.MATHS, "We vouwen stroken en luisteren naar wat kinderen zeggen.",
          "Sanne Bakker", texts.REKENEN.name, K.PRESENTATION),
    Offer("Denkvragen bij rekenen", Theme.MATHS, "Je schrijft drie vragen waar geen sommetje bij hoort.", "Tom Aarts"),
    Offer("Vrij lezen met groep 3 tot 8", Theme.READING, "Hoe een kwartier stil lezen wel lukt.", "",
          texts.LEZEN.name),
    Offer("Buiten leren bij regen", Theme.SCIENCE, "Met laarzen aan: vier lessen die je morgen kunt geven.", ""),
    Offer("Kijken zonder oordeel", Theme.FORMATIVE, "Een filmpje van tien minuten, en alleen zeggen wat je ziet.", ""),
    Offer("Rekenen met kralen", Theme.MATHS, "Rijgen, tellen, splitsen. Neem je handen mee.", "Els Jansen",
          texts.REKENEN.name),
    Offer("Een dictee dat ergens over gaat", Theme.LANGUAGE, "Spelling uit de tekst die de klas al leest.", ""),
    Offer("Vragen stellen aan een robot", Theme.DIGITAL, "Wat kinderen van een chatbot verwachten.", ""),
]  # fmt: skip
OTHERS = [
    Offer("Muziek bij de tafels", Theme.ARTS, "Ritme helpt bij de tafel van zeven.", state=C.RESERVE),
    Offer("Onze nieuwe methode", Theme.LANGUAGE, "Wat erin staat, hoofdstuk na hoofdstuk.", state=C.REJECTED),
]
SPRING = [
    Offer("Een jaar lang stroken vouwen", Theme.MATHS, "Wat het opbracht, met toetsen erbij.", "Sanne Bakker",
          texts.REKENEN.name, K.PRESENTATION, C.SUBMITTED),
    Offer("Een les die mislukte", Theme.MATHS, "", "Els Jansen", texts.REKENEN.name, K.POSTER, C.CONCEPT),
    Offer("Voorlezen in twee talen", Theme.LANGUAGE, "Ouders lezen mee, in hun eigen taal.", "Tom Aarts",
          state=C.SUBMITTED),
    Offer("Techniek zonder lokaal", Theme.SCIENCE, "Een koffer per klas is genoeg.", state=C.SUBMITTED),
]  # fmt: skip


def fill(builder):
    """After `events.fill`."""
    _afternoon(builder)
    lab = builder.events["lab"]
    who = iter(_others(builder, lab))
    contributions = [_contribution(builder, lab, offer, who) for offer in PLACED]
    for offer in OTHERS:
        _contribution(builder, lab, offer, who)
    _planned(lab, contributions)
    _released(builder, lab, by=builder.people[staff.MAIN["network_admin"]], until=builder.moment + timedelta(weeks=6))
    _chosen(builder, lab)
    for offer in SPRING:
        _contribution(builder, builder.events["spring"], offer, who)
    _met(builder)


def _others(builder, event):
    """People who come, in a mixed order; those with a name above bring their own."""
    named = {offer.by for offer in [*PLACED, *SPRING]}
    rows = Registration.objects.filter(event=event).select_related("person").order_by("pk")
    return [row.person for row in rows[20:] if str(row.person) not in named]


def _contribution(builder, event, offer, who):
    author = builder.people[offer.by] if offer.by else next(who)
    community = builder.communities[offer.plg] if offer.plg else None
    at = builder.moment - timedelta(days=30)
    row = Contribution.objects.create(
        event=event, kind=offer.kind, title=offer.title, summary=offer.about, theme=offer.theme, community=community,
        minutes=45, seats=None if offer.kind == K.PRESENTATION else 18, state=offer.state, created_by=author,
        created_at=at, changed_at=at, submitted_at=None if offer.state == C.CONCEPT else at,
    )  # fmt: skip
    sure = at + timedelta(days=9) if offer.state == C.SCHEDULED else None
    ContributionAuthor.objects.create(contribution=row, person=author, confirmed_at=sure)
    readers = event.organisers.filter(part=Part.REVIEWER).exclude(person=author).select_related("person")
    if offer.state not in (C.CONCEPT, C.SUBMITTED):
        for reader in readers:
            scores = [builder.chance.randint(2, 5) for _line in event.rubric]
            Review.objects.create(contribution=row, reviewer=reader.person, scores=scores, advice=Decision.ACCEPT)
    return row


def _planned(event, contributions):
    rooms = [Room.objects.create(event=event, name=name, seats=seats, where=where, order=n)
             for n, (name, seats, where) in enumerate(ROOMS)]  # fmt: skip
    day = {"event": event, "held_on": event.held_on}
    slots = [Slot.objects.create(**day, starts=begin, ends=end, name=name, is_choice=choice)
             for begin, end, name, choice in HOURS]  # fmt: skip
    _session(event, slots[0], rooms[0], S.BREAK, "Inloop met koffie")
    for number, row in enumerate(contributions):
        slot, room = slots[1 if number < len(ROOMS) else 3], rooms[number % len(ROOMS)]
        kind = S.PRESENTATION if row.kind == K.PRESENTATION else S.WORKSHOP
        _session(event, slot, room, kind, row.title, contribution=row, summary=row.summary, capacity=row.seats)
    _session(event, slots[2], rooms[0], S.SPEED_DATES, "Speeddaten")
    _session(event, slots[4], rooms[0], S.PLENARY, "Soep en napraten", summary="Wat neem jij mee naar je klas?")


def _session(event, slot, room, kind, title, **fields):
    uid = f"demo-{event.pk}-{Session.objects.filter(event=event).count()}"
    return Session.objects.create(event=event, slot=slot, room=room, kind=kind, title=title, uid=uid, **fields)


def _released(builder, event, *, by, until):
    content = releases.content_of(event)
    event.released = Release.objects.create(
        event=event, number=1, content=content, **releases.drawn(content), by=by,
        at=builder.moment - timedelta(days=5),
    )  # fmt: skip
    event.choice_until = until
    event.decided_at = builder.moment - timedelta(days=25)
    event.save(update_fields=["released", "choice_until", "decided_at"])


def _chosen(builder, event):
    """Wishes of more than half of them, marks of the teacher, and a plan for the speed-dates."""
    chance = builder.chance
    hours = {}
    for session in event.sessions.filter(slot__is_choice=True).order_by("pk"):
        hours.setdefault(session.slot_id, []).append(session)
    coming = Registration.objects.filter(event=event).order_by("pk")
    Preference.objects.bulk_create(
        Preference(registration=row, session=session, rank=rank)
        for row in coming[3 : 3 + WISHING]
        for sessions in hours.values()
        for rank, session in enumerate(chance.sample(sessions, WISHES), 1)
    )
    els = builder.people[staff.MAIN["teacher"]]
    for sessions in hours.values():
        Favourite.objects.create(person=els, session=chance.choice(sessions))
    table = event.sessions.get(kind=S.SPEED_DATES)
    noor = builder.people[staff.MAIN["network_admin"]]
    dates.plan(dates.set_up(table, by=noor, rounds=7, minutes=6, break_s=60), by=noor)


def _afternoon(builder):
    """Of next week: all places are divided, and one workshop has a line before it."""
    inge, board = builder.people[staff.MAIN["board_admin"]], builder.places.schools["De Regenboog"].board
    day = builder.today + timedelta(days=(WEDNESDAY - builder.today.weekday()) % 7 + 7)
    came = Came("Studiemiddag De Brug", Kind.CONFERENCE, "Drie workshops, één middag, één bestuur.", State.CLOSED, day)
    event = _event(
        builder, inge, came, board=board, scope=Scope.BOARD, venue="De Regenboog",
        venue_address="Lindelaan 12, Amersfoort", choice_until=builder.moment + timedelta(hours=1),
    )  # fmt: skip
    rooms = [Room.objects.create(event=event, name=f"Lokaal {n}", seats=12, order=n) for n in (1, 2, 3)]
    hours = [(time(13, 0), time(13, 30), False), (time(13, 45), time(15, 0), True), (time(15, 15), time(17, 0), False)]
    slots = [Slot.objects.create(event=event, held_on=day, starts=begin, ends=end, is_choice=choice)
             for begin, end, choice in hours]  # fmt: skip
    _session(event, slots[0], rooms[0], S.PLENARY, "Welkom door Inge Smit")
    workshops = [
        _session(event, slots[1], room, S.WORKSHOP, title, capacity=12)
        for room, title in zip(rooms, ("Groep 3 leert lezen", "Rust in de klas", "Rekenen buiten"), strict=True)
    ]
    _session(event, slots[2], rooms[0], S.PLENARY, "Wat neem jij mee?")
    _released(builder, event, by=inge, until=builder.moment + timedelta(hours=1))
    rows = [
        Registration(event=event, person=person, state=R.CONFIRMED, registered_by=person, at=builder.moment)
        for person in builder.people.values()
        if person.affiliations.current().filter(school__board=board).exists()
    ][:32]
    rows = Registration.objects.bulk_create(rows)
    event.taken = len(rows)
    for row in rows:
        first = workshops[0] if builder.chance.random() < 0.6 else builder.chance.choice(workshops)
        wished = [first, *builder.chance.sample([each for each in workshops if each != first], 1)]
        choosing.wish(row, by=row.person, wishes={slots[1].pk: wished})
    event.choice_until = builder.moment - timedelta(hours=2)
    event.save(update_fields=["taken", "choice_until"])
    choosing.divide(event, by=inge)
    choosing.publish(event, by=inge)
    Announcement.objects.create(event=event, by=inge, text="Parkeer achter de school, de straat ligt open.")


def _met(builder):
    """At last year's lab Els and Tom sat at one table, and both wanted to talk on."""
    event = builder.events["last"]
    slot = Slot.objects.create(event=event, held_on=event.held_on, starts=time(14), ends=time(15), name="Speeddaten")
    session = _session(event, slot, None, S.SPEED_DATES, "Speeddaten")
    slot.refresh_from_db(fields=["starts_at"])
    began = slot.starts_at
    table = Dates.objects.create(session=session, state=DatesState.OVER, rounds=1)
    met = Round.objects.create(dates=table, number=1, began_at=began, ends_at=began + timedelta(minutes=6))
    who = [builder.people[name] for name in (staff.MAIN["teacher"], "Tom Aarts")]
    els, tom = (Registration.objects.get_or_create(event=event, person=person, defaults={"state": R.CONFIRMED})[0]
                for person in who)  # fmt: skip
    for one, other in ((els, tom), (tom, els)):
        Wish.objects.create(round=met, by=one, other=other, at=began)
