"""What the demo's teams design, see and find: the words of `lessonstudy.py`."""

CHARTER = (
    "- We kijken naar leerlingen, niet naar elkaar.\n"
    "- De les is van ons allemaal, wie hem ook geeft.\n"
    "- Wat we van leerlingen zien, blijft bij ons. We schrijven codes, geen namen.\n"
    "- We komen elke keer, of zeggen op tijd af."
)
#: (part, minutes, what the teacher does, what pupils may say, what the teacher does then, what to look for, materials)
FRACTIONS = [
    ("Eerlijk delen", 10, "Laat een reep zien. Vraagt: hoe verdeel je hem eerlijk met zijn vieren?",
     "‘Eerst doormidden, dan nog een keer.’", "Hoe weet je dat de stukken even groot zijn?",
     "Wie meet, wie schat, wie telt?", "een reep van papier per tweetal"),
    ("Vouwen en knippen", 15, "Iedereen vouwt zijn strook in vieren en noemt de delen.",
     "Sommigen vouwen in drieën of noemen elk deel ‘een half’.", "Vouw hem open. Hoeveel delen zie je?",
     "Welke woorden gebruiken ze voor de delen?", "stroken, scharen"),
    ("Samen vergelijken", 15, "Leg uit welke reep meer is.", "‘Een kwart is altijd een kwart.’",
     "Legt twee repen van verschillende lengte naast elkaar.", "Pakken ze de stroken erbij?", "twee repen, een pizza"),
    ("Briefje op de deur", 10, "Wat is meer: een kwart van de grote of van de kleine reep? En waarom?",
     "Goed antwoord zonder reden.", "Teken het eens.", "Welke reden schrijven ze op?", "briefjes"),
]  # fmt: skip
#: code, stands for, start, target, what the team expects in each part
FRACTION_PUPILS = [
    ("A", "above", "Noemt helften en kwarten.", "Legt uit waarom een kwart van meer, meer is.",
     ("Verdeelt de reep in vier gelijke delen.", "Vouwt twee keer dubbel en noemt ¼.",
      "Zegt: ¼ van een grote reep is meer.", "Legt uit met een tekening.")),
    ("B", "at", "Verdeelt eerlijk, noemt geen breuk.", "Vergelijkt stroken en zegt welke meer is.",
     ("Verdeelt eerst in tweeën, dan nog eens.", "Vouwt vier delen en noemt elk ¼.",
      "Legt stroken onder elkaar om te zien.", "Kiest goed en schrijft één reden.")),
    ("C", "below", "Deelt op het oog.", "Herkent ¼ als één van vier gelijke delen.",
     ("Verdeelt op het oog. Delen zijn niet gelijk.", "Vouwt twee keer dubbel, telt hardop.",
      "Heeft hulp nodig om te beginnen.", "Kiest goed, zonder reden.")),
]  # fmt: skip
#: observer, pupil, part, minute, second, fact, match, word for word
SEEN = [
    ("Mark de Wit", "A", 0, 4, 12, "Tekent drie strepen. ‘Nu is het eerlijk.’", "expected", True),
    ("Mark de Wit", "A", 0, 7, 30, "Telt de stukken na met zijn potlood.", "expected", False),
    ("Mark de Wit", "A", 1, 16, 52, "‘Twee keer dubbel, dan heb je er vier.’", "expected", True),
    ("Mark de Wit", "A", 2, 29, 20, "Zegt het bij de reep, twijfelt bij de pizza.", "partly", False),
    ("Mark de Wit", "A", 3, 43, 2, "Tekent twee repen, kleurt van elk een kwart.", "expected", False),
    ("Ruben Mulder", "B", 0, 5, 40, "Knipt door het midden, draait, knipt weer.", "expected", False),
    ("Ruben Mulder", "B", 1, 15, 30, "Vouwt vier delen, noemt elk deel ‘een half’.", "partly", False),
    ("Ruben Mulder", "B", 2, 31, 48, "‘Een kwart is altijd een kwart.’ Legt niets neer.", "other", True),
    ("Ruben Mulder", "B", 3, 44, 10, "Kiest goed. Reden: ‘omdat het zo is’.", "partly", True),
    ("Els Jansen", "C", 0, 6, 5, "Meet met de vingers. Drie gelijke, één smal.", "partly", False),
    ("Els Jansen", "C", 1, 18, 7, "Vouwt in drieën, strijkt glad, begint opnieuw.", "other", False),
    ("Els Jansen", "C", 2, 33, 15, "Pakt zelf beide stroken, schuift ze gelijk. ‘Kijk!’", "other", True),
    ("Els Jansen", "C", 3, 41, 0, "Was met de onderwijsassistent op de gang.", "unseen", False),
]  # fmt: skip
#: pupil -> what she learned, what she would change
TALKS = {
    "A": ("Dat een kwart van iets groots meer is.", "Nog een keer met pizza."),
    "B": ("Dat je moet knippen in het midden.", "Meer tijd om te vouwen."),
    "C": ("Dat de stukken even groot moeten zijn. Je moet ze op elkaar leggen.", "Niks."),
}
PATTERN = ("Het geheel doet er voor kinderen niet toe", "A en B zien ¼ als een vast ding, los van de reep.")
THOUGHT = (
    "Kinderen die snel praten, slaan het kijken over. De stroken lagen op tafel, maar niemand hoefde ze te gebruiken."
)
REVISION = (2, "Leg eerst twee stroken onder elkaar. Zeg dan pas wat je ziet.")

MEASURING = [
    ("Hoe lang is de gang?", 10, "Iedereen schat en schrijft het op.", "‘Heel lang.’ ‘Honderd meter.’",
     "Waarmee zou je het kunnen meten?", "Wie kiest een maat?", "briefjes"),
    ("Meten met je lijf", 20, "Meten in drietallen met voeten, armen of stappen.", "Iedereen krijgt iets anders.",
     "Hoe kan dat?", "Leggen ze de maat steeds aan?", "krijt"),
    ("Eén maat afspreken", 15, "Laat de uitkomsten naast elkaar zien.", "‘De juf heeft grotere voeten.’",
     "Wat moeten we afspreken?", "Wie noemt een vaste maat?", "het bord"),
]  # fmt: skip
MEASURING_PUPILS = [
    ("A", "above", "Meet met een liniaal.", "Legt uit waarom een vaste maat nodig is.",
     ("Schat in meters.", "Telt stappen zonder gaten.", "Stelt de meter voor.")),
    ("B", "at", "Vergelijkt op het oog.", "Meet met een vaste stap.",
     ("Noemt een groot getal.", "Legt voeten tegen elkaar.", "Zegt dat voeten verschillen.")),
    ("C", "below", "Telt tot twintig.", "Legt een maat steeds aan.",
     ("Schat niet.", "Slaat stukken over.", "Kijkt bij een ander.")),
]  # fmt: skip
OUTCOME = {
    "pupils_learned": "Wie eerst schat, controleert daarna uit zichzelf. Dat zagen we bij twee van de drie.",
    "teachers_learned": "Wij gaven de maat te snel weg. Eén vraag meer en ze vinden hem zelf.",
    "limits": "We keken naar drie kinderen in één groep. In groep 3 weten we het niet.",
    "headline": "Eerst schatten, dan meten",
}
RESEARCH = {
    "occasion": "Kinderen zeggen dat ze feedback krijgen, maar doen er weinig mee.",
    "sources": "We lazen over feedback die een vraag is. En we spraken met de intern begeleider van De Wissel.",
    "subquestions": "- Wat doen kinderen in de vijf minuten na feedback?\n- Maakt het uit of het een vraag is?",
    "terms": "Feedback: alles wat wij zeggen of schrijven over werk dat nog niet af is.",
    "instruments": "Een streeplijst van vijf minuten en drie gesprekjes per groep.",
    "planning": "Ieder twee lessen vóór de kerstvakantie.",
}
DATA = {
    "problem": "In groep 6 haalt 38% het doel van begrijpend lezen. Twee jaar terug was dat 55%.",
    "goal": "In juni haalt de helft het doel.",
}
