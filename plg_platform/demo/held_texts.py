"""What the demo's meetings came to, in the words of teachers. Names of children do not occur."""

from typing import NamedTuple

from communities.choices import Theme


class Held(NamedTuple):
    """One meeting: what was noted at its heart, decided, seen, kept for later, and what people will try."""

    notes: str
    decision: str
    insight: str
    later: str
    try_out: str
    answers: tuple  # (how it went, in one sentence), for whoever answers first, second, …


TAKES_ALONG = (
    "Zelf eerst doen wat de kinderen doen.",
    "Vaker vragen: hoe weet je dat?",
    "Eén ding tegelijk veranderen.",
    "Dat het bij een ander ook niet meteen lukt.",
    "Kijken naar één kind in plaats van naar de hele groep.",
    "Minder uitleggen, langer wachten.",
)

HELD = {
    Theme.MATHS: (
        Held(
            "We legden het werk van drie groepen naast elkaar. Kinderen knippen een pizza altijd in vieren, ook als er "
            "zes mensen eten.\nWie moeite heeft, telt stukken en kijkt niet naar de grootte.",
            "We beginnen elke les met een vraag zonder getallen.",
            "Kinderen zien een breuk eerst als een aantal stukken, pas later als een deel van iets.",
            "Hoe ga je van stroken naar de getallenlijn?",
            "Laat kinderen eerlijk delen zonder te zeggen hoe",
            (
                ("tried", "Ze maakten ruzie over de kruimels, en toen kwam het woord ‘gelijk’ vanzelf."),
                ("tried", "Bij ons deelde één tafel in vijven terwijl ze met zijn vieren waren. Mooi gesprek."),
                ("partly", "Ik gaf toch een hint. Volgende keer houd ik mijn mond."),
                ("tried", "Met klei ging het beter dan op papier."),
            ),
        ),
        Held(
            "We bekeken twee opnames van een kringgesprek. In de tweede wacht de leraar zeven seconden, en komt er een "
            "ander kind aan het woord.\nWe herkenden allemaal hoe lang zeven seconden duren.",
            "We tellen in onze hoofden tot zeven voor we een antwoord aanvullen.",
            "Wachten levert andere kinderen op, niet alleen langere antwoorden.",
            "Een lijstje met vragen die niet met ja of nee te beantwoorden zijn.",
            "Wacht zeven seconden na je vraag",
            (
                ("tried", "Een kind dat nooit iets zegt, zei nu: ‘ik dacht eerst iets anders’."),
                ("partly", "Het lukt als ik een briefje op mijn tafel leg."),
                ("tried", "Zeven seconden is lang. Na drie keer was de groep eraan gewend."),
                ("not_yet", "Toetsweek. Ik probeer het maandag."),
            ),
        ),
        Held(
            "We vouwden zelf stroken van verschillende lengte. Bij de lange strook zei de helft van ons even dat ¼ "
            "‘meer’ is.\nDaarna lazen we het lesplan en schreven op wat kinderen zullen zeggen.",
            "In de onderzoeksles krijgt elk tweetal een lange en een korte strook.",
            "Kinderen noemen ¼ van de lange strook ‘meer vierde’. Ze kijken naar de lengte, niet naar het deel.",
            "Breuken met touw op het schoolplein.",
            "Laat kinderen ¼ vouwen uit verschillende stroken",
            (
                (
                    "tried",
                    "Drie kinderen zeiden dat ¼ van de lange strook ‘meer vierde’ is. Ik vroeg: hoe weet je dat?",
                ),
                (
                    "partly",
                    "Vouwen lukte. Voor vergelijken was geen tijd meer. Ik pak het dinsdag op in de kleine kring.",
                ),
                ("not_yet", "Wij hadden projectweek. Ik doe het woensdag."),
            ),
        ),
    ),
    Theme.READING: (
        Held(
            "Iedereen bracht een boek mee dat in de klas van hand tot hand gaat. Zelden zijn het onze boeken.",
            "Elke vrijdag vijf minuten: een kind vertelt over een boek.",
            "Kinderen kiezen een boek om wie het las, meer dan om waar het over gaat.",
            "Wat doen we met kinderen die alleen strips lezen?",
            "Laat een kind een boek aanraden aan één ander kind",
            (
                ("tried", "Het boek was binnen een dag drie keer uitgeleend."),
                ("tried", "Ze vroegen of het morgen weer mocht."),
                ("not_yet", "De boekenhoek is net verhuisd, volgende week."),
            ),
        ),
        Held(
            "We luisterden naar een gesprek over een prentenboek in groep 7. De vragen van kinderen gingen verder dan "
            "die van de leraar.",
            "We stellen één vraag, en de rest komt van de kinderen.",
            "Een prentenboek is ook in groep 7 geen makkelijk boek.",
            "Een rijtje boeken zonder tekst.",
            "Lees een prentenboek voor en stel maar één vraag",
            (
                ("tried", "De tweede vraag kwam van een kind: waarom kijkt niemand elkaar aan?"),
                ("partly", "Het werden er drie. Ik kon het niet laten."),
            ),
        ),
    ),
    Theme.EARLY: (
        Held(
            "We keken naar tien minuten spel in de huishoek, zonder geluid. Er gebeurde veel meer dan we hoorden.",
            "We kijken twee minuten voor we meespelen.",
            "Wie meespeelt als klant, stoort minder dan wie meespeelt als juf.",
            "Materiaal dat niets voorstelt: dozen, lappen, touw.",
            "Kijk twee minuten voor je meespeelt",
            (
                ("tried", "Ik had bijna de verkeerde vraag gesteld. Ze waren helemaal geen winkel, maar een boot."),
                ("tried", "Na twee minuten hoefde ik er niet meer bij."),
                ("partly", "Eén minuut. Toen viel er iemand."),
            ),
        ),
    ),
    Theme.SCIENCE: (
        Held(
            "Uit twintig vragen van kinderen kozen we er drie die je in de klas kunt onderzoeken. Dat was moeilijker "
            "dan het leek.",
            "We verzamelen een week lang vragen op een vel bij de deur.",
            "Een vraag met ‘waarom’ wordt te onderzoeken als je er ‘wat gebeurt er als’ van maakt.",
            "Wat doe je met een vraag waarop je zelf het antwoord niet weet?",
            "Maak van een waarom-vraag een wat-als-vraag",
            (
                ("tried", "‘Waarom drijft hout’ werd ‘wat gebeurt er als het nat wordt’. Ze wilden meteen beginnen."),
                ("partly", "Het lukte met de hele groep, nog niet alleen."),
                ("not_yet", "Eerst de spullen halen bij de school hiernaast."),
            ),
        ),
    ),
}

#: For themes without words of their own.
OTHERS = (
    Held(
        "We vertelden elkaar om de beurt over een moment van deze week dat anders liep dan gedacht. De anderen stelden "
        "alleen vragen.",
        "Iedereen neemt de volgende keer één ding mee dat een kind maakte of zei.",
        "Wie alleen vragen krijgt, komt zelf op het volgende idee.",
        "Hoe houden we dit klein genoeg?",
        "Vraag één kind wat het vandaag moeilijk vond",
        (
            ("tried", "‘Dat het zo stil was.’ Dat had ik niet verwacht."),
            ("tried", "Het gesprek duurde langer dan de les die erna kwam."),
            ("partly", "Gevraagd, maar het antwoord ging over gym."),
            ("not_yet", "Het was een korte week."),
        ),
    ),
    Held(
        "We bekeken elkaars materiaal en plakten er briefjes op: wat zou jij overnemen, wat zou je weglaten?",
        "We kiezen één les die we allemaal geven.",
        "Dezelfde les geeft in elke groep een ander gesprek, en dat zegt iets over de groep.",
        "Een gezamenlijke map met foto's van het werk.",
        "Geef dezelfde les en schrijf op wat je verraste",
        (
            ("tried", "Mij verraste dat ze elkaar gingen helpen zonder dat ik het vroeg."),
            ("partly", "De helft gegeven. De andere helft morgen."),
            ("tried", "Ze vonden mijn voorbeeld saai en maakten een beter."),
        ),
    ),
)
