"""Teachers search in the KennisHub: Dutch words, doors, boxes to tick, searches that are kept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import dutch
from core.standing import forget
from knowledgehub import registry
from knowledgehub.finding import actions, alerts, facets, finding, index, suggesting
from knowledgehub.finding.models import Entry, SavedSearch, Synonym, Word
from knowledgehub.models import Resource, Term
from tests import cast as people

HUB = reverse("finding:index")


def found(person, words="", **wishes):
    """Titles of what this person finds."""
    forget(person)
    hits = finding.find(person, dutch.asked(words, typing=False), wishes).hits
    titles = dict(Resource.objects.values_list("pk", "title"))
    return [titles[hit.pk] for hit in hits]


def test_a_teacher_finds_other_forms_parts_and_mistyped_words(cast):
    people.resource(cast.amina, title="Breukenstroken om te printen", summary="Op A4.", text="Zie het blad.")
    people.resource(cast.amina, title="Lezen in de kring", summary="Voorlezen aan kleuters.", text="Zie het blad.")
    for words in ("breukenstrook", "strook", "breuk", "breukestroken"):
        assert found(cast.tom, words)[:1] == ["Breukenstroken om te printen"], words


def test_letters_that_change_places_are_forgiven(cast, signed_in):
    people.resource(cast.amina, title="Breuken leggen", summary="Met touw.", text="Zie het blad.")
    people.resource(cast.amina, title="Materiaal gebruiken", summary="In de klas.", text="Zie het blad.")
    index.count_words()
    page = signed_in(cast.tom).get(HUB, {"q": "brueken"})
    assert page.context["rows"][0].title == "Breuken leggen"
    assert page.context["meant"] == {"brueken": "breuken"}


def test_some_of_the_words_are_enough_and_who_has_all_stands_first(cast):
    people.resource(cast.amina, title="Vouwen", summary="Een breuk met stroken leggen", text="Zie het blad.")
    people.resource(cast.amina, title="Breuken op de getallenlijn", summary="", text="Zie het blad.")
    assert found(cast.tom, "stroken vouwen met een breuk") == ["Vouwen", "Breuken op de getallenlijn"]


def test_a_word_of_the_title_says_more_than_one_of_the_text(cast):
    people.resource(cast.amina, title="Rekenspel voor buiten", summary="", text="Ook met een thermometer.")
    people.resource(cast.amina, title="De thermometer", summary="", text="Met getallen onder nul.")
    assert found(cast.tom, "thermometer") == ["De thermometer", "Rekenspel voor buiten"]


def test_or_and_not(cast):
    for title in ("Kikkers in de sloot", "Egels in de tuin", "Kikkers en egels tekenen"):
        people.resource(cast.amina, title=title, summary="", text="Zie het blad.")
    assert set(found(cast.tom, "kikkers OF egels")) == {
        "Kikkers in de sloot", "Egels in de tuin", "Kikkers en egels tekenen"
    }  # fmt: skip
    assert found(cast.tom, "kikkers NIET tekenen") == ["Kikkers in de sloot"]


def test_words_that_mean_the_same_are_set_by_the_platform(cast, signed_in):
    people.resource(cast.amina, title="Wat een leerkracht kan doen", summary="", text="Zie het blad.")
    assert found(cast.tom, "docent") == []
    client = signed_in(cast.paula)
    assert client.post(reverse("finding:synonyms"), {"words": "leraar"}).status_code == 422
    client.post(reverse("finding:synonyms"), {"words": "Leraar, leerkracht,docent"})
    assert Synonym.objects.get().words == "leraar, leerkracht, docent"
    assert found(cast.tom, "docenten") == ["Wat een leerkracht kan doen"]
    client.post(reverse("finding:remove_synonym", args=[Synonym.objects.get().pk]))
    assert found(cast.tom, "docent") == []


def test_what_is_closed_withdrawn_or_hidden_is_found_by_nobody_else(cast):
    resource = people.resource(cast.amina, title="Kikkervisjes tellen", audience="plg", of=cast.maths)
    assert found(cast.amina, "kikkervisjes") and found(cast.tom, "kikkervisjes")
    assert found(cast.dele, "kikkervisjes") == []
    Resource.objects.filter(pk=resource.pk).update(state="withdrawn")
    index.follow(resource)
    assert found(cast.amina, "kikkervisjes") == []
    assert not Entry.objects.exists()


def test_boxes_say_how_many_they_leave(cast, signed_in):
    five, six = (Term.objects.create(vocabulary="level", key=f"g{n}", label=f"Groep {n}", position=n) for n in (5, 6))
    people.resource(cast.amina, title="Breuken leggen", terms=[five])
    people.resource(cast.amina, title="Breuken vergelijken", terms=[five, six], kind="video")
    people.resource(cast.amina, title="Breuken bewaren", kind="video", licence="cc-by-nd-40")
    wishes = {"kind": [facets.KINDS["video"]]}
    forget(cast.tom)
    counts = finding.find(cast.tom, dutch.asked("breuken", typing=False), wishes).counts
    assert counts["kind"] == {facets.KINDS["video"]: 2, facets.KINDS["lesson"]: 1}, "of its own kind all are counted"
    assert counts["level"] == {five.pk: 1, six.pk: 1}
    assert counts["may"] == {facets.MAY["adapt"]: 1, facets.MAY["use"]: 1}
    page = signed_in(cast.tom).get(HUB, {"q": "breuken", "kind": "video", "level": five.pk})
    assert page.context["title"] == "1 source" or "1 bron" in page.context["title"]
    assert [row.title for row in page.context["rows"]] == ["Breuken vergelijken"]
    ticked = {"kind": [facets.KINDS["video"]], "may": [facets.MAY["adapt"]], "language": [facets.LANGUAGES["nl"]]}
    counts = finding.find(cast.tom, dutch.asked("breuken", typing=False), ticked).counts
    assert counts["kind"] == {facets.KINDS["video"]: 1, facets.KINDS["lesson"]: 1}, "of each of three groups its own"
    assert counts["may"] == {facets.MAY["adapt"]: 1, facets.MAY["use"]: 1}


def test_the_page_says_with_which_word_it_searched(cast, signed_in):
    people.resource(cast.amina, title="Thermometers aflezen", summary="", text="Zie het blad.")
    page = signed_in(cast.tom).get(HUB, {"q": "termometer"})
    assert page.context["meant"] == {"termometer": "thermometers"}
    assert "<mark>Thermometers</mark>" in page.content.decode()
    page = signed_in(cast.tom).get(HUB, {"q": "xqzzzz"})
    assert not page.context["rows"]
    assert reverse("questions:ask") in page.content.decode(), "never a blank page"


def test_suggestions_are_only_of_what_she_may_see(cast, signed_in):
    people.resource(cast.amina, title="Kikkervisjes tellen", tags=["kikkergeheim"], audience="plg", of=cast.maths)
    people.resource(cast.amina, title="Kikkers in de sloot", tags=["kikkers"])
    forget(cast.tom), forget(cast.dele)
    assert set(suggesting.suggestions(cast.tom, "kikk")) == {
        "kikkergeheim", "kikkers", "Kikkervisjes tellen", "Kikkers in de sloot"
    }  # fmt: skip
    assert set(suggesting.suggestions(cast.dele, "kikk")) == {"kikkers", "Kikkers in de sloot"}
    assert suggesting.suggestions(cast.dele, "kikkers in de sl") == ["Kikkers in de sloot"]
    assert "kikkergeheim" not in signed_in(cast.dele).get(reverse("finding:suggest"), {"q": "kik"}).content.decode()


def test_a_title_is_suggested_only_where_what_was_typed_stands_in_it(cast):
    people.resource(cast.amina, title="Leven in het water", summary="Kikkers, kikkers en nog eens kikkers.")
    people.resource(cast.amina, title="Groene kikkers", summary="Op pad.")
    index.count_words()
    forget(cast.tom)
    assert suggesting.suggestions(cast.tom, "kik") == ["Groene kikkers"]


def test_a_saved_search_tells_what_is_new_and_never_what_is_closed(cast, signed_in):
    client = signed_in(cast.dele)
    client.post(reverse("finding:save_search"), {"query": "q=kikkers&kind=lesson&next=https://elsewhere"})
    search = SavedSearch.objects.get()
    assert (search.person, search.query) == (cast.dele, "q=kikkers&kind=lesson")
    people.resource(cast.amina, title="Kikkers van de PLG", audience="plg", of=cast.maths)
    actions.tell_new()
    assert not cast.dele.notifications.filter(activity__kind="finding.found").exists()
    people.resource(cast.amina, title="Kikkers in de sloot")
    people.resource(cast.amina, title="Egels in de tuin")
    actions.tell_new()
    told = cast.dele.notifications.get(activity__kind="finding.found").activity
    assert told.facts["count"] == 1
    assert [row.title for row in alerts.of_letter(search, cast.dele, told.facts)["rows"]] == ["Kikkers in de sloot"]
    actions.tell_new()
    assert cast.dele.notifications.filter(activity__kind="finding.found").count() == 1, "told once"
    client.post(reverse("finding:remove_search", args=[search.pk]))
    assert not SavedSearch.objects.exists()


def test_what_was_being_published_while_a_search_was_answered_is_told_the_next_night(cast):
    actions.save_search("q=kikkers", "kikkers", by=cast.dele)
    people.resource(cast.amina, title="Kikkers in de sloot")
    actions.tell_new()
    late = people.resource(cast.amina, title="Kikkers in het net")
    search = SavedSearch.objects.get()
    # it was published at a moment before the search was answered, and was there only after
    moment = Resource.objects.get(title="Kikkers in de sloot").published_at + timedelta(microseconds=1)
    Resource.objects.filter(pk=late.pk).update(published_at=moment)
    registry.tell_changed(Resource.objects.get(pk=late.pk))
    assert [row.title for row in alerts.new_for(cast.dele, search)] == ["Kikkers in het net"]


def test_searches_of_somebody_else_are_not_hers(cast, signed_in):
    search = actions.save_search("q=kikkers", "kikkers", by=cast.dele)
    assert signed_in(cast.tom).post(reverse("finding:remove_search", args=[search.pk])).status_code == 404


def test_beside_a_resource_stands_what_is_like_it_and_who_works_on_it(cast, signed_in):
    one = people.resource(cast.amina, title="Breuken leggen met stroken", theme="maths")
    people.resource(cast.amina, title="Breuken vergelijken met stroken")
    people.resource(cast.amina, title="Geheime breuken met stroken", audience="plg", of=cast.maths)
    page = signed_in(cast.dele).get(one.get_absolute_url()).content.decode()
    assert "Breuken vergelijken met stroken" in page
    assert "Geheime breuken" not in page


def test_without_words_the_newest_of_her_themes_stand_first(cast, signed_in):
    people.resource(cast.amina, title="Voor haar", theme="maths")
    people.resource(cast.amina, title="Van later", theme="arts")
    cast.tom.themes = ["maths"]
    cast.tom.save()
    assert found(cast.tom) == ["Voor haar", "Van later"]
    assert signed_in(cast.tom).get(HUB).status_code == 200


def test_the_night_mends_what_was_forgotten_and_counts_words(cast):
    resource = people.resource(cast.amina, title="Kikkers in de sloot")
    Resource.objects.filter(pk=resource.pk).update(title="Egels in de tuin")
    assert index.heal() == 1
    assert found(cast.tom, "egels") == ["Egels in de tuin"]
    assert index.heal() == 0
    assert not Word.objects.filter(key="kikker").exists()
    assert sum(Word.objects.get(key="egel").counts) == 1


@pytest.mark.parametrize("words", ["'", "%", "\\", "a' OR 1=1 --", "((", "breuk:*", "\x00", "x" * 500, "NIET breuken"])
def test_whatever_is_typed_is_answered(cast, signed_in, words):
    people.resource(cast.amina)
    client = signed_in(cast.tom)
    assert client.get(HUB, {"q": words, "level": "x' OR", "kind": "\x00", "show": "-1"}).status_code == 200
    assert client.get(reverse("finding:suggest"), {"q": words}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_as_much_for_three_as_for_one(cast, signed_in, django_assert_num_queries, count):
    level = Term.objects.create(vocabulary="level", key="g5", label="Groep 5")
    for n in range(count):
        people.resource(cast.amina, cast.tom, title=f"Breuken {n}", terms=[level], text="Met een thermometer.")
    client = signed_in(cast.tom)
    client.get(HUB, {"q": "thermometer"})
    with django_assert_num_queries(QUERIES):
        client.get(HUB, {"q": "thermometer"})


QUERIES = 8
