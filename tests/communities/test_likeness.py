"""Who works on the same: likeness by shared telling words."""

from dataclasses import dataclass

from communities.likeness import alike, words_of


@dataclass(frozen=True)
class Text:
    text: str
    theme: str = ""

    def __str__(self):
        return self.text


def test_small_and_usual_words_say_nothing():
    assert words_of("Wij kijken naar de leerlingen in onze klas") == {}


def test_a_word_and_its_plural_are_one():
    assert set(words_of("breuk")) == set(words_of("Breuken")) == {"breuk"}


def test_accents_and_capitals_make_no_difference():
    assert set(words_of("CREËREN")) == set(words_of("creeren"))


def test_the_shared_words_are_told_and_the_rare_one_weighs_most():
    one = Text("Breuken leren met materiaal", "maths")
    fractions, material, other = Text("Een breuk op de getallenlijn"), Text("Materiaal kiezen"), Text("Materiaal delen")
    found = alike(one, [material, other, fractions])
    assert found[0] == (fractions, ["breuken"], False)
    assert {row for row, _words, _same in found} == {fractions, material, other}


def test_the_same_theme_helps_but_two_rare_words_help_more():
    one = Text("Spelend leren in de kleuterhoek", "early")
    theme, words = Text("Iets heel anders", "early"), Text("De kleuterhoek, een spelende winkel", "arts")
    assert [row for row, _words, _same in alike(one, [theme, words])] == [words, theme]
    assert alike(one, [theme])[0][2] is True


def test_what_shares_nothing_is_not_suggested():
    assert alike(Text("Breuken"), [Text("Muziek en dans")]) == []
    assert alike(Text(""), [Text("")]) == []


def test_letters_of_other_scripts_break_nothing():
    assert alike(Text("שלום עולם 🎉 breuken"), [Text("breuken 🎉")])[0][1] == ["breuken"]
