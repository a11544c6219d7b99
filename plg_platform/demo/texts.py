"""The fourteen PLGs of the demo, as the people who started them would describe them."""

from dataclasses import dataclass, field

from communities.choices import JoinPolicy, Kind, Listed, State, Theme

PROMISE = "Je komt op tijd, je bereidt je vijf minuten voor en je probeert tussendoor iets uit in je klas."


@dataclass(frozen=True)
class Plg:
    """One PLG: its words, its people, its rhythm.

    `next_in` is the number of days until its next meeting (None: no date), moved
    to the first working day; `members` are names, or (school, number) for so
    many colleagues of that school who have no other part to play.
    """

    name: str
    theme: Theme
    owner: str
    facilitator: str | None
    question: str
    blurb: str
    members: list
    titles: list
    next_in: int | None
    weeks: int = 6
    state: State = State.ACTIVE
    kind: Kind = Kind.PLG
    ambition: str = ""
    levels: str = ""
    subjects: str = ""
    commitments: str = PROMISE
    description: str = ""
    preparation: str = ""
    outcome: str = ""
    room: str = "teamkamer"
    seats: tuple = (6, 10)
    policy: JoinPolicy = JoinPolicy.REQUEST
    listed: Listed = Listed.NETWORK
    starts: str = "15:30"
    ends: str = "17:00"
    online: bool = False
    turnout: float = 0.92
    answered: float = 0.7
    waiting: list = field(default_factory=list)
    requests: list = field(default_factory=list)
    invited: list = field(default_factory=list)
    guests: list = field(default_factory=list)
    tags: list = field(default_factory=list)


REKENEN = Plg(
    name="PLG Rekenen",
    theme=Theme.MATHS,
    owner="De Regenboog",
    facilitator="Sanne Bakker",
    question="Hoe zien we wat kinderen al weten van breuken, vóór we gaan uitleggen?",
    blurb="We bekijken lessen over breuken en letten op wat kinderen zeggen en doen. Elke zes weken één les.",
    ambition="In elke groep begint een nieuw onderwerp met kijken naar wat kinderen al kunnen.",
    description=(
        "We bereiden samen één les voor, iemand geeft hem en de anderen kijken. Daarna bespreken we alleen wat "
        "we zagen en hoorden. Pas dan praten we over wat het betekent."
    ),
    levels="groep 4 tot en met 8",
    subjects="rekenen",
    members=[
        "Els Jansen",
        "Mark de Wit",
        "Yasmin Aksoy",
        "Ruben Mulder",
        "Karin Postma",
        "Tom Hendriks",
        "Ilse de Groot",
    ],
    guests=["Willem Postma"],
    invited=["Noor Timmermans"],
    titles=[
        "Welke fouten zien we bij breuken?",
        "Kinderwerk naast elkaar leggen",
        "Onze leervraag scherper maken",
        "We kiezen het doel van de les",
        "Samen de les ontwerpen",
        "De eerste keer de les bekijken",
        "We passen de les aan",
        "We geven de onderzoeksles",
        "We bespreken de onderzoeksles na",
        "Wat nemen we mee naar de andere groepen?",
        "Meten met stroken: wat werkt in groep 4?",
        "We laten zien wat we leerden",
    ],
    preparation=(
        "Neem drie blaadjes kinderwerk mee over ¼ en ½: één waar je blij van werd, één waar je van schrok en "
        "één dat je niet begrijpt."
    ),
    next_in=3,
    room="lokaal van groep 5",
    turnout=0.93,
    answered=0.85,
    tags=["breuken", "lesson study"],
)

LEZEN = Plg(
    name="PLG Lezen met plezier",
    theme=Theme.READING,
    owner="De Regenboog",
    facilitator="Sanne Bakker",
    question="Wat gebeurt er met het leesplezier als kinderen elke week samen over boeken praten?",
    blurb="Boekgesprekken in groep 3 tot en met 8. We proberen uit, filmen niets en vertellen elkaar wat gebeurde.",
    ambition="Ieder kind kan vertellen welk boek het nu leest, en waarom.",
    levels="groep 3 tot en met 8",
    subjects="lezen",
    members=["Fatima El Idrissi", "Joost van Leeuwen", "Tess Verbeek", "Wendy Kuipers", "Hakim Bouali"],
    titles=[
        "Ons eigen leesleven",
        "Een boekgesprek voordoen",
        "Kinderen die niet willen lezen",
        "De boekenhoek onder de loep",
        "Voorlezen in de bovenbouw",
        "Welke vragen maken een gesprek?",
        "Boeken kiezen met de bibliotheek",
        "Wat vertelden de kinderen?",
        "Samen lezen met groep 8",
        "Terugkijken op een half jaar boekgesprekken",
    ],
    preparation="Voer deze week één boekgesprek van tien minuten en schrijf één zin op die een kind zei.",
    next_in=0,
    weeks=4,
    starts="15:15",
    ends="16:30",
    policy=JoinPolicy.OPEN,
    tags=["leesplezier", "boekgesprek"],
)

SPELEND = Plg(
    name="PLG Spelend leren",
    theme=Theme.EARLY,
    owner="Bestuur De Brug",
    facilitator="Sanne Bakker",
    question="Hoe speel je mee zonder het spel over te nemen?",
    blurb="Drie scholen kijken naar spel in groep 1 tot en met 3. We bezoeken elkaars hoeken en bouwen samen.",
    levels="groep 1 tot en met 3",
    members=["Mieke Schouten", "Sofie Claes", "Anouk Visser", ("De Kameleon", 2), ("De Klimboom", 1)],
    requests=["Nadia Haddad"],
    titles=[
        "Kijken naar spel: wat zie je echt?",
        "De huishoek wordt een winkel",
        "Meespelen of aan de kant?",
        "Taal in de bouwhoek",
        "Buiten is ook een lokaal",
        "Rekenen in het spel van groep 3",
        "Wat vertellen we ouders?",
    ],
    next_in=53,
    turnout=0.83,
    answered=0.4,
    tags=["spel", "jonge kind"],
)

ONDERZOEKEND = Plg(
    name="PLG Onderzoekend leren",
    theme=Theme.SCIENCE,
    owner="De Wissel",
    facilitator="Tom Aarts",
    question="Hoe help je kinderen een vraag te stellen die ze zelf kunnen onderzoeken?",
    blurb="Van verwondering naar een vraag naar een proef. Met leraren van De Regenboog en De Wissel.",
    levels="groep 5 tot en met 8",
    subjects="natuur en techniek",
    members=["Els Jansen", "Bas Terpstra", "Lotte Meijer", "Selma Yildirim", ("De Wissel", 3)],
    titles=[
        "Verwonderen met een ijsklontje",
        "Goede en onhandige vragen",
        "Eén les, drie groepen: wat vroegen ze?",
        "De les ontwerpen: drijven en zinken",
        "Begeleiden zonder voor te zeggen",
        "Hoe bewaren kinderen wat ze vonden?",
        "We bekijken de filmpjes van kinderen",
        "Een onderzoeksmuur in de gang",
    ],
    preparation="Lees de twaalf vragen van groep 6 en zet een kruisje bij de drie die je zou kiezen.",
    next_in=16,
    online=True,
    answered=0.5,
    tags=["onderzoekend leren"],
)

BREDE_VORMING = Plg(
    name="Leernetwerk Brede vorming",
    kind=Kind.LEARNING_NETWORK,
    theme=Theme.BROAD,
    owner="Netwerk De Waterkring",
    facilitator="Petra Lindeman",
    question="Hoe geven we elk kind ruimte om te laten zien waar het goed in is, ook buiten taal en rekenen?",
    blurb="Vijf bijeenkomsten voor schoolleiders met een collega: wat is brede vorming, en hoe maak je het zichtbaar?",
    ambition="Elke school heeft in juni een eigen manier om brede vorming zichtbaar te maken.",
    description=(
        "We beginnen samen. Daarna is steeds een andere school gastheer. Tussendoor werk je aan een opdracht "
        "over de leervraag van je eigen school."
    ),
    commitments=(
        "Je komt alle vijf de keren, met zijn tweeën. Je school maakt tijd en middelen vrij. Je deelt wat werkte, "
        "ook met scholen die niet meedoen."
    ),
    members=[],  # pairs: see plgs.py
    guests=["Willem Postma"],
    titles=[
        "Gezamenlijke start: waartoe is onze school er?",
        "Kansen: de stap van groep 8 naar de brugklas",
        "Talent zien: een plusdocument voor ieder kind",
        "Ouders als partner",
        "Wat bleef, en wat vertellen we de anderen?",
    ],
    next_in=12,
    weeks=8,
    seats=(8, 24),
    policy=JoinPolicy.INVITATION,
    listed=Listed.EVERYONE,
    starts="13:30",
    ends="16:00",
    tags=["kansengelijkheid", "brede vorming"],
)

MIDDENBOUW = Plg(
    name="Taal in de middenbouw",
    theme=Theme.LANGUAGE,
    owner="Netwerk De Waterkring",
    facilitator=None,
    question="Hoe leren kinderen schrijven over wat ze zelf belangrijk vinden?",
    blurb="Zeven leraren van groep 4, 5 en 6 schrijven mee met hun klas. We zoeken een nieuwe begeleider.",
    levels="groep 4 tot en met 6",
    subjects="taal",
    members=[("De Waterlelie", 4), ("De Linde", 2), "Bram Visser"],
    titles=["Schrijven voor een echte lezer", "Zinnen die blijven hangen", "Nakijken zonder rode pen"],
    next_in=25,
    answered=0.2,
    tags=["schrijven"],
)

NIEUWKOMERS = Plg(
    name="Nieuwkomers in de klas",
    theme=Theme.NEWCOMERS,
    owner="Netwerk De Waterkring",
    facilitator="Priya Ramdin",
    question="Hoe hoort een kind dat nog geen Nederlands spreekt er vanaf dag één bij?",
    blurb="Voor wie een kind in de klas kreeg dat nog geen Nederlands spreekt. We beginnen met jouw vraag.",
    levels="alle groepen",
    members=["Emre Demir", ("Het Kompas", 1), ("De Zandloper", 1)],
    invited=["Els Jansen", "Karim Haddou", "h.vandermolen@buurtschool.example"],
    titles=["Kennismaken: welk kind heb jij voor ogen?", "De eerste schooldag", "Thuistaal in de klas"],
    state=State.RECRUITING,
    next_in=30,
    policy=JoinPolicy.OPEN,
    answered=0.6,
    tags=["meertaligheid"],
)

TECHNIEK = Plg(
    name="Wetenschap en techniek",
    theme=Theme.SCIENCE,
    owner="De Vlieger",
    facilitator="Noor Peeters",
    question="Hoe geef je een techniekles met spullen die je al hebt?",
    blurb="Maken met karton, elastiek en water. Voor wie geen technieklokaal heeft.",
    levels="groep 3 tot en met 8",
    members=[("De Vlieger", 4), ("Het Kompas", 2)],
    titles=["Een brug van papier", "Van proefje naar onderzoek", "Wat staat er in de maakkast?"],
    next_in=None,
    tags=["techniek"],
)

BURGERSCHAP = Plg(
    name="Burgerschap met de buurt",
    theme=Theme.CITIZENSHIP,
    owner="De Linde",
    facilitator="Emre Demir",
    question="Wat leren kinderen als ze iets veranderen in hun eigen straat?",
    blurb="Een idee in wording: kinderen van groep 7 en 8 pakken samen met buurtbewoners iets aan.",
    members=[],
    titles=[],
    state=State.CONCEPT,
    listed=Listed.BOARD,
    next_in=None,
)

FORMATIEF = Plg(
    name="Formatief handelen",
    theme=Theme.FORMATIVE,
    owner="Bestuur De Brug",
    facilitator="Rachida Amrani",
    question="Welke feedback helpt een kind vandaag verder, en welke niet?",
    blurb="We maken toetsen kleiner en gesprekken groter. Deze PLG zit vol; er is een wachtlijst.",
    levels="groep 4 tot en met 8",
    members=[("De Kameleon", 3), "Karim Haddou", ("De Klimboom", 2), ("De Zandloper", 1)],
    waiting=[("De Wissel", 1), ("De Zandloper", 1)],
    seats=(6, 8),
    policy=JoinPolicy.OPEN,
    titles=[
        "Wat is een goed leerdoel?",
        "Feedback die je kunt doen",
        "Een briefje op de deur",
        "Kinderen beoordelen elkaar",
        "Minder nakijken, meer zien",
        "Wat schrappen we?",
    ],
    next_in=9,
    weeks=5,
    tags=["feedback"],
)

MUZIEK = Plg(
    name="Muziek in de klas",
    theme=Theme.ARTS,
    owner="De Zandloper",
    facilitator="Noor Timmermans",
    question="Hoe geef je muziek als je zelf geen noot kunt lezen?",
    blurb="We zingen, klappen en luisteren. De PLG is gepauzeerd tot na de verbouwing.",
    members=[("De Zandloper", 4), ("De Klimboom", 2)],
    titles=["Ritme met je handen", "Een lied per week", "Luisteren zonder plaatjes"],
    state=State.RESTING,
    next_in=None,
    tags=["muziek"],
)

DIGITAAL = Plg(
    name="Digitale geletterdheid",
    theme=Theme.DIGITAL,
    owner="De Wissel",
    facilitator="Tom Aarts",
    question="Wat moeten kinderen van groep 7 en 8 kunnen met wat ze online vinden?",
    blurb="Een jaar lang zochten we met kinderen uit wat waar is. De PLG is afgerond.",
    members=["Tom Hendriks", "Ilse de Groot", "Hakim Bouali", ("De Wissel", 3)],
    titles=["Bronnen wegen", "Een bericht namaken", "Zoeken met een vraag", "Wat laat je achter?"],
    state=State.CLOSED,
    outcome=(
        "Kinderen controleren een bericht pas als ze zelf eens een nepbericht hebben gemaakt. Vier lessen werkten "
        "in alle groepen: bronnen wegen, een bericht namaken, zoeken met een vraag en je eigen spoor bekijken. "
        "Begin niet met waarschuwen: dan stopten de vragen."
    ),
    next_in=None,
    tags=["mediawijsheid"],
)

GEDRAG = Plg(
    name="Rust in de groep",
    theme=Theme.BEHAVIOUR,
    owner="Bestuur Rijnoevers",
    facilitator="Bram Visser",
    question="Wat doe je in de eerste vijf minuten waardoor de rest van de dag lukt?",
    blurb="Voor leraren met een drukke groep. We kijken bij elkaar naar overgangen en routines.",
    members=["Wim Lammers", ("De Waterlelie", 1), ("De Vlieger", 3), ("De Linde", 2), ("Het Kompas", 1)],
    titles=["De eerste vijf minuten", "Overgangen zonder lawaai", "Een gesprek met ouders", "Wat doet je stem?"],
    next_in=18,
    weeks=7,
    turnout=0.25,
    answered=0.3,
    tags=["klassenmanagement"],
)

HOOGBEGAAFD = Plg(
    name="Denkers in de groep",
    theme=Theme.GIFTED,
    owner="De Kameleon",
    facilitator="Peter Doornbos",
    question="Hoe leer je een kind doorzetten dat alles altijd al kon?",
    blurb="Over kinderen die snel denken en soms vastlopen. Online, zodat iedereen van het netwerk kan aanschuiven.",
    levels="groep 3 tot en met 8",
    members=[("De Kameleon", 3), ("De Klimboom", 2), ("De Vlieger", 1)],
    titles=["Wat is lastig genoeg?", "Fouten maken oefenen", "Compacten: wat kan eruit?", "Samen met het kind plannen"],
    next_in=23,
    online=True,
    policy=JoinPolicy.OPEN,
    tags=["meer- en hoogbegaafdheid"],
)

PLGS = [
    REKENEN,
    LEZEN,
    SPELEND,
    ONDERZOEKEND,
    BREDE_VORMING,
    MIDDENBOUW,
    NIEUWKOMERS,
    TECHNIEK,
    BURGERSCHAP,
    FORMATIEF,
    MUZIEK,
    DIGITAAL,
    GEDRAG,
    HOOGBEGAAFD,
]

#: School -> the two who take part in Brede vorming, the leader first; schools are hosts in this order.
PAIRS = {
    "De Regenboog": ("Marieke van Dalen", "Gerda Wolters"),
    "De Wissel": ("Ingrid Zwart", "Tom Hendriks"),
    "De Waterlelie": ("Aisha Rahman", "Wim Lammers"),
    "De Vlieger": ("Dirk Jan Mol", "Noor Peeters"),
    "De Kameleon": ("Henk Brouwer", "Rachida Amrani"),
    "Het Kompas": ("Sjoerd Wiersma", "Priya Ramdin"),
}
#: The hosts of the five meetings; the joint start is at the first board's own house.
HOSTS = ["De Regenboog", "De Waterlelie", "De Wissel", "De Vlieger", "De Kameleon"]

REASONS = ["ziek thuis", "oudergesprekken", "geen vervanging", "cursus op een andere plek", "open avond op school"]
REQUEST = "Ik heb een combinatiegroep 2/3 en wil graag leren hoe je spel in groep 3 volhoudt."
