"""A staff list that the board's administrator read this morning: most rows are clear, two ask her something."""

from django.core.files.uploadedfile import SimpleUploadedFile

from organisations.actions import read_staff_list
from organisations.models import Affiliation
from plg_platform.demo import staff

HEAD = "Naam;E-mail;School;Functie;Vanaf"
NEW = [
    ("Marit Hofman", "De Wissel", "leerkracht", "01-01-2027"),
    ("Yusuf Kaplan", "De Kameleon", "leerkracht", "01-12-2026"),
    ("Dewi Latupeirissa", "De Klimboom", "onderwijsassistent", ""),
    ("Roel Steenbergen", "De Zandloper", "leerkracht", ""),
]


def fill(builder):
    """Read the list as if it had been uploaded: nothing of it is carried out."""
    board = builder.places.boards[0]
    known = Affiliation.objects.filter(school__board=board).select_related("person", "school").order_by("pk")
    lines = [f"{row.person.name};{row.person.email};{row.school.code};leerkracht;" for row in known[5:35]]
    lines += [f"{name};{staff.address(name, school)};{school};{work};{day}" for name, school, work, day in NEW]
    lines += [
        f"Fleur van Rijn;{staff.address('Fleur van Rijn', 'De Wissel')};De Regenboog Noord;leerkracht;",
        "Sander Vink;sander.vink(at)dewissel.example;De Wissel;leerkracht;",
    ]
    content = "\n".join([HEAD, *lines]).encode()
    upload = SimpleUploadedFile("personeel-de-brug.csv", content, "text/csv")
    read_staff_list(board, upload, by=builder.people["Inge Smit"])
