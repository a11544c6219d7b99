"""Saved, collected, followed, taken to a PLG, taken along as files, counted."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from activity.models import Link
from communities.discussions.models import Topic
from communities.meetings.choices import ItemState
from communities.meetings.models import AgendaItem
from core import standing
from core.refusals import Refused
from core.time import today
from knowledgehub import bundle, near, taking
from knowledgehub.actions import collecting, using
from knowledgehub.actions import taking as take_deeds
from knowledgehub.counting import months_of
from knowledgehub.models import Collection, DayCount, FollowedTheme, Resource, ResourceFile, Saved
from tests import cast as people

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


def url(name, *args):
    return reverse(f"knowledgehub:{name}", args=[getattr(each, "pk", each) for each in args])


@pytest.fixture
def strips(cast):
    return people.resource(cast.amina, cast.tom)


# Saving and following ------------------------------------------------------------------------------


def test_els_saves_a_lesson_and_finds_it_again(cast, strips, signed_in):
    client = signed_in(cast.els)
    part = client.post(url("save", strips), headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="true"' in part and "Bewaard" in part
    assert strips.title in client.get(url("saved")).content.decode()
    client.post(url("save", strips))
    assert not Saved.objects.exists()


def test_what_was_saved_and_closed_since_is_not_shown(cast, strips, signed_in):
    collecting.save(strips, by=cast.dele)
    Resource.objects.filter(pk=strips.pk).update(audience="private")
    assert strips.title not in signed_in(cast.dele).get(url("saved")).content.decode()


def test_a_followed_theme_comes_in_the_letter_of_who_may_see_it(cast):
    mine = people.resource(cast.amina, title="Breuken met touw", theme="maths")
    people.resource(cast.amina, title="Alleen voor ons", theme="maths", audience="plg", of=cast.maths)
    for person in (cast.dele, cast.tom, cast.amina):
        collecting.follow_theme("maths", by=person)
    collecting.follow_theme("reading", by=cast.els)
    found = near.in_letters([cast.dele, cast.tom, cast.amina, cast.els])
    assert [line.said for line in found[cast.dele.pk]] == [mine.title]
    assert [line.said for line in found[cast.tom.pk]] == ["Alleen voor ons", mine.title]
    assert not found[cast.amina.pk], "what she made herself is no news"
    assert not found.get(cast.els.pk)


def test_letters_ask_as_much_for_many_as_for_one(cast, django_assert_num_queries):
    people.resource(cast.amina, theme="maths")
    people.resource(cast.amina, theme="maths", title="Nog een")
    readers = [cast.dele, cast.tom, cast.els]
    for person in readers:
        collecting.follow_theme("maths", by=person)
    standing.fetch(readers)
    with django_assert_num_queries(3):
        near.in_letters(readers[:1])
    with django_assert_num_queries(3):
        near.in_letters(readers)


def test_a_tap_follows_and_a_second_one_does_not(cast, signed_in):
    client = signed_in(cast.els)
    client.post(url("follow_theme"), {"theme": "maths"})
    assert FollowedTheme.objects.get().person == cast.els
    assert "Je volgt dit" in client.get(url("themes")).content.decode()
    client.post(url("follow_theme"), {"theme": "maths"})
    client.post(url("follow_theme"), {"theme": "nonsense"})
    assert not FollowedTheme.objects.exists()


# Collections --------------------------------------------------------------------------------------


def test_a_plg_orders_what_it_studies(cast, strips, signed_in):
    client = signed_in(cast.tom)
    answer = client.post(url("begin_collection"), {"name": "Breuken dit jaar", "of": f"plg-{cast.maths.pk}"})
    row = Collection.objects.get()
    assert answer["Location"] == row.get_absolute_url() and row.community == cast.maths
    second = people.resource(cast.tom, title="Breuken met touw")
    for resource in (strips, second):
        client.post(url("collect", resource), {"collection": row.pk, "note": "Begin hiermee"})
    last = row.items.get(resource=second)
    client.post(url("shift", last), {"up": "1"})
    assert [item.resource for item in row.items.all()] == [second, strips]
    page = signed_in(cast.fatima).get(row.get_absolute_url()).content.decode()
    assert page.index("Breuken met touw") < page.index(strips.title) and "Begin hiermee" in page
    assert signed_in(cast.els).get(row.get_absolute_url()).status_code == 404


def test_an_open_collection_shows_everybody_what_she_may_see_anyway(cast, strips, signed_in):
    public = people.resource(cast.amina, title="Voor iedereen", audience="public")
    closed = people.resource(cast.amina, title="Alleen de PLG", audience="plg", of=cast.maths)
    row = collecting.begin_collection(by=cast.amina, name="Breuken", is_public=True)
    for resource in (strips, public, closed):
        collecting.lay_in(row, resource, by=cast.amina)
    seen = {who: signed_in(who).get(row.get_absolute_url()).content.decode() for who in (None, cast.dele, cast.tom)}
    assert "Voor iedereen" in seen[None] and strips.title not in seen[None]
    assert strips.title in seen[cast.dele] and "Alleen de PLG" not in seen[cast.dele]
    assert "Alleen de PLG" in seen[cast.tom]
    feed = reverse("outside:collection_feed", args=[row.pk])
    assert all(page.count(f'href="{feed}"') == 2 for page in seen.values()), "in the head, and for who looks"


def test_what_lies_in_a_collection_unseen_has_no_page_either(cast, signed_in):
    closed = people.resource(cast.amina, title="Alleen de school", audience="school", of=cast.regenboog)
    row = collecting.begin_collection(by=cast.amina, name="Breuken", of=cast.maths)
    item = collecting.lay_in(row, closed, by=cast.amina, note="Voor ons")
    people.member(cast.maths, cast.dele)
    assert signed_in(cast.amina).get(url("note", item)).status_code == 200
    dele = signed_in(cast.dele)
    assert dele.get(row.get_absolute_url()).status_code == 200, "he takes part in this PLG"
    assert dele.get(url("note", item)).status_code == dele.post(url("take_out", item)).status_code == 404


def test_a_collection_that_is_gone_refuses_with_a_sentence(cast, strips):
    row = collecting.begin_collection(by=cast.els, name="Breuken")
    item = collecting.lay_in(row, strips, by=cast.els)
    collecting.remove_collection(row, by=cast.els)
    for deed in (lambda: collecting.take_out(item, by=cast.els), lambda: collecting.lay_in(row, strips, by=cast.els)):
        with pytest.raises(Refused, match="verwijderd"):
            deed()


def test_one_thing_lies_in_a_collection_once(cast, strips):
    row = collecting.begin_collection(by=cast.els, name="Breuken")
    collecting.lay_in(row, strips, by=cast.els)
    with pytest.raises(Refused, match="op plaats 1"):
        collecting.lay_in(row, strips, by=cast.els)


def test_nobody_begins_a_collection_where_she_does_not_belong(cast):
    with pytest.raises(Refused):
        collecting.begin_collection(by=cast.els, name="Breuken", of=cast.maths)
    with pytest.raises(Refused):
        collecting.begin_collection(by=cast.els, name="Breuken", of=cast.network)


def test_collecting_without_a_name_or_choice_is_asked_again(cast, strips, signed_in):
    answer = signed_in(cast.els).post(url("collect", strips), {"note": "Voor na de herfst"})
    assert answer.status_code == 422 and "Voor na de herfst" in answer.content.decode()


@pytest.mark.parametrize("name", ["saved", "collections", "themes"])
def test_lists_ask_as_much_for_three_as_for_one(cast, signed_in, name, django_assert_max_num_queries):
    client = signed_in(cast.els)
    collecting.follow_theme("maths", by=cast.els)

    def one_more(title):
        row = people.resource(cast.amina, title=title, theme="maths")
        collecting.save(row, by=cast.els)
        collecting.lay_in(collecting.begin_collection(by=cast.els, name=title), row, by=cast.els)

    one_more("Een")
    client.get(url(name))
    with CaptureQueriesContext(connection) as first:
        client.get(url(name))
    one_more("Twee")
    one_more("Drie")
    with django_assert_max_num_queries(len(first)):
        client.get(url(name))


# To a PLG -----------------------------------------------------------------------------------------


def test_a_facilitator_puts_a_lesson_on_the_agenda_with_one_tap(cast, strips, signed_in):
    meeting = people.meeting(cast.maths)
    answer = signed_in(cast.fatima).post(url("take", strips), {"where": f"meeting-{meeting.pk}"})
    item = AgendaItem.objects.get(title=strips.title)
    assert answer["Location"] == item.get_absolute_url()
    assert (item.meeting, item.state) == (meeting, ItemState.PLANNED)
    assert strips.get_absolute_url() in item.instruction
    assert Link.objects.filter(from_id=item.pk, to_id=strips.pk).exists()


def test_a_member_proposes_it(cast, strips, signed_in):
    meeting = people.meeting(cast.maths)
    signed_in(cast.tom).post(url("take", strips), {"where": f"meeting-{meeting.pk}", "note": "Iets voor ons?"})
    item = AgendaItem.objects.get(title=strips.title)
    assert item.state == ItemState.PROPOSED and item.instruction.startswith("Iets voor ons?")


def test_or_into_a_new_conversation_with_a_link(cast, strips, signed_in):
    signed_in(cast.tom).post(url("take", strips), {"where": f"topic-{cast.maths.pk}"})
    post = Topic.objects.get().posts.get()
    assert f'href="http://testserver{strips.get_absolute_url()}"' in post.html


def test_she_is_warned_where_members_could_not_open_it(cast, signed_in):
    school_only = people.resource(cast.amina, audience="school", of=cast.regenboog)
    assert taking.blind(school_only, cast.maths) == (1, 3), "Tom works at another school"
    client, where = signed_in(cast.fatima), {"where": f"topic-{cast.maths.pk}", "note": "Kijk eens"}
    answer = client.post(url("take", school_only), where)
    page = answer.content.decode()
    assert answer.status_code == 422 and "1 van de 3 leden" in page and "Kijk eens" in page
    assert not Topic.objects.exists()
    client.post(url("take", school_only), where | {"anyway": "1"})
    assert Topic.objects.exists()


def test_nothing_goes_to_a_plg_in_which_she_takes_no_part(cast, strips, signed_in):
    assert signed_in(cast.dele).post(url("take", strips), {"where": f"topic-{cast.maths.pk}"}).status_code == 302
    with pytest.raises(Refused):
        take_deeds.take(strips, by=cast.els, place=taking.Place(cast.maths))
    assert not Topic.objects.exists()


# Files --------------------------------------------------------------------------------------------


def with_files(resource, *names):
    for position, name in enumerate(names):
        row = ResourceFile(
            version_id=resource.current_id, position=position, name=name, media_type="text/plain", size=4, sha256="x"
        )
        row.file.save("x.txt", ContentFile(name.encode()), save=True)


def test_everything_comes_in_one_zip_with_who_made_it(cast, signed_in):
    strips = people.resource(cast.amina, cast.tom, audience="public")
    with_files(strips, "les.txt", "LES.txt", "../../etc/passwd", "con.txt", "licentie.txt")
    answer = signed_in(None).get(url("download", strips), headers={"User-Agent": BROWSER})
    assert answer.streaming
    found = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert found.testzip() is None
    assert found.namelist() == [
        "licentie.txt", "les.txt", "LES (2).txt", ".._.._etc_passwd".strip("."), "_con.txt", "licentie (2).txt",
    ]  # fmt: skip
    said = found.read("licentie.txt").decode()
    assert "Amina Yildiz, Tom Hendriks" in said and "creativecommons.org/licenses/by-sa/4.0/" in said
    assert f"http://testserver{strips.get_absolute_url()}" in said
    assert DayCount.objects.get().downloads == 1


def test_a_name_that_no_system_takes_becomes_one_that_all_take():
    used = set()
    assert bundle.safe_name("a/b\\c:d*e?.pdf", used) == "a_b_c_d_e_.pdf"
    assert bundle.safe_name("   ", used) and bundle.safe_name("...", used)
    assert len(bundle.safe_name("x" * 500 + ".pdf", used)) <= bundle.LONGEST + 12


def test_the_zip_of_what_she_may_not_see_is_not_there(cast, signed_in):
    closed = people.resource(cast.amina, audience="plg", of=cast.maths)
    with_files(closed, "les.txt")
    assert signed_in(cast.dele).get(url("download", closed)).status_code == 404
    assert signed_in(None).get(url("download", closed)).status_code == 404


# Counting -----------------------------------------------------------------------------------------


def test_readers_are_counted_makers_and_robots_are_not(cast, strips, signed_in):
    robot = "Mozilla/5.0 (compatible; Googlebot/2.1)"
    for person, agent in [(cast.els, BROWSER), (cast.dele, BROWSER), (cast.amina, BROWSER), (cast.els, robot)]:
        assert signed_in(person).post(url("seen", strips), headers={"User-Agent": agent}).status_code == 204
    assert DayCount.objects.get().views == 2
    page = signed_in(cast.amina).get(url("counts", strips))
    assert page.context["months"][-1][1:] == (2, 0)
    public = people.resource(cast.amina, title="Voor iedereen", audience="public")
    stranger = signed_in(None)
    assert url("seen", public) in stranger.get(public.get_absolute_url()).content.decode()
    stranger.post(url("seen", public), headers={"User-Agent": BROWSER})
    assert DayCount.objects.get(resource=public).views == 1
    assert signed_in(cast.els).get(url("counts", strips)).status_code == 403


def test_a_file_that_is_taken_along_counts_and_one_that_a_page_shows_does_not(cast, strips, signed_in):
    with_files(strips, "les.txt")
    address, client = reverse("knowledgehub:file", args=[ResourceFile.objects.get().pk]), signed_in(cast.els)
    for path in (address, f"{address}?save"):
        b"".join(client.get(path, headers={"User-Agent": BROWSER}).streaming_content)
    assert DayCount.objects.get().downloads == 1


def test_looking_changes_nothing(cast, strips, signed_in):
    signed_in(cast.els).get(strips.get_absolute_url(), headers={"User-Agent": BROWSER})
    assert not DayCount.objects.exists()


def test_a_year_of_months_begins_where_it_should(cast, strips):
    DayCount.add(strips.pk, (now() - timedelta(days=800)).date(), views=5)
    assert len(months_of(strips)) == 12 and sum(seen for _month, seen, _taken in months_of(strips)) == 0


# On the home page ---------------------------------------------------------------------------------


def test_the_home_of_a_teacher_shows_two_new_ones_in_her_theme(cast, signed_in, django_assert_max_num_queries):
    cast.els.themes = ["maths"]
    cast.els.save()
    for title in ("Een", "Twee", "Drie"):
        people.resource(cast.amina, title=title, theme="maths")
    people.resource(cast.els, title="Van mij zelf", theme="maths")
    people.resource(cast.amina, title="Dicht", theme="maths", audience="plg", of=cast.maths)
    client = signed_in(cast.els)
    assert url("finds") in client.get("/").content.decode()
    with django_assert_max_num_queries(2):
        card = client.get(url("finds")).content.decode()
    assert "Drie" in card and "Twee" in card
    assert "Een" not in card and "Van mij zelf" not in card and "Dicht" not in card
    assert "<section" not in signed_in(cast.bram).get(url("finds")).content.decode()


def test_the_page_asks_as_much_with_three_experiences_and_dates_as_with_one(
    cast, strips, signed_in, django_assert_max_num_queries
):
    def one_more(person, days):
        using.tell(strips, by=person, used_on=today(), again="yes")
        people.meeting(cast.maths, days)

    client = signed_in(cast.tom)
    one_more(cast.els, 7)
    client.get(strips.get_absolute_url())
    with CaptureQueriesContext(connection) as first:
        client.get(strips.get_absolute_url())
    one_more(cast.bram, 14)
    one_more(cast.fatima, 21)
    with django_assert_max_num_queries(len(first)):
        client.get(strips.get_absolute_url())
    assert len(first) <= MOST_ON_A_PAGE


MOST_ON_A_PAGE = 24
