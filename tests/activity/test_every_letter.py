"""Every kind of letter, in both languages: what it may say, what it is made of, how it looks."""

import re
from types import SimpleNamespace

import pytest
from django.utils import translation

from activity import digest, letters, words
from activity.digest.content import AskLine, Content, Group, Line, NearLine
from activity.kinds import kinds
from tests.activity._every_letter import every_ask, every_letter, everything

ENGLISH = re.compile(r"\b(the|you|your|this|with|and|are|is there|nobody|somebody)\b", re.IGNORECASE)
DUTCH = re.compile(r"\b(de|het|een|je|jou|jouw|niet|deze|voor|wordt|uur)\b")
LONGEST_HTML = 60_000  # Gmail cuts letters off at 102 kB


@pytest.fixture
def secret(cast):
    """Everything that can be written about, with the words that no letter may have."""
    return everything(cast)


@pytest.fixture(params=["nl", "en"])
def made(request, cast, secret):
    """[(name of the kind, letter)] in one language."""
    cast.amina.language = request.param
    cast.amina.save()
    with translation.override(request.param):
        found = [(kind.name, made) for kind, made in every_letter(cast.amina)]
    assert {name: made.trouble for name, made in found if made.trouble} == {}
    return request.param, [(name, made.letter) for name, made in found]


def wrong(letters, judge):
    """{name: what is wrong with it}, where anything is."""
    return {name: found for name, letter in letters if (found := judge(letter))}


def test_of_texts_and_of_cases_no_letter_says_anything(made, secret):
    _language, letters = made
    assert wrong(letters, lambda letter: secret.in_(f"{letter.subject} {letter.html} {letter.text}")) == {}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nor_does_what_is_asked(cast, secret, language):
    with translation.override(language):
        asks = [(kind.name, made) for kind, made in every_ask(cast.amina)]
    found = {name: secret.in_(f"{made.ask} {made.note} {made.button}") for name, made in asks}
    assert {name: places for name, places in found.items() if places} == {}


def test_it_is_all_in_the_readers_language(made):
    language, letters = made
    other = ENGLISH if language == "nl" else DUTCH
    assert wrong(letters, lambda letter: other.findall(f"{letter.subject}\n{without_addresses(letter.text)}")) == {}


def without_addresses(text):
    return re.sub(r"\S*https?://\S+|\S+@\S+", "", text)


def test_mail_programs_do_not_cut_it_off(made):
    _language, letters = made
    assert wrong(letters, lambda letter: len(letter.html.encode()) > LONGEST_HTML) == {}


def test_the_plain_text_reads_well(made):
    _language, letters = made
    assert wrong(letters, bad_lines) == {}


def bad_lines(letter):
    """Lines that are too long, an address that does not stand alone, HTML, holes."""
    lines = letter.text.splitlines()
    long = [line for line in lines if len(line) > 78 and not re.fullmatch(r"\s*\S+", line)]
    not_alone = [line for line in lines if "http" in line and not re.fullmatch(r"\s*https?://\S+", line)]
    marks = re.findall(r"</?\w+[^>]*>|&\w+;", letter.text)
    return long + not_alone + marks + (["holes"] if "\n\n\n" in letter.text else [])


def test_replies_are_not_invited(made):
    """No letter says that an answer to the mail itself arrives."""
    language, letters = made
    sentence = (
        "Niemand leest een antwoord op deze mail." if language == "nl" else "Nobody reads an answer to this mail."
    )
    assert wrong(letters, lambda letter: sentence not in letter.html or sentence not in letter.text) == {}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_longest_plg_letter_is_short(cast, language):
    """Of much that is asked and new the beginning stands in the letter, and where the rest is."""
    link = "https://plg.example/meetings/answer/" + "x" * 240
    asks = [
        AskLine("Kom je? " * 20, "Notitie " * 20, "Open", "/x/", deeds=[("Ik ben er", link)] * 4) for _n in range(40)
    ]
    groups = [
        Group(f"PLG {n}", f"/communities/{n}/", [Line("Sanne schreef in <b>een titel</b> " * 4, "/y/", 1)] * 50)
        for n in range(40)
    ]
    near = [NearLine("Naam " * 20, "Notitie", "/z/")] * 2
    content = Content(asks=asks, groups=groups, near=near, read_url=link)
    kind = kinds[digest.KIND]
    cast.amina.language = language
    with translation.override(language):
        row = SimpleNamespace(about=None, facts={}, community_id=None)
        letter = letters.dressed(kind, words.context_of(kind, row, cast.amina) | content.variables())
    assert len(letter.html.encode()) < LONGEST_HTML
    assert len(letter.text.encode()) < LONGEST_HTML / 2
    assert ("Nog 34 andere vragen" if language == "nl" else "34 more requests wait") in letter.text
    assert bad_lines(letter) == []
