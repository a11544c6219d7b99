"""What the demo's colleagues do with the KennisHub: tell how it went, collect, follow, ask the network; as rows."""

from datetime import timedelta
from typing import NamedTuple

from communities.choices import Theme
from communities.discussions import writing
from communities.places import school_of
from knowledgehub.actions.using import count
from knowledgehub.choices import Again, Band, Kind, State
from knowledgehub.finding.models import SavedSearch
from knowledgehub.models import Collection, CollectionItem, DayCount, Experience, FollowedTheme, Resource, Saved
from knowledgehub.questions.models import Answer, Chapter, Follow, Moment, Question
from plg_platform.demo import texts


class Went(NamedTuple):
    """How it went with one colleague, so many days ago."""

    who: str
    days: int
    level: str
    band: Band
    minutes: int
    again: Again
    changed: str = ""
    pupils_did: str = ""


#: By a word of the title; the rest gets what fits every lesson.
STRIPS = [
    Went("Yasmin Aksoy", 21, "Groep 6", Band.USUAL, 60, Again.YES,
         "Eerst samen één strook gevouwen. Anders kwamen derden niet uit.",
         "Ze gingen vanzelf de stroken onder elkaar leggen. Twee kinderen vonden zelf dat 2/4 en ½ gelijk zijn."),
    Went("Peter Doornbos", 42, "Groep 5", Band.LARGE, 50, Again.YES, "⅛ weggelaten. Vier stroken was genoeg.",
         "Veel praten, weinig opschrijven. Bij de tweede keuze pakte bijna iedereen een derde."),
    Went("Ruben Mulder", 55, "Groep 5/6", Band.SMALL, 70, Again.DOUBT, "Verdeeld over twee dagen.",
         "Op dag twee wist de helft niet meer welke strook wat was. Ik zou nu kleuren gebruiken."),
    Went("Wendy Kuipers", 63, "Groep 6", Band.USUAL, 55, Again.YES, "",
         "Wie vastliep, pakte het setje dat klaarlag. Daarna vouwden ze zelf verder."),
    Went("Emre Demir", 70, "Groep 8", Band.USUAL, 45, Again.YES, "Als opfrisser, zonder het verhaal van de reep.",
         "Ze waren verrast dat een derde meer is dan een kwart. Ook in groep 8 nog."),
    Went("Priya Ramdin", 84, "Groep 5", Band.LARGE, 55, Again.YES, "",
         "In tweetallen werd er meer gepraat dan ik gewend ben. Ook door wie anders stil is."),
    Went("Aisha Rahman", 90, "Groep 6", Band.LARGE, 50, Again.YES, "De stroken al gevouwen uitgedeeld.", ""),
]  # fmt: skip
OTHER = [
    Went("Karin Postma", 18, "Groep 8", Band.USUAL, 50, Again.YES, "Ik liet het slot weg, de tijd was op.",
         "Ze legden elkaar uit wat ze deden. Dat had ik niet verwacht."),
    Went("Ruben Mulder", 33, "Groep 5", Band.LARGE, 60, Again.DOUBT, "",
         "De eerste tien minuten waren rommelig. Daarna ging het vanzelf."),
]  # fmt: skip


class Asked(NamedTuple):
    """A question to the network: its answers, and which of them helped."""

    who: str
    title: str
    text: str
    days: int
    tags: tuple
    answers: tuple = ()
    helped: int = 0


QUESTIONS = [
    Asked(
        "Els Jansen", "Hoe begin je met breuken zonder werkblad?",
        "Mijn groep 5 ziet een breuk vooral als *twee getallen boven elkaar*. Ik wil beginnen met iets dat ze in hun "
        "handen hebben. Wie heeft een goede eerste les?", 9, ("breuken", "groep 5"),
        (
            ("Tom Hendriks", ("Wij delen een reep chocola van zes blokjes met vier kinderen. Ze willen allemaal "
             "gelijk, dus het gesprek komt vanzelf.\n\nPas daarna vouwen we stroken.")),
            ("Mark de Wit", "Stroken vouwen. Begin met een half en een kwart, en vraag dan: *en een derde?*"),
        ), 1,
    ),
    Asked(
        "Aisha Rahman", "Wie doet vrij lezen met de hele school tegelijk?",
        "Wij willen elke dag een kwartier lezen, ook de leerkrachten. Hoe krijgen jullie dat in het rooster?", 4,
        ("lezen", "rooster"),
        (("Sanne Bakker", "Bij ons om 8.30 uur, meteen na binnenkomst. De deur gaat dicht, ook voor ouders."),),
    ),
    Asked(
        "Ruben Mulder", "Hoe geef je feedback in een groep van dertig?",
        "Ik wil van de stapel schriften af. Maar ik wil wel weten wat iedereen begrijpt.", 23,
        ("formatief", "feedback"),
        (
            ("Yasmin Aksoy", ("Wisbordjes. Eén vraag, allemaal tegelijk omhoog. Ik zie in vijf seconden wie ik zo "
             "even bij me roep.")),
        ), 1,
    ),
    Asked(
        "Mark de Wit", "Wat leren kinderen van zelf opgaven maken?",
        "Bij ons maakt wie klaar is een opgave voor een ander. Heeft iemand gezien wat dat oplevert?", 1, ("rekenen",),
    ),
]  # fmt: skip

CHAPTERS = [(0, "De vraag"), (65, "Waar zit de helft?"), (180, "Wat ik nu anders zou doen")]


def fill(builder):
    """After the resources themselves."""
    _questions(builder)
    found = list(Resource.objects.filter(state=State.PUBLISHED).order_by("pk"))
    if not found:
        return
    for number, resource in enumerate(found):
        _used(builder, resource, number)
    _kept(builder, found)
    SavedSearch.objects.create(
        person=builder.people["Els Jansen"], title="breuken", query="q=breuken",
        at=builder.moment - timedelta(days=30), told_until=builder.moment - timedelta(days=30),
    )  # fmt: skip
    for resource in (row for row in found if row.kind in (Kind.WEBINAR, Kind.VIDEO)):
        _film(builder, resource)


def _used(builder, resource, number):
    makers = set(resource.authors.values_list("person", flat=True))
    told = STRIPS if "strok" in resource.title.lower() else OTHER[: (number + 1) % 3]
    for went in told:
        person = builder.people.get(went.who)
        if not person or person.pk in makers or resource.kind not in (Kind.LESSON, Kind.PRACTICE, Kind.TOOL):
            continue
        day = builder.today - timedelta(days=went.days)
        Experience.objects.create(
            resource=resource, version_id=resource.current_id, person=person, school=school_of(person), used_on=day,
            level=went.level, band=went.band, minutes=went.minutes, again=went.again, is_adapted=bool(went.changed),
            changed=went.changed, pupils_did=went.pupils_did, at=builder.moment - timedelta(days=went.days),
        )  # fmt: skip
    count(resource)
    for days in range(0, 300, 5):
        seen = builder.chance.randint(0, 6)
        if seen:
            DayCount.add(
                resource.pk, builder.today - timedelta(days=days), views=seen, downloads=builder.chance.randint(0, seen)
            )


def _kept(builder, resources):
    els, plg = builder.people["Els Jansen"], builder.communities[texts.REKENEN.name]
    for resource in resources[:3]:
        Saved.objects.create(person=els, resource=resource, at=builder.moment - timedelta(days=3))
    FollowedTheme.objects.bulk_create(
        [FollowedTheme(person=els, theme=Theme.MATHS), FollowedTheme(person=els, theme=Theme.FORMATIVE)]
    )
    own = Collection.objects.create(
        person=els, created_by=els, name="Voor na de herfstvakantie", said="Wat ik in groep 6 wil proberen."
    )
    of_plg = Collection.objects.create(
        community=plg, created_by=els, name="Breuken dit jaar", is_public=True,
        said="In deze volgorde werken we met breuken: eerst vouwen, dan leggen, dan de getallenlijn.",
    )  # fmt: skip
    notes = ["Begin hiermee.", "", "Goed voor wie sneller gaat."]
    for collection, rows in ((own, resources[2:4]), (of_plg, resources[:3])):
        CollectionItem.objects.bulk_create(
            [
                CollectionItem(collection=collection, resource=row, position=n, note=note, added_by=els)
                for n, (row, note) in enumerate(zip(rows, notes, strict=False), start=1)
            ]
        )


def _film(builder, resource):
    Chapter.objects.bulk_create(
        [Chapter(version_id=resource.current_id, seconds=at, title=title) for at, title in CHAPTERS]
    )
    Moment.objects.create(
        version_id=resource.current_id, seconds=72, author=builder.people["Els Jansen"],
        text="Waarom zei je hier even niets? Bij mij valt het dan stil.", at=builder.moment - timedelta(days=2),
        answer="Ik telde tot vijf. Meestal begint er dan iemand, en vaak een ander dan ik denk.",
        answered_by=next((each.person for each in resource.authors.select_related("person") if each.person), None),
        answered_at=builder.moment - timedelta(days=1),
    )  # fmt: skip


def _questions(builder):
    network = builder.places.network
    for asked in QUESTIONS:
        at = builder.moment - timedelta(days=asked.days)
        author = builder.people[asked.who]
        row = Question.objects.create(
            network=network, author=author, title=asked.title, text=asked.text, html=writing.html_of(asked.text), at=at,
            last_at=at,
        )  # fmt: skip
        row.tags.set(asked.tags)
        people = {author}
        for number, (who, text) in enumerate(asked.answers, start=1):
            row.last_at = at + timedelta(hours=7 * number)
            said = Answer.objects.create(
                question=row, author=builder.people[who], text=text, html=writing.html_of(text), at=row.last_at
            )
            people.add(said.author)
            if number == asked.helped:
                row.accepted = said
        row.answers_count = len(asked.answers)
        row.save()
        Follow.objects.bulk_create([Follow(person=each, question=row) for each in people])
