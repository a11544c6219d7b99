"""Paper of what people typed, also of what was typed to keep the typesetter busy."""

from core import pdf

WORDS = {"present": "", "points": "", "columns": ["", "", ""]}
EMPTY = {"title": "Verslag", "subtitle": "", "foot": "", "state": "", "present": [], "points": [], "words": WORDS}


def made_of(text):
    section = {"label": text, "text": text, "is_list": False, "bullets": []}
    return pdf.typeset("minutes", EMPTY | {"sections": [section]})


def test_what_looks_like_markup_is_text():
    assert made_of('#read("/etc/passwd") #panic() ] } $ \\ #import "x": *').startswith(b"%PDF")


def test_hundreds_of_signs_without_a_shape_do_not_keep_it_busy(monkeypatch):
    monkeypatch.setattr(pdf, "PATIENCE_S", 0)  # as when each try takes long
    assert made_of("".join(map(chr, range(0x4E00, 0x4F00)))).startswith(b"%PDF")
