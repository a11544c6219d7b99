"""Two boards, nine schools, one network across them, two partners. All of them are invented.

School codes and board numbers lie outside the ranges that DUO gives out, so
that the real schools can be imported beside them.
"""

from types import SimpleNamespace

from core.text import sort_key
from organisations.choices import PartnerKind
from organisations.models import Board, Network, Partner, School

BOARDS = [("Bestuur De Brug", "99001", "Midden"), ("Bestuur Rijnoevers", "99002", "Zuid")]
# name, code, board, town, street, postcode, pupils
SCHOOLS = [
    ("De Regenboog", "98RA00", 0, "Amersfoort", "Lindelaan 12", "3800 AA", 318),
    ("De Wissel", "98RB00", 0, "Amersfoort", "Stationsweg 40", "3800 AB", 241),
    ("De Kameleon", "98RC00", 0, "Leusden", "Heideweg 3", "3830 AA", 204),
    ("De Klimboom", "98RD00", 0, "Soest", "Eikenhorst 21", "3760 AA", 187),
    ("De Zandloper", "98RE00", 0, "Baarn", "Duinpad 8", "3740 AA", 176),
    ("De Waterlelie", "98RF00", 1, "Oosterbeek", "Beeklaan 15", "6860 AA", 192),
    ("De Vlieger", "98RG00", 1, "Renkum", "Windmolenstraat 2", "6870 AA", 158),
    ("De Linde", "98RH00", 1, "Arnhem", "Rijnkade 77", "6800 AA", 133),
    ("Het Kompas", "98RK00", 1, "Arnhem", "Noordpad 5", "6800 AB", 121),
]
NETWORK = "Netwerk De Waterkring"
ABOUT = "Scholen van De Brug en Rijnoevers leren met en van elkaar, dwars door de besturen heen."
PARTNERS = [
    ("Bureau Samenspraak", PartnerKind.ADVISORY, "Utrecht"),
    ("Pabo De Landen", PartnerKind.TEACHER_TRAINING, "Ede"),
]


def fill():
    """Make them all; schools, boards and partners can be looked up by name."""
    boards = Board.objects.bulk_create(
        Board(name=name, sort_name=sort_key(name), number=number, kvk=f"9900000{place}")
        for place, (name, number, _region) in enumerate(BOARDS)
    )
    schools = School.objects.bulk_create(
        School(
            name=name,
            sort_name=sort_key(name),
            code=code,
            board=boards[board],
            town=town,
            sort_town=sort_key(town),
            municipality=town,
            street=street,
            postcode=postcode,
            pupils=pupils,
            region=BOARDS[board][2],
        )
        for name, code, board, town, street, postcode, pupils in SCHOOLS
    )
    network = Network.objects.create(name=NETWORK, about=ABOUT)
    network.boards.set(boards)
    partners = Partner.objects.bulk_create(
        Partner(name=name, sort_name=sort_key(name), kind=kind, town=town) for name, kind, town in PARTNERS
    )
    return SimpleNamespace(
        boards=boards,
        schools={school.name: school for school in schools},
        network=network,
        partners={partner.name: partner for partner in partners},
    )
