"""Logbooks of the demo: a year of a teacher in her own words, most of it hers alone; and that of her PLG."""

from datetime import timedelta
from typing import NamedTuple

from django.core.files.base import ContentFile

from activity import references
from activity.models import Activity
from communities.actions import logbook as actions
from communities.meetings.models import Meeting
from communities.models import LogbookEntry, LogbookPhoto
from people import calendar
from plg_platform.demo import held, staff, texts


class Told(NamedTuple):
    """An entry so many days ago; `shared` with PLG Rekenen, `plg` where it is about that PLG."""

    ago: int
    tried: str = ""
    saw: str = ""
    changes: str = ""
    text: str = ""
    plg: bool = True
    shared: bool = False
    meeting: bool = False
    photo: str = ""


OWN = [
    Told(
        3,
        tried="Stroken vouwen voor we over breuken begonnen. Iedereen kreeg er drie, zonder uitleg.",
        saw="Twee kinderen vouwden de helft nog een keer door en zeiden: nu heb ik er vier. Een groepje telde vouwen "
        "in plaats van stukken.",
        changes="Ik wacht langer. En ik vraag eerst: hoeveel stukken zie je?",
        shared=True,
        photo="Een lange en een korte strook papier; van elk is een kwart gekleurd",
    ),
    Told(
        8,
        text="Moe na de ouderavond. Toch leuk dat een vader vertelde hoe zijn dochter thuis taart verdeelt. Daar kan "
        "ik iets mee.",
        plg=False,
    ),
    Told(
        15,
        saw="Bij het nakijken: zeven kinderen schrijven 1/8 groter dan 1/4. Ze kijken naar het getal onder de streep.",
        changes="Donderdag eerst laten leggen, dan pas opschrijven.",
    ),
    Told(
        24,
        text="Uit de bijeenkomst meegenomen: alleen zeggen wat je zag. Ik merk hoe snel ik al iets vind.",
        meeting=True,
    ),
    Told(
        37,
        tried="Een kind dat snel klaar is liet ik een opgave maken voor een ander.",
        saw="De opgave was moeilijker dan die uit het boek. Ze zaten samen te overleggen op de gang.",
        changes="Eens per week, met steeds een ander tweetal.",
        plg=False,
    ),
    Told(
        66,
        tried="De les begonnen met een foto van een pizza met zes punten en zeven kinderen.",
        saw="Eerst gelach, toen een echte discussie. Iemand wilde alle punten in zevenen snijden.",
        changes="De foto vaker gebruiken, en langer laten liggen.",
        shared=True,
    ),
    Told(
        190,
        tried="Voor het eerst vier kinderen gevraagd om hardop te denken terwijl ik meeschreef.",
        saw="Wat ik een fout noemde, was bij twee van hen een eigen manier die klopte.",
        changes="Vaker meeschrijven voor ik iets zeg.",
    ),
]
COMMON = [
    ("Tom Hendriks", 10, "Wij lieten de stroken in de klas hangen. Na drie dagen wezen kinderen er zelf naar."),
    ("Sanne Bakker", 45, "Na drie lessen kijken valt op: kinderen verdelen eerlijk, maar noemen het nog geen breuk."),
]


def fill(builder):
    """Seven entries of the demo's teacher, two of them shared, and two in the common logbook of her PLG."""
    teacher, plg = builder.people[staff.MAIN["teacher"]], builder.communities[texts.REKENEN.name]
    for told in sorted(OWN, key=lambda told: -told.ago):
        _own(builder, teacher, plg, told)
    members = {person.name: person for person in builder.members[plg.name] if not isinstance(person, str)}
    for name, ago, saw in sorted(COMMON, key=lambda common: -common[1]):
        if name in members:
            day, moment = _day(builder, ago)
            entry = LogbookEntry.objects.create(
                person=members[name], community=plg, is_of_the_plg=True, happened_on=day, saw=saw,
                at=moment, shared_at=moment,
            )  # fmt: skip
            _journal(entry)


def _own(builder, teacher, plg, told):
    day, moment = _day(builder, told.ago)
    words = {name: getattr(told, name) for name in ("tried", "saw", "changes", "text")}
    entry = LogbookEntry.objects.create(
        person=teacher, community=plg if told.plg else None, happened_on=day, at=moment,
        shared_at=moment if told.shared else None, **words,
    )  # fmt: skip
    if told.meeting:
        meeting = Meeting.objects.filter(community=plg, held_on__lte=day).order_by("-starts_at").first()
        references.refer(entry, meeting)
    if told.photo:
        LogbookPhoto(entry=entry, description=told.photo).image.save("stroken.jpg", ContentFile(held.strips()))
    if told.shared:
        _journal(entry)


def _journal(entry):
    """As the deed writes it down, at its time; nobody is told a year later."""
    Activity.objects.create(
        kind=actions.SHARED, by=entry.person, about=entry, community_id=entry.community_id, at=entry.shared_at
    )


def _day(builder, ago):
    """A school day about that long ago, and a moment after school."""
    from plg_platform.demo.plgs import at

    day = builder.today - timedelta(days=ago)
    while not calendar.is_working_day(day, "Midden", ()):
        day -= timedelta(days=1)
    return day, at(day)
