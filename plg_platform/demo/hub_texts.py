"""What the demo's colleagues made for the KennisHub. All of it is invented."""

from dataclasses import dataclass, field

#: Typst, in which the papers are set.
HEAD = """
#set page(paper: "a4", margin: 2.2cm)
#set text(size: 11pt, lang: "nl")
#set par(leading: .75em)
#show heading: set block(below: .9em, above: 1.4em)
#let groen = rgb("#0b6e63")
#let warm = rgb("#e8a33d")
#let strook(delen, kleur) = grid(columns: (1fr,) * delen, column-gutter: 2pt,
  ..range(delen).map(i => rect(width: 100%, height: 1.1cm, fill: kleur, radius: 2pt,
    align(center + horizon, text(fill: white, weight: "bold", if delen == 1 [1] else [1/#delen])))))
#let kader(tekst) = block(fill: rgb("#e4f1ee"), inset: 12pt, radius: 6pt, width: 100%, tekst)
"""
LESSON = (
    HEAD
    + """
= Breuken leggen met stroken
Lesplan · groep 5 en 6 · 50 minuten
#kader[*Doel* \\ Na de les kun je uitleggen waarom 1/3 meer is dan 1/4.]
== De strook
#strook(1, groen) #v(-6pt) #strook(2, groen.lighten(15%)) #v(-6pt) #strook(3, warm) #v(-6pt)
#strook(4, warm.darken(20%)) #v(-6pt) #strook(8, groen.lighten(40%))
== Vraag om mee te beginnen
‘Je mag kiezen: een derde of een kwart van de reep. Wat neem je, en hoe weet je dat?’
== Wat kun je verwachten?
- ‘Een kwart, want vier is meer dan drie.’
- Vouwt drie gelijke delen door te schatten.
- Legt de stroken onder elkaar en wijst het verschil aan.
#pagebreak()
= Zo gaat de les
#for (tijd, wat) in (("8 min", "De reep verdelen. Je mag kiezen: een derde of een kwart."),
  ("15 min", "Zelf vouwen. Ieder kind vouwt vijf stroken."), ("17 min", "Leggen en vergelijken, in tweetallen."),
  ("10 min", "Terug naar de reep. Kies opnieuw en zeg waarom.")) [*#tijd* #h(1em) #wat \\ \\ ]
#pagebreak()
= Waar wij op letten
#for vraag in ("Wie vouwt en wie telt?", "Welke woorden gebruiken kinderen voor ‘groter’?",
  "Wanneer leggen ze uit zichzelf?") [
  + #vraag #v(2.2cm) ]
#pagebreak()
= Na afloop
#kader[Schrijf op wat drie kinderen kozen en waarom. Neem het mee naar de bijeenkomst.]
"""
)
SHEET = (
    HEAD
    + """
= Werkblad: leg en vergelijk
Naam: #box(width: 6cm, line(length: 100%)) #h(1fr) Groep: #box(width: 2cm, line(length: 100%))
#v(1em)
#for (a, b) in ((3, 4), (2, 8), (4, 8)) [
  #strook(a, groen) #v(-6pt) #strook(b, warm)
  Welke strook heeft de grootste stukken? #box(width: 5cm, line(length: 100%)) \\ Hoe weet je dat?
  #v(1.6cm)
]
"""
)
POSTER = (
    HEAD
    + """
#align(center)[#text(size: 30pt, weight: "bold", fill: groen)[Vijf denkvragen]]
#v(1cm)
#for (n, vraag) in (("1", "Wat zie je?"), ("2", "Hoe weet je dat?"), ("3", "Kan het ook anders?"),
  ("4", "Klopt dat altijd?"), ("5", "Wat wil je nog weten?")) [
  #block(fill: if calc.odd(int(n)) { rgb("#e4f1ee") } else { rgb("#fcf1df") }, inset: 18pt, radius: 8pt, width: 100%)[
    #text(size: 26pt, weight: "bold", fill: groen)[#n] #h(1em) #text(size: 24pt)[#vraag]] ]
"""
)
LEARNED = (
    HEAD
    + """
= Wat wij leerden van hele boeken lezen
PLG Lezen met plezier · schooljaar 2025–2026
#kader[Acht weken lang lazen vijf groepen elke dag twintig minuten één heel boek samen, in plaats van losse teksten.]
== Wat we zagen
Kinderen vroegen uit zichzelf naar het volgende hoofdstuk.
Bij het praten over het boek gebruikten ze woorden uit het boek.
== Wat we niet zagen
De uitslag van de toets veranderde in acht weken niet. Dat hadden we ook niet verwacht.
== Wat we anders doen
+ We kiezen het boek met de kinderen.
+ We praten vijf minuten per dag, met één goede vraag.
+ We houden een schrift bij met mooie zinnen.
"""
)


@dataclass(frozen=True)
class Paper:
    """A file: its name, and what makes it."""

    name: str
    makes: str  # of hub_making.MAKERS
    of: str = ""


@dataclass(frozen=True)
class Shared:
    """One resource of the demo."""

    title: str
    makers: list
    kind: str
    audience: str
    days_ago: int
    said: dict
    of: str = ""
    levels: list = field(default_factory=list)
    subjects: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    papers: list = field(default_factory=list)
    older: list = field(default_factory=list)  # (days ago, what was new in it)


STEPS = [
    {"minutes": minutes, "title": title, "text": text}
    for minutes, title, text in (
        (8, "De reep verdelen.", "Je mag kiezen: een derde of een kwart. Kinderen schrijven hun keuze op."),
        (15, "Zelf vouwen.", "Ieder kind vouwt vijf stroken. Geef de lege strook aan wie vastloopt."),
        (17, "Leggen en vergelijken.", "In tweetallen: leg onder elkaar, wijs aan, leg uit."),
        (10, "Terug naar de reep.", "Kies opnieuw en zeg waarom. Dat briefje haal je op."),
    )
]
PROTOCOL_TEXT = [
    "Leerlingwerk bekijken in 40 minuten",
    "Leg het werk van drie kinderen op tafel. Niemand vertelt nog iets over de kinderen.",
    "Ronde 1, tien minuten: wat zie je? Alleen wat er staat.",
    "Ronde 2, tien minuten: wat betekent het? Wat weet dit kind al?",
    "Ronde 3, tien minuten: wat zou je morgen doen?",
    "Ronde 4, tien minuten: wie het werk meebracht, zegt wat hij meeneemt.",
]
ALL = [
    Shared(
        "Breuken leggen met stroken: welke is groter?",
        ["Els Jansen", "Tom Hendriks", "Mark de Wit"], "lesson", "network", 40,
        {
            "summary": "Kinderen vouwen en leggen stroken, en leggen uit waarom een derde meer is dan een kwart.",
            "steps": STEPS, "needs": "Stroken papier van 24 cm, scharen, lijm", "lesson_minutes": 50,
            "prep_minutes": 15, "licence": "cc-by-sa-40", "change": "lege strook toegevoegd na tips van collega's",
            "theme": "maths",
        },
        of="PLG Rekenen", levels=["Groep 5", "Groep 6"], subjects=["Rekenen en wiskunde"],
        tags=["breuken", "vouwen", "onderzoeksles"],
        papers=[
            Paper("Lesplan.pdf", "paper", LESSON), Paper("Werkblad.pdf", "paper", SHEET),
            Paper("Stroken op tafel.jpg", "photo"), Paper("Stroken om te printen.zip", "archive"),
        ],
        older=[(250, ""), (170, "werkblad korter")],
    ),
    Shared(
        "Vijf denkvragen, poster voor in de klas", ["Sanne Bakker"], "tool", "public", 90,
        {
            "summary": "Vijf korte vragen die kinderen laten uitleggen hoe ze denken. Om op te hangen.",
            "licence": "cc-by-40", "theme": "formative",
            "text": "Hang hem naast het bord. Kies per les **één** vraag en stel die aan drie kinderen.",
        },
        levels=["Groep 3", "Groep 4", "Groep 5", "Groep 6", "Groep 7", "Groep 8"], tags=["denkvragen", "poster"],
        papers=[Paper("Poster vijf denkvragen.pdf", "paper", POSTER)],
    ),
    Shared(
        "Leerlingwerk bekijken in 40 minuten", ["Bram Visser"], "protocol", "members", 65,
        {
            "summary": "Met z'n zessen kijken naar het werk van drie kinderen: eerst zien, dan pas duiden.",
            "licence": "cc-by-sa-40", "theme": "formative", "lesson_minutes": 40, "prep_minutes": 5,
        },
        tags=["werkvorm", "leerlingwerk"], papers=[Paper("Werkvorm leerlingwerk.docx", "document")],
    ),
    Shared(
        "Wat wij leerden van hele boeken lezen", ["Sanne Bakker", "Fatima El Idrissi"], "study", "board", 30,
        {
            "summary": "Acht weken één boek samen in plaats van losse teksten: wat we zagen en wat niet.",
            "licence": "here", "theme": "reading",
        },
        of="De Regenboog", levels=["Groep 4", "Groep 5"], subjects=["Nederlands"], tags=["hele boeken", "lezen"],
        papers=[Paper("Wat wij leerden.pdf", "paper", LEARNED)],
    ),
    Shared(
        "Woordenschat in de middenbouw: wat werkt?", ["Bram Visser"], "research", "public", 120,
        {
            "summary": "Zes onderzoeken op één bladzijde. De kern: vaak terugkomen, en woorden zelf gebruiken.",
            "licence": "cc-by-40", "theme": "language", "link": "https://kennis.example/woordenschat-middenbouw",
            "text": "- Acht keer tegenkomen in verschillende zinnen helpt meer dan één goede uitleg.\n"
            "- Kinderen onthouden een woord beter als zij er zelf een zin mee maken.\n"
            "- Plaatjes helpen bij dingen, niet bij begrippen.",
        },
        levels=["Groep 4", "Groep 5", "Groep 6"], subjects=["Nederlands"], tags=["woordenschat"],
    ),
    Shared(
        "Meten op het plein: hoe hoog is de boom?", ["Lotte Meijer", "Bas Terpstra"], "practice", "school", 20,
        {
            "summary": "Een buitenles waarin kinderen zelf bedenken hoe je iets meet waar je niet bij kunt.",
            "licence": "cc-by-nc-sa-40", "theme": "science", "lesson_minutes": 60, "prep_minutes": 10,
            "needs": "Meetlint, stokken, een zonnige dag",
        },
        of="De Regenboog", levels=["Groep 7", "Groep 8"], subjects=["Rekenen en wiskunde"], tags=["buitenles", "meten"],
        papers=[Paper("Op het plein.jpg", "plein"), Paper("Opdrachten.csv", "table")],
    ),
    Shared(
        "Zo klinkt een rekengesprek", ["Yasmin Aksoy"], "video", "network", 14,
        {
            "summary": "Vier minuten geluid van een gesprek over de getallenlijn, met de tekst ernaast.",
            "licence": "cc-by-nc-nd-40", "theme": "maths", "pupils": "consent",
        },
        levels=["Groep 6"], subjects=["Rekenen en wiskunde"], tags=["rekengesprek"],
        papers=[Paper("Rekengesprek.wav", "sound"), Paper("Rekengesprek.vtt", "captions")],
    ),
    Shared(
        "Kijkkaart voor de onderzoeksles", ["Els Jansen", "Sanne Bakker"], "tool", "plg", 7,
        {
            "summary": "Wie kijkt naar wie, en wat schrijf je op? Eén kaart per kijker.",
            "licence": "cc-by-sa-40", "theme": "maths",
        },
        of="PLG Rekenen", tags=["onderzoeksles", "kijken"], papers=[Paper("Kijkkaart.txt", "card")],
    ),
]  # fmt: skip
