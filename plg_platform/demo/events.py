"""The demo's events: an innovation lab with 120 registrations, an open evening, a webinar, and last year's."""

from datetime import date, time, timedelta
from typing import NamedTuple

from communities.discussions.writing import html_of
from events.choices import Capacity, Kind, Part, Place, QuestionKind, QuestionOf, RegistrationState, Scope, State
from events.models import Event, Organiser, Question, Registration
from people.calendar import holiday
from plg_platform.demo import staff

R = RegistrationState
WEDNESDAY = 2
COMING, GUESTS = 120, 18

TEXT = """\
Een middag lang laten PLG's zien wat ze leerden. Je kiest twee workshops. In de **speeddates** vertel je
collega's van andere scholen in vijf minuten wat jij probeerde.

- 13.00 inloop
- 13.20 workshops
- 14.20 speeddates
- 15.30 nog een keer kiezen
- 17.00 soep en napraten

Neem één ding mee uit je klas: een schrift, een foto zonder gezichten, een vraag van een kind."""
DIETS = ["vegetarisch", "vegetarisch", "geen varkensvlees", "halal", "glutenvrij", "veganistisch", "notenallergie"]
NEEDS = ["Ik kan geen trappen lopen.", "Graag een plek vooraan, ik hoor slecht.", "Ik kom met een hulphond."]
THEMES = ["maths", "reading", "language", "formative", "differentiation", "early", "digital", "science"]
ABOUT = "Een middag waarop PLG's laten zien wat ze leerden, en jij collega's ontmoet."
RUBRIC = ["Helder voor wie er niet bij was", "Bruikbaar in een andere klas", "Uit eigen onderzoek"]
NEIGHBOURS = ["Joke de Wit", "Ahmed Bouzid", "Carla Smeets", "Piet Vos", "Mirjam Koster", "Sander Blom", "Fenna Dijk",
              "Ria Hoekstra", "Omar Idrissi", "Trees van Dam", "Koen Bos", "Lianne Prins", "Dirk Jonker",
              "Halima Saidi", "Wout Kok", "Annemiek Pol", "Jeroen Dekker", "Els van Vliet"]  # fmt: skip


class Came(NamedTuple):
    """An event as a row, before it is placed in time."""

    title: str
    kind: Kind
    summary: str
    state: State
    day: date


def fill(builder):
    """Make them all; `builder.events` has them by a short name, for what others lay on top."""
    day = _school_day(builder.today + timedelta(weeks=9))
    noor = builder.people[staff.MAIN["network_admin"]]
    lab = _lab(builder, noor, day)
    _registrations(builder, lab)
    builder.events = {
        "lab": lab,
        "spring": _spring(builder, noor, _school_day(day + timedelta(weeks=17))),
        "evening": _evening(builder),
        "webinar": _webinar(builder, noor),
        "last": _last(builder, noor, lab),
    }


def _school_day(day):
    """The Wednesday of that week, or the first after it that is no holiday anywhere."""
    day += timedelta(days=(WEDNESDAY - day.weekday()) % 7)
    while holiday(day, "Midden") or holiday(day, "Zuid"):
        day += timedelta(days=7)
    return day


def _event(builder, by, came, **fields):
    fields = {"starts": time(13), "ends": time(17, 30), "scope": Scope.NETWORK} | fields
    text = fields.pop("text", "")
    event = Event.objects.create(
        kind=came.kind, title=came.title, summary=came.summary, state=came.state, held_on=came.day, last_on=came.day,
        text=text, html=html_of(text), created_by=by, created_at=builder.moment - timedelta(days=40), **fields,
    )  # fmt: skip
    Organiser.objects.create(event=event, person=by, part=Part.ORGANISER)
    return Event.objects.get(pk=event.pk)


def _lab(builder, noor, day):
    came = Came(
        f"Innovatielab {day:%Y}", Kind.LAB, ABOUT,
        State.OPEN, day,
    )  # fmt: skip
    event = _event(
        builder, noor, came, text=TEXT, network=builder.places.network, venue="De Loods", offer_hours=48,
        venue_address="Havenweg 12, Amersfoort", capacity=COMING + 10,
        registration_until=builder.moment + timedelta(weeks=8),
        rubric=RUBRIC,
        budget_note="Zaal € 640, soep en brood € 9,50 per persoon, betaald door het netwerk.",
    )  # fmt: skip
    Organiser.objects.create(event=event, person=builder.people["Sanne Bakker"], part=Part.ORGANISER)
    Organiser.objects.create(event=event, person=builder.people["Ans Peters"], part=Part.CREW)
    for name in ("Tom Aarts", "Rachida Amrani"):
        Organiser.objects.create(event=event, person=builder.people[name], part=Part.REVIEWER)
    for order, (of, label, kind, options) in enumerate(
        [
            (
                QuestionOf.REGISTRATION,
                "Hoe kom je?",
                QuestionKind.CHOICE,
                ["met de trein", "met de fiets", "met de auto"],
            ),
            (QuestionOf.CONTRIBUTION, "Wat kunnen collega's morgen proberen?", QuestionKind.TEXT, []),
            (QuestionOf.EVALUATION, "Hoe was het tempo?", QuestionKind.SCALE, []),
        ]
    ):
        Question.objects.create(event=event, of=of, label=label, kind=kind, options=options, order=order)
    return event


def _registrations(builder, event):
    """120 who come, those who work in the network; the teacher of the demo is one of them."""
    chance, question = builder.chance, event.questions.get(of=QuestionOf.REGISTRATION)
    main = [builder.people[staff.MAIN[role]] for role in ("teacher", "facilitator", "network_admin")]
    others = [person for person in builder.people.values() if person not in main]
    chance.shuffle(others)
    leaders = {builder.people[staff.MAIN[role]].pk for role in ("school_leader", "platform_admin")}
    people = main + [person for person in others if person.pk not in leaders]
    rows = []
    for number, person in enumerate(people[:COMING]):
        rows.append(
            Registration(
                event=event, person=person, state=R.CONFIRMED, registered_by=person,
                at=builder.moment - timedelta(hours=chance.randint(20, 600)),
                diet=chance.choice(DIETS) if number % 6 == 1 else "",
                needs=NEEDS[number // 40] if number % 40 == 7 else "",
                interests=sorted(chance.sample(THEMES, chance.randint(1, 3))),
                answers={str(question.pk): chance.choice(question.options)} if number % 5 else {},
                dates_opt_out=number % 17 == 9,
            )
        )  # fmt: skip
    Registration.objects.bulk_create(rows)
    event.taken = len(rows)
    event.save(update_fields=["taken"])


def _spring(builder, noor, day):
    came = Came(
        "Innovatielab voorjaar", Kind.LAB, "Wat bracht dit jaar op? Vertel het, of kom luisteren.", State.CALL_OPEN, day
    )
    return _event(
        builder, noor, came, network=builder.places.network, venue="De Loods", capacity=150,
        venue_address="Havenweg 12, Amersfoort", call_until=builder.moment + timedelta(days=34),
        rubric=RUBRIC,
    )  # fmt: skip


def _evening(builder):
    marieke = builder.people[staff.MAIN["school_leader"]]
    day = _school_day(builder.today + timedelta(weeks=3)) + timedelta(days=1)
    came = Came(
        "Wat leren onze leraren?", Kind.EVENING, "Een avond voor ouders en buren van De Regenboog.", State.OPEN, day
    )
    event = _event(
        builder, marieke, came, school=builder.places.schools["De Regenboog"], scope=Scope.PUBLIC, is_for_guests=True,
        starts=time(19, 30), ends=time(21), venue="De Regenboog", venue_address="Lindelaan 12, Amersfoort", capacity=14,
        text="Drie PLG's vertellen wat ze in de klas proberen. Met koffie, en een rekenles die je zelf mag doen.",
    )  # fmt: skip
    rows = []
    for number, name in enumerate(NEIGHBOURS[:GUESTS]):
        state = R.CONFIRMED if number < event.capacity - 1 else R.WAITING
        if number == event.capacity - 1:
            state = R.OFFERED  # somebody cancelled yesterday
        rows.append(
            Registration(
                event=event, name=name, address=f"{name.lower().replace(' ', '.')}@thuis.example", state=state,
                as_what=Capacity.GUEST, at=builder.moment - timedelta(hours=90 - number),
                waiting_since=builder.moment - timedelta(hours=90 - number) if state == R.WAITING else None,
                offered_until=builder.moment + timedelta(hours=26) if state == R.OFFERED else None,
            )
        )  # fmt: skip
    Registration.objects.bulk_create(rows)
    event.taken = event.capacity
    event.save(update_fields=["taken"])
    return event


def _webinar(builder, noor):
    day = _school_day(builder.today + timedelta(weeks=2)) - timedelta(days=1)
    came = Came(
        "Denkvragen stellen bij rekenen", Kind.WEBINAR, "Een uur met Fatima El Idrissi en haar PLG.", State.OPEN, day
    )
    return _event(
        builder, noor, came, network=builder.places.network, place=Place.ONLINE, link="https://meet.example/denkvragen",
        starts=time(15, 45), ends=time(16, 45),
    )  # fmt: skip


def _last(builder, noor, lab):
    """Last year's, of which only the memory is left."""
    day = _school_day(lab.held_on - timedelta(weeks=52))
    came = Came(f"Innovatielab {day:%Y}", Kind.LAB, lab.summary, State.ARCHIVED, day)
    event = _event(builder, noor, came, network=builder.places.network, venue="De Loods", capacity=120)
    people = list(builder.people.values())[:96]
    Registration.objects.bulk_create(
        [
            Registration(event=event, person=each, state=R.CONFIRMED, at=builder.moment - timedelta(weeks=50))
            for each in people
        ]
    )
    event.taken, event.purged_at = len(people), builder.moment - timedelta(weeks=40)
    event.save(update_fields=["taken", "purged_at"])
    return event
