"""The hint on likely names of pupils: what it finds, what it leaves alone, how often it is wrong."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from communities.discussions.models import Post
from communities.models import LogbookEntry
from core import names
from core.names import likely_names
from core.time import today

#: Sentences as teachers write them, with the names of pupils that stand in them.
WITH = [
    ("Toen ik de getallenlijn tekende, begreep Fatima het ineens.", "Fatima"),
    ("Daan telde eerst op zijn vingers.", "Daan"),
    ("Vandaag werkten Lotte en Sem samen aan de breuken.", "Lotte Sem"),
    ("Bij Yusuf zag ik hetzelfde.", "Yusuf"),
    ("Emma's uitleg was helder.", "Emma"),
    ("Ik twijfel over Noor: snapt ze het of raadt ze?", "Noor"),
    ("Mohammed wees de noemer aan en zei: dat is het hele.", "Mohammed"),
    ("De moeder van Liam belde na de les.", "Liam"),
    ("We volgen drie leerlingen: Zeynep, Thijs en Sophie.", "Zeynep Thijs Sophie"),
    ("Ayoub stak zijn vinger niet op.", "Ayoub"),
    ("Na tien minuten haakte Jayden af.", "Jayden"),
    ("toen vroeg sophie of het ook met meters kon", "sophie"),
    ("Mila heeft dyslexie en las de som hardop.", "Mila"),
    ("Ik zette Bram naast Julia.", "Bram Julia"),
    ("Roos zei dat ze het niet durfde.", "Roos"),
    ("Wat deed Levi toen de strook op was?", "Levi"),
    ("Leerling Soufiane keek vooral naar zijn buurman.", "Soufiane"),
    ("Eymen vroeg of een kwart kleiner is dan een derde.", "Eymen"),
    ("Dat had ik van Tess niet verwacht.", "Tess"),
    ("Lucas de Vries uit groep 6 kan dit al.", "Lucas"),
    ("Het gesprek met de ouders van Aya was fijn.", "Aya"),
    ("- Milan: rekent met de strook", "Milan"),
    ("Finns schrift lag open.", "Finn"),
    ("Isa en Saar kozen de makkelijke som.", "Isa Saar"),
    ("Voor Merel was het te veel in één keer.", "Merel"),
    ("Kees is een stille jongen.", "Kees"),
    ("Op het bord schreef Elif 3/4.", "Elif"),
    ("Hij zit naast Max en dat gaat niet goed.", "Max"),
    ("Nour begon opnieuw.", "Nour"),
    ("Ik gaf Jaxx een andere opdracht.", "Jaxx"),
]
WITHOUT = [
    "Leerling A telde eerst op zijn vingers.",
    "Een leerling vroeg of het ook met meters kon.",
    "Wil iemand de volgende keer de stroken meenemen?",
    "Door de vakantie zijn we een week later.",
    "In mei doen we de toets van Cito.",
    "Wij werken met Wereld in Getallen en Snappet.",
    "De Regenboog en De Brug doen allebei mee.",
    "Volgens Dudley kijk je eerst naar de leerlingen.",
    "Juf Els geeft de les, meester Mark kijkt.",
    "We spraken met collega Joost over de instructie.",
    "Mevrouw Yilmaz van de bibliotheek komt vertellen.",
    "Groep 7 was vrijdag moe.",
    "Lente, zomer, herfst: het thema van de kleuters.",
    "Roos en tulp zijn woorden van deze week.",
    "Amersfoort en Utrecht liggen dichtbij.",
    "Morgen vergaderen we in Teams.",
    "Storm op komst, dus we bleven binnen.",
    "De IB'er denkt mee over het handelingsplan.",
    "Kijk op https://www.nro.nl/anna/lotte voor het onderzoek.",
    "Stuur het naar sophie@school.nl als je het weet.",
    "Volgens het SLO-doel moeten ze dit in groep 6 kunnen.",
    "Kerst valt op vrijdag; Pasen is laat.",
    "Het boek Kleine Kapitein las ik voor.",
    "Fijn dat @Sanne Bakker dit oppakt!",
    "Wat zie je als je goed kijkt? Niet wat je denkt.",
    "De klas rekende met Pluspunt 4.",
    "Op maandag Rekenen, op dinsdag Taal.",
    "Formatief handelen volgens Marzano helpt hier.",
    "Toon eerst de strook, vraag dan pas.",
    "Hendrik van der Berg schreef het artikel.",
]


def measure():
    """(found and right, found and wrong, missed) over all sentences."""
    right = wrong = missed = 0
    for text, said in [*WITH, *((text, "") for text in WITHOUT)]:
        found, there = set(likely_names(text)), set(said.split())
        right, wrong, missed = right + len(found & there), wrong + len(found - there), missed + len(there - found)
    return right, wrong, missed


def test_a_hint_is_seldom_wrong_and_finds_nearly_all():
    right, wrong, missed = measure()
    assert right / (right + wrong) >= 0.95, "precision"
    assert right / (right + missed) >= 0.9, "recall"


@pytest.mark.parametrize(
    "text", ["", "?!", "X", "É", "'s", "’", "\0", "A" * 30_000, "Fatima " * 5_000, "@ # / http://"]
)
def test_no_text_is_too_strange(text):
    assert len(likely_names(text)) <= 1


def test_whoever_takes_part_here_is_no_pupil(cast):
    said = "Morgen kijkt Tom bij Zeynep in de klas, en Lotte is ziek."
    assert likely_names(said) == ["Tom", "Zeynep", "Lotte"]
    assert "Tom" not in names.seen_by(cast.amina, said)
    assert "Lotte" in names.seen_by(cast.amina, said)


def test_while_somebody_types_she_reads_a_hint(cast, signed_in, caplog):
    hers = signed_in(cast.amina)
    answer = hers.post("/likely-names/", {"text": "Zeynep telde op haar vingers."})
    assert answer.status_code == 200
    assert "Zeynep" in answer.content.decode()
    assert hers.post("/likely-names/", {"text": "Een leerling telde op haar vingers."}).status_code == 204
    assert "Zeynep" not in caplog.text


def test_a_post_with_a_name_is_kept_and_remarked_upon(cast, signed_in):
    hers = signed_in(cast.amina)
    url = reverse("discussions:open_topic", args=[cast.maths.pk])
    page = hers.post(
        url, {"kind": "conversation", "title": "Breuken", "text": "Zeynep telde op haar vingers."}, follow=True
    )
    post = Post.objects.get()
    html = page.content.decode()
    assert post.text == "Zeynep telde op haar vingers."
    assert "Zeynep. " in html
    assert reverse("discussions:edit_post", args=[post.pk]) in html


def test_what_she_read_beside_the_field_is_not_said_twice(cast, signed_in):
    hers = signed_in(cast.amina)
    url = reverse("discussions:open_topic", args=[cast.maths.pk])
    typed = {"kind": "conversation", "title": "Breuken", "text": "Zeynep en Daan telden.", "names_read": "Zeynep,Daan"}
    assert not list(get_messages(hers.post(url, typed).wsgi_request))


def test_an_entry_of_a_logbook_and_an_item_of_the_agenda_too(cast, signed_in):
    hers = signed_in(cast.amina)
    page = hers.post(
        reverse("communities:write_entry"), {"happened_on": today().isoformat(), "saw": "Daan snapte het."}, follow=True
    )
    entry = LogbookEntry.objects.get()
    assert reverse("communities:edit_entry", args=[entry.pk]) in page.content.decode()
    assert 'data-for="id_saw"' in hers.get(reverse("communities:write_entry")).content.decode()
