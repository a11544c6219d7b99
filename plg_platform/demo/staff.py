"""Who works where. Everybody is invented; mail addresses end in .example, which never reaches anybody."""

import re
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from core.text import sort_key
from core.time import AMSTERDAM
from organisations.choices import Function, RoleKind
from organisations.models import Affiliation, Role
from people.models import User

PASSWORD = "samen-leren-kan-je-leren"  # noqa: S105 - of every invented person, printed on the console

T, C, L, S, P = Function.TEACHER, Function.CARE, Function.LEADER, Function.SUPPORT, Function.STUDENT
#: School -> how many work there, and those of them who have a part to play: (name, function, group).
SCHOOLS = {
    "De Regenboog": (
        22,
        [
            ("Marieke van Dalen", L, ""),
            ("Sanne Bakker", C, ""),
            ("Els Jansen", T, "groep 5"),
            ("Mark de Wit", T, "groep 5"),
            ("Yasmin Aksoy", T, "groep 6"),
            ("Ruben Mulder", T, "groep 7"),
            ("Karin Postma", T, "groep 8"),
            ("Fatima El Idrissi", T, "groep 3"),
            ("Joost van Leeuwen", T, "groep 4"),
            ("Tess Verbeek", T, "groep 4"),
            ("Wendy Kuipers", T, "groep 6"),
            ("Hakim Bouali", T, "groep 7"),
            ("Mieke Schouten", T, "groep 1/2"),
            ("Sofie Claes", T, "groep 1/2"),
            ("Anouk Visser", T, "groep 3"),
            ("Nadia Haddad", T, "groep 3"),
            ("Bas Terpstra", T, "groep 8"),
            ("Lotte Meijer", T, "groep 7"),
            ("Gerda Wolters", T, "groep 8"),
            ("Ans Peters", S, ""),
        ],
    ),
    "De Wissel": (
        15,
        [
            ("Ingrid Zwart", L, ""),
            ("Tom Aarts", C, ""),
            ("Tom Hendriks", T, "groep 8"),
            ("Ilse de Groot", T, "groep 6"),
            ("Selma Yildirim", T, "groep 4"),
        ],
    ),
    "De Kameleon": (13, [("Henk Brouwer", L, ""), ("Rachida Amrani", C, ""), ("Peter Doornbos", T, "groep 5")]),
    "De Klimboom": (12, [("Saskia Vermeer", L, ""), ("Karim Haddou", T, "groep 6")]),
    "De Zandloper": (12, [("Bert Kramer", L, ""), ("Noor Timmermans", C, "")]),
    "De Waterlelie": (12, [("Aisha Rahman", L, ""), ("Bram Visser", C, ""), ("Wim Lammers", T, "groep 7")]),
    "De Vlieger": (11, [("Dirk Jan Mol", L, ""), ("Noor Peeters", T, "groep 7")]),
    "De Linde": (9, [("Carla Nijhuis", L, ""), ("Emre Demir", T, "groep 8")]),
    "Het Kompas": (9, [("Sjoerd Wiersma", L, ""), ("Priya Ramdin", T, "groep 5")]),
}
FIRST = """
    Amina Daniël Esther Youssef Femke Mohamed Roos Jeffrey Chantal Ravi Linda Mehmet Jolanda Kofi Maaike Thijs
    Samira Niels Gülsen Wouter Marloes Ayoub Judith Stefan Naomi Erik Zeynep Corine Jasper Shanti Lieke Paul
    Khadija Rianne Dennis Elif Nienke Arjan Fenna Omar Miriam Jorrit Latifa Vera Rick Soraya Hanneke Kees Iris
    Duc Manon Ilias Petra Sven Wai Yee Anna
""".split()  # noqa: SIM905 - sixty names read better in a row
LAST = [
    "de Boer",
    "Yılmaz",
    "van den Berg",
    "El Amrani",
    "Dijkstra",
    "Ramlal",
    "Vos",
    "Öztürk",
    "Hoekstra",
    "Nguyen",
    "van der Meer",
    "Benali",
    "Prins",
    "Mensah",
    "Scholten",
    "Kaya",
    "Huisman",
    "Pinas",
    "van Vliet",
    "Azzouzi",
    "Koster",
    "Sital",
    "Willems",
    "Chen",
    "Blom",
    "Kowalska",
    "Maas",
    "Tahiri",
    "Evers",
    "Fransen",
    "de Ruiter",
    "Jacobs",
    "Veenstra",
    "Martina",
]
GROUPS = ["groep 1/2", "groep 3", "groep 4", "groep 5", "groep 6", "groep 7", "groep 8"]
THEMES = ["maths", "reading", "language", "early", "science", "digital", "formative", "behaviour", "gifted"]
#: Outside a school: name, place (a board by number, or a partner by name), function.
OTHERS = [
    ("Jeroen Hofstra", 0, Function.STAFF),
    ("Inge Smit", 0, Function.STAFF),
    ("Ahmed Karimi", 1, Function.STAFF),
    ("Lidewij Bos", 0, Function.STAFF),
    ("Petra Lindeman", "Bureau Samenspraak", Function.EXPERT),
    ("Willem Postma", "Pabo De Landen", Function.EXPERT),
]
PLATFORM = "Paula Verweij"
#: The six whose homes are worth a look; the first five have a button on the sign-in page of a demo.
MAIN = {
    "teacher": "Els Jansen",
    "facilitator": "Sanne Bakker",
    "school_leader": "Marieke van Dalen",
    "network_admin": "Jeroen Hofstra",
    "board_admin": "Inge Smit",
    "platform_admin": PLATFORM,
}
DAYS_OFF = {"Els Jansen": [4], "Sanne Bakker": [], "Wendy Kuipers": [2], "Marieke van Dalen": []}
THEMES_OF = {"Els Jansen": ["maths", "science"], "Sanne Bakker": ["maths", "reading", "early"]}


def address(name, place):
    """A mail address for a name at a place: voornaam.achternaam@deregenboog.example."""
    flat = re.sub(r"[^a-z ]", "", sort_key(name).replace("ı", "i")).strip().replace(" ", ".")
    return f"{flat}@{re.sub(r'[^a-z]', '', sort_key(place))}.example"


def main_address(part):
    """The mail address of one of the main persons, without asking the database."""
    name = MAIN[part]
    if part == "platform_admin":
        return address(name, "plg")
    places = [school for school, (_count, named) in SCHOOLS.items() if name in [row[0] for row in named]]
    return address(name, places[0] if places else "Bestuur De Brug")


def fill(places, moment, chance: Random):
    """Make everybody with affiliation, roles and a verified mail address; the people can be looked up by name."""
    rows, today = list(_rows(places, chance)), moment.date()
    joined = datetime.combine(today - timedelta(weeks=60), time(9), ZoneInfo(AMSTERDAM))
    secret = make_password(PASSWORD)
    people = [
        User(
            name=name,
            sort_name=sort_key(name),
            email=address(name, place.name if place else "plg"),
            password=secret,
            region=region,
            level=group,
            days_off=DAYS_OFF.get(name, chance.choice([[], [], [2], [4], [0], [2, 4]])),
            themes=THEMES_OF.get(name, chance.sample(THEMES, 2)),
            joined_at=joined + timedelta(days=chance.randrange(300)),
            welcomed_at=joined + timedelta(days=300),
        )
        for name, place, _function, group, region in rows
    ]
    for person in people:
        person.digest_next_at = person.next_letter_at(moment)
    User.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
    )
    Affiliation.objects.bulk_create(
        Affiliation(
            person=person,
            function=function,
            from_on=date(today.year - chance.randrange(2, 12), 8, 1),
            **{type(place).__name__.lower(): place},
        )
        for person, (_name, place, function, *_rest) in zip(people, rows, strict=True)
        if place
    )
    named = {person.name: person for person in people}
    _roles(named, places)
    return named


def _rows(places, chance):
    """(name, place, function, group, region) of everybody."""
    taken = {name for _count, staff in SCHOOLS.values() for name, *_ in staff}
    fresh = [name for name in (f"{first} {last}" for first in FIRST for last in LAST) if name not in taken]
    chance.shuffle(fresh)
    seen = set()
    for school_name, (count, staff) in SCHOOLS.items():
        school = places.schools[school_name]
        for name, function, group in staff:
            yield name, school, function, group, school.region
        for place in range(count - len(staff)):
            name = next(name for name in fresh if name.split()[0] not in seen or len(seen) >= len(FIRST))
            fresh.remove(name)
            seen.add(name.split()[0])
            function = S if place % 6 == 5 else T
            yield name, school, function, GROUPS[place % 7] if function == T else "", school.region
    for name, place, function in OTHERS:
        where = places.partners[place] if isinstance(place, str) else places.boards[place]
        yield name, where, function, "", "Zuid" if place == 1 else "Midden"
    yield PLATFORM, None, None, "", "Midden"


def _roles(named, places):
    """Who may manage what."""
    brug, rijnoevers = places.boards
    inge, ahmed, jeroen, paula = (named[name] for name in ("Inge Smit", "Ahmed Karimi", "Jeroen Hofstra", PLATFORM))
    roles = [
        Role(person=paula, kind=RoleKind.PLATFORM_ADMIN),
        Role(person=jeroen, kind=RoleKind.NETWORK_ADMIN, network=places.network, given_by=paula),
        Role(person=inge, kind=RoleKind.BOARD_ADMIN, board=brug, given_by=paula),
        Role(person=ahmed, kind=RoleKind.BOARD_ADMIN, board=rijnoevers, given_by=paula),
        Role(person=named["Lidewij Bos"], kind=RoleKind.CONFIDANT, board=brug, given_by=inge),
        Role(person=named["Carla Nijhuis"], kind=RoleKind.CONFIDANT, board=rijnoevers, given_by=ahmed),
        Role(
            person=named["Ans Peters"],
            kind=RoleKind.PLANNER,
            school=places.schools["De Regenboog"],
            given_by=inge,
        ),
    ]
    roles += [
        Role(
            person=named[staff[0][0]],
            kind=RoleKind.SCHOOL_LEADER,
            school=places.schools[school],
            given_by=inge if places.schools[school].board_id == brug.pk else ahmed,
        )
        for school, (_count, staff) in SCHOOLS.items()
    ]
    Role.objects.bulk_create(roles)
