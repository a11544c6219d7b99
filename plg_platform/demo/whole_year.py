"""What the demo tells of whole years: year reports, funding, and De Regenboog as a learning school."""

from datetime import date, timedelta
from decimal import Decimal

from organisations.choices import RoleKind
from organisations.models import Affiliation, Network, Role
from participation.funding import actions as funding
from participation.learning import actions as learning
from participation.learning.models import Cycle, Scan, ScanAnswer
from participation.learning.statements import STATEMENTS
from participation.reports import actions as reports
from participation.reports import drafting
from participation.reports.choices import State
from participation.reports.models import Report
from people.calendar import school_year
from plg_platform.demo import staff, texts

LEARNED = """Kinderen weten vaak meer van breuken dan ze opschrijven. Eerst vouwen en leggen helpt om het uit te leggen.

- Halveren gaat bijna vanzelf, in drieën delen niet. Daar beginnen we nu.
- Een foto van een pizza met zes punten en zeven kinderen leverde het beste gesprek op.
- Wie snel klaar is, maakt een opgave voor een ander. Die is moeilijker dan die uit het boek."""
AHEAD = "Volgend jaar kijken we bij elkaar in de klas, één keer in elke periode. En we laten groep 3 en 4 meedoen."
LEZEN = "Vrij lezen werkt pas als we zelf ook lezen. Een kwartier stil, iedereen een boek, ook de leerkracht."
#: The eight statements: how the team of De Regenboog stood last year, and how it stands now.
STOOD = [3.2, 3.4, 2.3, 3.0, 2.6, 2.4, 2.5, 3.3]
STANDS = [3.9, 3.9, 3.1, 3.0, 3.4, 2.9, 2.7, 3.9]
ANSWERED = (14, 17)


def fill(builder):
    """A released report, one before its members, a network's draft; two grants; two learning years."""
    year = school_year(builder.today)
    _reports(builder, year - 1)
    _funding(builder, year)
    _learning(builder, year)


# Year reports -------------------------------------------------------------------------------------


def _reports(builder, year):
    rekenen, spelend = (builder.communities[plg.name] for plg in (texts.REKENEN, texts.SPELEND))
    released = _drafted(rekenen, year, {"insights": LEARNED, "ahead": AHEAD})
    moment = builder.moment.replace(year=year + 1, month=6, day=29)
    released.state, released.laid_at, released.released_at = State.RELEASED, moment - timedelta(days=20), moment
    released.until_on, released.released_by = moment.date() - timedelta(days=6), released.created_by
    released.save()
    released.schools.set({row.school_id for row in rekenen.memberships.seated() if row.school_id})
    laid = _drafted(spelend, year, {"insights": LEZEN})
    reports.lay(laid, by=laid.created_by)
    for role in Role.objects.current().filter(kind=RoleKind.NETWORK_ADMIN).select_related("network")[:1]:
        sources = list(Report.objects.reaching(role.network, year).select_related("community"))
        row = Report.objects.create(network=role.network, year=year, created_by=role.person)
        row.versions.create(number=1, sections=drafting.of_network(role.network, year, sources), by=role.person)
        row.sources.set(sources)


def _drafted(community, year, own):
    """A draft as it would be made, with some parts in the PLG's own words."""
    leader = community.memberships.leading().select_related("person").first().person
    sections = drafting.of_plg(community, year)
    sections = [each | {"text": own.get(each["key"], each["text"])} for each in sections]
    row = Report.objects.create(community=community, year=year, created_by=leader)
    row.versions.create(number=1, sections=sections, edits=3, by=leader)
    return row


# Funding ------------------------------------------------------------------------------------------


def _funding(builder, year):
    of_network = Role.objects.current().filter(kind=RoleKind.NETWORK_ADMIN).select_related("network", "person").first()
    grant = funding.add(
        of_network.network, by=of_network.person, name="Regionale leernetwerken", source="Gemeente Amersfoort",
        amount=Decimal(18000), starts_on=date(year - 1, 8, 1), ends_on=date(year + 1, 7, 31),
        conditions="Elk jaar een verslag: hoeveel bijeenkomsten, hoeveel uur samen geleerd. Geen namen.",
        communities=[builder.communities[texts.BREDE_VORMING.name], builder.communities[texts.REKENEN.name]],
    )  # fmt: skip
    first = funding.add_date(grant, by=of_network.person, what="Verslag van het eerste jaar", due_on=date(year, 10, 1))
    funding.report(first, by=of_network.person)
    soon = builder.today + timedelta(days=19)
    funding.add_date(grant, by=of_network.person, what="Begroting voor het volgende jaar", due_on=soon)
    funding.add_date(grant, by=of_network.person, what="Eindverslag", due_on=date(year + 1, 10, 1))
    of_board = (
        Role.objects.current()
        .filter(kind=RoleKind.BOARD_ADMIN)
        .select_related("board", "person")
        .order_by("pk")
        .first()
    )
    more = funding.add(
        of_board.board, by=of_board.person, name="Basisvaardigheden rekenen", source="Ministerie van OCW",
        amount=Decimal(42500), starts_on=date(year, 1, 1), ends_on=date(year + 1, 12, 31),
        conditions="Besteden aan samen lessen ontwerpen. Verantwoorden in het jaarverslag van het bestuur.",
        communities=[builder.communities[texts.REKENEN.name]],
    )  # fmt: skip
    funding.add_date(more, by=of_board.person, what="Paragraaf in het jaarverslag", due_on=date(year + 1, 6, 1))


# The learning school ------------------------------------------------------------------------------


def _learning(builder, year):
    leader = builder.people[staff.MAIN["school_leader"]]
    led = Role.objects.current().filter(kind=RoleKind.SCHOOL_LEADER, person=leader)
    school = led.select_related("school").first().school
    before = Cycle.objects.create(
        school=school, year=year - 1, created_by=leader, said_on=date(year - 1, 9, 2),
        wish="Over een jaar praten we niet alleen óver lessen, maar maken we ze samen.",
        time_free="De vergadering op dinsdag eens in de twee weken.",
        look_back="We maakten samen elf lessen. Op dinsdag lukte het vaker dan op donderdag. "
        "Wat een groep vindt, komt nog te weinig bij de anderen.",
    )  # fmt: skip
    cycle = Cycle.objects.create(
        school=school, year=year, created_by=leader, said_on=date(year, 9, 1),
        wish="Over een jaar is elke collega bij een ander in de klas geweest, en vindt niemand dat nog bijzonder.",
        time_free="Dinsdag het laatste uur, om de week. De rapportvergadering in februari vervalt.",
        money_free="Acht dagdelen vervanging, uit het budget voor scholing.",
    )  # fmt: skip
    for row, marks, people in ((before, STOOD, ANSWERED[0]), (cycle, STANDS, ANSWERED[1])):
        _scan(builder, row, marks, people)
    goals = (
        ("Elke collega keek twee keer bij een ander", [texts.REKENEN, texts.ONDERZOEKEND]),
        ("Wat een PLG vindt, hoort het hele team binnen een maand", [texts.LEZEN]),
    )
    here = set(Affiliation.objects.current().filter(school=school).values_list("person", flat=True))
    for number, (text, plgs) in enumerate(goals):
        goal = cycle.goals.create(text=text)
        goal.communities.set(
            [
                builder.communities[plg.name]
                for plg in plgs
                if builder.communities[plg.name].memberships.seated().filter(person__in=here).exists()
            ]
        )
        if not number:
            goal.networks.set(Network.objects.filter(boards=school.board_id)[:1])
    learning.propose("spread", builder.communities[texts.LEZEN.name], by=leader)


def _scan(builder, cycle, marks, people):
    opened = cycle.said_on + timedelta(days=12)
    scan = Scan.objects.create(
        cycle=cycle, opens_on=opened, closes_on=opened + timedelta(days=14), closed_at=builder.moment, people=people
    )
    ScanAnswer.objects.bulk_create(
        ScanAnswer(
            scan=scan,
            marks={
                each.key: min(max(round(builder.chance.gauss(mark, 0.8)), 1), 5)
                for each, mark in zip(STATEMENTS, marks, strict=True)
            },
        )
        for _n in range(people)
    )
