"""Webinars: chapters that jump, and questions at a moment that the makers answer."""

import pytest
from django.urls import reverse

from activity.models import Notification
from core.refusals import Refused
from knowledgehub.actions import adapting, making
from knowledgehub.questions import films
from knowledgehub.questions.models import Chapter, Moment
from tests import cast as people


def url(name, *args):
    return reverse(f"questions:{name}", args=[getattr(each, "pk", each) for each in args])


@pytest.fixture
def webinar(cast):
    """A recording of Amina and Tom, with two chapters, for everybody with an account."""
    resource = people.resource(cast.amina, cast.tom, title="Breuken zien", kind="webinar", published=False)
    version = resource.versions.get()
    films.set_chapters(version, by=cast.amina, chapters="0:00 Welkom\n4:05 - Stroken vouwen\n\n1:02:03 Vragen")
    people.publish(version, by=cast.amina)
    resource.refresh_from_db()
    return resource


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("0:00", 0), ("4:05", 245), ("1:02:03", 3723), ("90", 90), ("100:00", 6000), (" 4:05 ", 245),
     ("4:65", None), ("vier", None), ("", None), ("-1:00", None), ("99:99:99", None), ("25:00:00", None)],
)  # fmt: skip
def test_a_moment_as_people_write_it(said, seconds):
    assert films.seconds_of(said) == seconds


def test_chapters_are_of_a_version_and_stay_once_it_is_published(cast, webinar, signed_in):
    assert list(Chapter.objects.values_list("seconds", "title")) == [
        (0, "Welkom"), (245, "Stroken vouwen"), (3723, "Vragen"),
    ]  # fmt: skip
    version = webinar.versions.get()
    with pytest.raises(Refused):
        films.set_chapters(version, by=cast.amina, chapters="0:00 Anders")
    page = signed_in(cast.dele).get(webinar.get_absolute_url()).content.decode()
    assert 'data-seek="245"' in page and "Stroken vouwen" in page
    assert signed_in(cast.dele).get(url("chapters", webinar)).status_code == 403


def test_what_is_not_understood_comes_back_as_it_was_typed(cast, webinar, signed_in):
    making.new_version(webinar, by=cast.amina)
    answer = signed_in(cast.amina).post(url("chapters", webinar), {"chapters": "0:00 Welkom\nstraks Vouwen"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Regel 2" in page and "straks Vouwen" in page
    answer = signed_in(cast.amina).post(url("chapters", webinar), {"chapters": "0:10 Een\n0:10 Twee"})
    assert answer.status_code == 422


def test_els_asks_at_four_minutes_and_tom_answers(cast, webinar, signed_in):
    signed_in(cast.els).post(url("ask_at", webinar), {"at": "4:05", "text": "Welk papier gebruiken jullie?"})
    row = Moment.objects.get()
    assert row.seconds == 245
    told = Notification.objects.filter(activity__kind="questions.asked_at").values_list("person", flat=True)
    assert set(told) == {cast.amina.pk, cast.tom.pk}
    assert signed_in(cast.dele).post(url("answer_at", row), {"answer": "Ik weet het."}).status_code == 403
    signed_in(cast.tom).post(url("answer_at", row), {"answer": "Gewoon kopieerpapier."})
    page = signed_in(cast.dele).get(webinar.get_absolute_url()).content.decode()
    assert "Welk papier gebruiken jullie?" in page and "Gewoon kopieerpapier." in page
    assert Notification.objects.filter(activity__kind="questions.answered_at", person=cast.els).exists()


def test_who_may_not_see_the_film_sees_no_question_about_it(cast, signed_in):
    closed = people.resource(cast.amina, kind="video", audience="plg", of=cast.maths)
    row = films.ask_at(closed.versions.get(), by=cast.tom, seconds=5, text="Wie is dit?")
    assert not Moment.objects.allowing(cast.dele, "view").exists()
    for name, of in (("ask_at", closed), ("answer_at", row), ("remove_moment", row)):
        assert signed_in(cast.dele).get(url(name, of)).status_code == 404, name


def test_on_the_web_stand_chapters_and_no_names(cast, signed_in):
    film = people.resource(cast.amina, kind="video", audience="public", published=False)
    films.set_chapters(film.versions.get(), by=cast.amina, chapters="0:00 Begin")
    version = people.publish(film.versions.get(), by=cast.amina)
    films.ask_at(version, by=cast.els, seconds=5, text="Wie is dit?")
    page = signed_in(None).get(film.get_absolute_url()).content.decode()
    assert "Begin" in page and "Wie is dit?" not in page and "Els Jansen" not in page


def test_who_answers_what_was_just_removed_hears_so(cast, webinar):
    row = films.ask_at(webinar.versions.get(), by=cast.els, seconds=5, text="Vraag")
    films.remove_moment(row, by=cast.els)
    with pytest.raises(Refused, match="verwijderd"):
        films.answer_at(row, by=cast.amina, answer="Zo.")


def test_a_question_goes_with_its_answer(cast, webinar, signed_in):
    row = films.ask_at(webinar.versions.get(), by=cast.els, seconds=5, text="Vraag")
    assert signed_in(cast.dele).post(url("remove_moment", row)).status_code == 403
    signed_in(cast.els).post(url("remove_moment", row))
    assert not Moment.objects.exists()


def test_the_way_to_the_chapters_stands_where_a_film_is_made(cast, signed_in):
    film = people.resource(cast.amina, kind="video", published=False)
    lesson = people.resource(cast.amina, title="Een les", published=False)
    client = signed_in(cast.amina)
    way = f'href="{url("chapters", film)}"'
    for page in (reverse("knowledgehub:edit", args=[film.pk]), film.get_absolute_url()):
        assert way in client.get(page).content.decode()
    assert "/chapters/" not in client.get(reverse("knowledgehub:edit", args=[lesson.pk])).content.decode()
    people.publish(film.versions.get(), by=cast.amina)
    assert way not in client.get(film.get_absolute_url()).content.decode(), "it would only be refused there"


def test_a_new_version_and_a_version_of_ones_own_begin_with_the_chapters(cast, webinar):
    for version in (
        making.new_version(webinar, by=cast.amina),
        adapting.adapt(webinar, by=cast.els).versions.get(),
    ):
        assert list(version.chapters.values_list("seconds", flat=True)) == [0, 245, 3723]
