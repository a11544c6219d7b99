"""Dutch words as a searcher means them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import dutch

SAME = [
    ("stroken", "strook"),
    ("breuken", "breuk"),
    ("lessen", "les"),
    ("boeken", "boekje"),
    ("huizen", "huisje"),
    ("liep", "lopen"),
    ("gelezen", "lezen"),
    ("formatieve", "formatief"),
    ("kinderen", "kind"),
    ("beste", "goed"),
    ("pannekoek", "pannenkoek"),
    ("projekt", "projecten"),
    ("categorieën", "categorie"),
    ("coördinator", "coordinator"),
    ("IJs", "ijs"),
    ("ĳs", "ijs"),
    ("foto's", "fotos"),
    ("1F", "1f"),
    ("ideeën", "idee"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_to_write_one_word_find_each_other(one, other):
    assert finds(one, other)
    assert finds(other, one)


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("stroken", "breukenstroken"),
        ("breuk", "breukenstroken"),
        ("bezoek", "lesbezoek"),
        ("rekenen", "rekenonderwijs"),
        ("taal", "taalonderwijs"),
        ("veiligheid", "verkeersveiligheid"),
        ("regels", "spellingsregels"),
        ("7", "7/8"),
        ("1/4", "¼"),
    ],
)
def test_a_part_finds_the_compound(part, whole):
    assert finds(part, f"Wij deden iets met {whole} vandaag.")


@pytest.mark.parametrize(
    ("whole", "text"),
    [("breukenstroken", "stroken voor breuken"), ("lesbezoek", "een bezoek in de les"), ("7/8", "groep 7 en groep 8")],
)
def test_a_compound_finds_its_parts_when_all_are_there(whole, text):
    assert finds(whole, text)
    assert not finds(whole, text.split()[-1])


@pytest.mark.parametrize(
    ("one", "other"),
    [("breuk", "brug"), ("lezen", "leven"), ("groep 3", "groep 4"), ("1F", "2F"), ("heid", "veiligheid")],
)
def test_other_words_are_other_words(one, other):
    assert not finds(one, other)


@pytest.mark.parametrize(
    ("typed", "text"), [("strok", "stroken"), ("breukenstr", "breukenstroken"), ("vergad", "vergadering")]
)
def test_the_beginning_of_the_last_word_is_enough(typed, text):
    assert finds(typed, text)
    assert not finds(f"{typed} school", f"{text} school"), "only while it is being typed"


def test_one_of_two_words_and_without_a_third():
    question = dutch.asked("breuken OF procenten NIET boeken -kleuters")
    assert [term.word for term in question.wanted] == ["breuken", "procenten"]
    assert question.strict == "(('breuk') | ('procent')) & !('boek') & !('kleuter')"


def test_words_that_say_nothing_ask_nothing():
    for text in ["", "   ", "de het een", "()&|!:*", "'", "\\", "\0", "%_", "--", "<->", "OF NIET"]:
        assert not dutch.asked(text)


@given(st.text(max_size=400))
def test_whatever_is_typed_can_be_asked_and_stored(text):
    question = dutch.asked(text)
    assert len(question.terms) <= 12
    for key in {key for term in question.terms for key in term.own}:
        assert not set(key) & set(" &|!():*<>\0")
    assert "\0" not in dutch.vector(text, text)
    for begin, end in question.places(text):
        assert text[begin:end].strip()


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "(a+)+" * 20_000, "'" * 50_000, "é" * 50_000, "a-" * 50_000, "1/" * 50_000]
)
def test_a_bomb_takes_no_time(text):
    dutch.vector(text[:1000], text)
    list(dutch.asked("a b c").places(text[:60_000]))
    for typed in ("a", "e", "b1", "zebra"):
        dutch.asked(typed).first_place(text[:60_000])


def test_the_same_words_give_the_same_keys():
    text = "Wij vouwden breukenstroken in groep 7/8 en aten pannekoeken."
    assert dutch.vector("Titel", text) == dutch.vector("Titel", text)
    assert "'strook'" in dutch.vector("", text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("brueken", "breuken"),
        ("rekene", "rekenen"),
        ("profesioneel", "professioneel"),
        ("klimaad", "klimaat"),
        ("lijden", "leiden"),
        ("kreatief", "creatief"),
    ],
)
def test_what_is_near_is_meant(typed, meant):
    assert dutch.nearest(typed, ["zwemmen", "boom", meant, "school"]) == [meant]


def test_a_short_word_means_what_it_says():
    assert dutch.nearest("les", ["mes", "bes"]) == []
    assert dutch.begun("lessn", ["les"]) == ""


@pytest.mark.parametrize("typed", ["breukem", "breukenn", "breukwn"])
def test_what_was_mistyped_in_its_ending_begins_like_what_is_known(typed):
    assert dutch.begun(typed, ["bre", "breuk", "strook", "breukenbord"]) == "breuk"
    assert dutch.begun("breukvlakken", ["breuk"]) == ""


def test_letters_swapped_are_one_step():
    assert dutch.distance("brueken", "breuken", 2) == 1
    assert dutch.distance("abc", "xyz", 2) == 3


def finds(typed, text):
    """Whether this question stands in that text, as PostgreSQL would say of the same keys."""
    question = dutch.asked(typed)
    keys = {key.split("'")[1]: 1 for key in dutch.vector("", text).split(" ")}
    return all(_holds(term, keys) for term in question.wanted)


def _holds(term, keys):
    return (
        any(key in keys for key in term.own)
        or bool(term.parts and all(any(key in keys for key in part) for part in term.parts))
        or (term.is_begin and any(key.startswith(term.word) for key in keys))
    )


def test_letters_that_changed_places_are_likelier_than_another_letter():
    assert dutch.nearest("briuk", ["breuk", "bruik"]) == ["bruik", "breuk"]
