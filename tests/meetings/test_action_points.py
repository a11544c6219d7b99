"""Action points and try-outs: agreed by one, several or everybody, answered in one tap, carried over, dropped."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from activity.models import Activity, Ask, Delivery, Notification
from communities import actions as plg
from communities.choices import MembershipState
from communities.meetings import promises
from communities.meetings.actions.action_points import agree, answer, drop, edit
from communities.meetings.choices import ActionKind, ActionState, Tried
from communities.meetings.models import ActionPoint
from communities.models import Membership
from core.refusals import Refused
from core.registry import merges, rhythms
from people import actions as accounts
from tests import cast as people
from tests.cast import meeting as make_meeting

FOLD = "Laat kinderen ¼ vouwen uit verschillende stroken"


def photo(name="werk.png", kind="PNG"):
    """A picture that says where it was taken."""
    picture, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "Groep 5 van juf Amina"
    Image.new("RGB", (40, 30), "orange").save(picture, kind, exif=exif)
    return SimpleUploadedFile(name, picture.getvalue(), content_type="image/png")


@pytest.fixture
def promise(cast, membership, thursday):
    """A try-out of Amina, agreed on 5 November."""

    def make(person=None, **fields):
        held = make_meeting(cast.maths, held_on=date(2026, 11, 5))
        fields = {"kind": ActionKind.TRY_OUT, "text": FOLD, "due_on": date(2026, 11, 26), "meeting": held} | fields
        return agree(cast.maths, by=cast.fatima, holders=[membership(person or cast.amina)], **fields)[0]

    return make


# Agreeing ------------------------------------------------------------------------------------------


def test_a_member_agrees_with_everybody_and_each_gets_her_own(cast, thursday, signed_in, membership):
    tom = signed_in(cast.tom)
    address = reverse("meetings:agree", args=[cast.maths.pk])
    page = tom.get(address)
    assert page.context["form"].initial["due_on"] == thursday.held_on  # the next time they meet
    done = tom.post(address, {"kind": "try_out", "text": FOLD, "holders": ["all"], "due_on": "2026-11-26"})
    assert done.status_code == 302
    points = ActionPoint.objects.all()
    assert {point.person for point in points} == {cast.fatima, cast.amina, cast.tom}  # Gijs is a guest
    assert len({point.given_together for point in points}) == 1
    told = Notification.objects.filter(activity__kind="meetings.agreed")
    assert {row.person for row in told} == {cast.fatima, cast.amina}


def test_with_one_or_with_two(cast, thursday, membership):
    alone = agree(cast.maths, by=cast.fatima, holders=[membership(cast.tom)], text="Koffie")
    assert [point.person for point in alone] == [cast.tom] and alone[0].given_together is None
    both = agree(cast.maths, by=cast.fatima, holders=[membership(cast.tom), membership(cast.gijs)], text="Thee")
    assert [point.person for point in both] == [cast.tom, cast.gijs]
    assert Activity.objects.filter(kind="meetings.agreed", about_id=both[1].pk).exists()  # Gijs hears through his own


def test_what_is_typed_wrong_is_given_back(cast, thursday, signed_in):
    amina = signed_in(cast.amina)
    address = reverse("meetings:agree", args=[cast.maths.pk])
    for wrong in ({"due_on": "2026-11-01"}, {"due_on": "2036-01-01"}, {"holders": []}, {"holders": ["999999"]}):
        page = amina.post(address, {"kind": "task", "text": FOLD, "holders": ["all"]} | wrong)
        assert page.status_code == 422 and FOLD in page.text
    assert amina.post(address, {"kind": "task", "text": " \n ", "holders": ["all"]}).status_code == 422
    assert not ActionPoint.objects.exists()


def test_nobody_promises_who_takes_part_no_more_or_elsewhere_and_nothing_is_cut_off(cast, thursday, membership):
    gone = membership(cast.tom)
    plg.leave(gone, by=cast.tom)
    other = people.member(people.plg(cast.wissel, "PLG Taal"), cast.els)
    for holders, text in (
        ([membership(cast.tom)], FOLD),
        ([other], FOLD),
        ([], FOLD),
        ([membership(cast.amina)], "x" * 301),
    ):
        with pytest.raises(Refused):
            agree(cast.maths, by=cast.fatima, holders=holders, text=text)
    assert not ActionPoint.objects.exists()


def test_nobody_outside_agrees_on_anything(cast, thursday, signed_in):
    # Who may see the PLG hears that it is not hers to write in; of who may not, it is hidden.
    for who, code in [*((who, 403) for who in ("gijs", "bram", "ben", "noor", "els")), ("dele", 404)]:
        address = reverse("meetings:agree", args=[cast.maths.pk])
        assert signed_in(getattr(cast, who)).post(address, {}).status_code == code


# On Vandaag, and the letter ------------------------------------------------------------------------


def test_it_stands_on_today_from_a_week_before_its_day(cast, promise, signed_in, at):
    promise()
    amina = signed_in(cast.amina)
    assert FOLD not in amina.get("/").text  # the 9th
    with at("2026-11-19 08:00:00+01:00"):
        page = amina.get("/").text
    assert FOLD in page and "PLG Rekenen" in page


def test_two_working_days_after_the_meeting_comes_one_letter(cast, thursday, membership, at):
    with at("2026-11-26 17:00:00+01:00"):
        for text in ("Vouw stroken", "Maak een foto"):
            agree(cast.maths, by=cast.fatima, holders=[membership(cast.amina)], text=text, meeting=thursday)
    letter = Delivery.objects.get(kind=promises.LETTER)
    assert letter.person == cast.amina
    assert letter.due_at.isoformat() == "2026-11-30T07:00:00+00:00"  # Thursday, Friday, Monday at eight
    with at("2026-11-30 08:00:00+01:00"):
        assert promises.still_right(letter, thursday, cast.amina)
        promises.queue_lately()
        assert Delivery.objects.filter(kind=promises.LETTER).count() == 1  # never twice


def test_days_off_and_holidays_are_no_working_days(cast, thursday, membership, at):
    cast.amina.days_off = [4, 0]  # Friday and Monday
    cast.amina.save()
    with at("2026-11-26 17:00:00+01:00"):
        agree(cast.maths, by=cast.fatima, holders=[membership(cast.amina)], text="Vouw stroken", meeting=thursday)
    assert Delivery.objects.get(kind=promises.LETTER).due_at.date() == date(2026, 12, 2)


def test_holidays_are_those_of_the_school_she_takes_part_for(cast, thursday, membership, at):
    cast.amina.region = ""  # she chose none herself
    cast.amina.save()
    before_the_holiday = make_meeting(cast.maths, held_on=date(2026, 12, 17))  # the holiday begins on Saturday 19
    with at("2026-12-17 17:00:00+01:00"):
        holders = [membership(cast.amina)]
        agree(cast.maths, by=cast.fatima, holders=holders, text="Vouw stroken", meeting=before_the_holiday)
    assert Delivery.objects.get(kind=promises.LETTER).due_at.date() == date(2027, 1, 4)


def test_another_day_off_gives_the_letter_another_day(cast, thursday, membership, at):
    with at("2026-11-26 17:00:00+01:00"):
        agree(cast.maths, by=cast.fatima, holders=[membership(cast.amina)], text="Vouw stroken", meeting=thursday)
        cast.amina.days_off = [0]
        cast.amina.save()
        for follow in rhythms.values():
            follow(cast.amina)
    assert Delivery.objects.get(kind=promises.LETTER).due_at.date() == date(2026, 12, 1)


def test_the_letter_stays_away_when_there_is_nothing_to_say(cast, promise, at):
    point = promise()
    letter, held = Delivery.objects.get(kind=promises.LETTER), point.meeting
    assert promises.still_right(letter, held, cast.amina)
    answer(point, by=cast.amina, went=Tried.NOT_YET)
    assert not promises.still_right(letter, held, cast.amina)
    with at("2026-11-27 10:00:00+01:00"):  # after the next meeting what is open counts again
        assert promises.still_right(letter, make_meeting(cast.maths, held_on=date(2026, 11, 26)), cast.amina)


def test_who_left_or_did_it_gets_no_letter(cast, promise, membership):
    point = promise()
    letter = Delivery.objects.get(kind=promises.LETTER)
    answer(point, by=cast.amina, went=Tried.TRIED)
    assert not promises.still_right(letter, point.meeting, cast.amina)
    other = promise(cast.tom)
    plg.leave(membership(cast.tom), by=cast.tom)
    assert not promises.still_right(letter, other.meeting, cast.tom)


# Answering -----------------------------------------------------------------------------------------


def test_one_tap_and_then_a_sentence_and_a_photo(cast, promise, signed_in):
    point = promise()
    amina = signed_in(cast.amina)
    address = reverse("meetings:answer_action", args=[point.pk])
    tapped = amina.post(address, {"went": "partly"}, headers={"HX-Request": "true"})
    assert tapped.status_code == 200 and 'name="sentence"' in tapped.text
    told = amina.post(address, {"went": "tried", "sentence": "Drie kinderen zeiden ‘meer vierde’.", "photo": photo()})
    assert told.status_code == 302
    point.refresh_from_db()
    assert (point.went, point.state, point.sentence) == ("tried", "done", "Drie kinderen zeiden ‘meer vierde’.")
    for who in (cast.tom, cast.fatima, cast.amina):
        page = signed_in(who).get(cast.maths.get_absolute_url()).text
        assert "meer vierde" in page and reverse("meetings:action_photo", args=[point.pk]) in page


def test_not_yet_and_partly_keep_it_open_tried_closes_it_and_a_wrong_tap_is_mended(cast, promise):
    point = promise()
    for went, state in ((Tried.NOT_YET, "open"), (Tried.PARTLY, "open"), (Tried.TRIED, "done"), (Tried.PARTLY, "open")):
        point = answer(point, by=cast.amina, went=went)
        assert point.state == state
        asked = Ask.objects.open().filter(kind=promises.KIND)
        assert asked.count() == (state == "open")
        assert not asked.filter(opens_on__lt=date(2026, 11, 16)).exists()  # she said something: a week of rest


def test_a_photo_has_no_story_of_its_own_and_is_for_members_only(cast, promise, signed_in):
    point = answer(promise(), by=cast.amina, went=Tried.TRIED, photo=photo())
    address = reverse("meetings:action_photo", args=[point.pk])
    got = signed_in(cast.tom).get(address)
    picture = Image.open(io.BytesIO(b"".join(got.streaming_content)))
    assert picture.format == "JPEG" and not picture.getexif()
    for who, status in (("gijs", 404), ("bram", 404), ("ben", 404), ("dele", 404)):
        assert signed_in(getattr(cast, who)).get(address).status_code == status
    assert signed_in().get(address).status_code == 302


@pytest.mark.parametrize("bad", [b"", b"MZ\x90\x00 no picture", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n broken"])
def test_a_bad_photo_is_refused_and_the_sentence_stays(cast, promise, signed_in, bad):
    point = promise()
    upload = SimpleUploadedFile("foto.png", bad, content_type="image/png")
    page = signed_in(cast.amina).post(
        reverse("meetings:answer_action", args=[point.pk]),
        {"went": "tried", "sentence": "Het lukte.", "photo": upload},
    )
    assert page.status_code == 422 and "Het lukte." in page.text
    point.refresh_from_db()
    assert point.went == "" and not point.photo


def test_another_photo_takes_the_place_of_the_first(cast, promise, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        point = answer(promise(), by=cast.amina, went=Tried.TRIED, photo=photo())
    first = point.photo.name
    with django_capture_on_commit_callbacks(execute=True):
        point = answer(point, by=cast.amina, went=Tried.TRIED, photo=photo())
    assert point.photo.name != first
    assert not point.photo.storage.exists(first) and point.photo.storage.exists(point.photo.name)
    with django_capture_on_commit_callbacks(execute=True):
        point = answer(point, by=cast.amina, went=Tried.TRIED, without_photo=True)
    assert not point.photo


def test_only_who_promised_it_says_how_it_went(cast, promise, signed_in):
    point = promise()
    for who, status in (("tom", 403), ("fatima", 403), ("gijs", 404), ("bram", 404), ("dele", 404)):
        address = reverse("meetings:answer_action", args=[point.pk])
        assert signed_in(getattr(cast, who)).post(address, {"went": "tried"}).status_code == status


# Changing, dropping, leaving ----------------------------------------------------------------------


def test_words_and_day_are_changed_and_who_promised_it_hears(cast, promise, signed_in):
    point = promise()
    address = reverse("meetings:edit_action", args=[point.pk])
    done = signed_in(cast.fatima).post(address, {"kind": "task", "text": "Vouw ⅓", "due_on": "2026-12-03"})
    assert done.status_code == 302
    point.refresh_from_db()
    assert (point.text, point.kind, point.due_on) == ("Vouw ⅓", "task", date(2026, 12, 3))
    assert Ask.objects.open().get(kind=promises.KIND).due_on == point.due_on
    assert Notification.objects.filter(person=cast.amina, activity__kind="meetings.action_changed").exists()
    assert signed_in(cast.tom).get(address).status_code == 403


def test_dropping_needs_a_reason_and_closes_what_was_asked(cast, promise, signed_in):
    point = promise()
    fatima, address = signed_in(cast.fatima), reverse("meetings:drop_action", args=[point.pk])
    assert fatima.post(address, {"because": " "}).status_code == 422
    assert fatima.post(address, {"because": "De stroken zijn op"}).status_code == 302
    point.refresh_from_db()
    assert (point.state, point.dropped_because) == ("dropped", "De stroken zijn op")
    assert not Ask.objects.open().filter(kind=promises.KIND).exists()
    with pytest.raises(Refused, match="De stroken zijn op"):
        answer(point, by=cast.amina, went=Tried.TRIED)
    with pytest.raises(Refused):
        drop(point, by=cast.fatima, because="nog eens")
    with pytest.raises(Refused):
        edit(point, by=cast.fatima, text="x", due_on=None, kind="task")
    assert (
        "De stroken zijn op"
        in fatima.get(reverse("meetings:action_points", args=[cast.maths.pk]) + "?state=dropped").text
    )


def test_what_somebody_promised_who_leaves_is_dropped_and_the_facilitator_hears(cast, promise, membership):
    point, done = promise(), promise(text="Al gedaan")
    answer(done, by=cast.amina, went=Tried.TRIED)
    plg.leave(membership(cast.amina), by=cast.amina)
    point.refresh_from_db()
    assert point.state == ActionState.DROPPED and point.dropped_because
    assert ActionPoint.objects.get(pk=done.pk).state == ActionState.DONE
    news = Activity.objects.get(kind="meetings.released")
    assert news.facts == {"count": 1}
    assert [row.person for row in news.notifications.all()] == [cast.fatima]


def test_a_completed_plg_asks_nothing_more(cast, promise, thursday):
    point = promise()
    with override("en"):  # who completes it reads English
        plg.close(cast.maths, by=cast.fatima, outcome="We vouwen eerst.")
    point.refresh_from_db()
    assert (point.state, point.dropped_because) == (ActionState.DROPPED, "Deze PLG is afgerond.")
    cast.maths.refresh_from_db()
    with pytest.raises(Refused):
        agree(cast.maths, by=cast.fatima, holders=list(cast.maths.memberships.all()), text="Nog iets")


# Lists ---------------------------------------------------------------------------------------------


def test_lists_ask_as_much_for_three_as_for_one(cast, promise, signed_in):
    amina = signed_in(cast.amina)
    pages = [
        reverse("meetings:my_action_points"),
        reverse("meetings:action_points", args=[cast.maths.pk]),
        reverse("meetings:action_points", args=[cast.maths.pk]) + "?state=done",
    ]
    counts = []
    for rows in (1, 3):
        for n in range(rows):
            promise(text=f"Open {rows}{n}")
            answer(promise(text=f"Klaar {rows}{n}"), by=cast.amina, went=Tried.TRIED)
            promise(cast.tom, text=f"Van Tom {rows}{n}")
        for page in pages:
            amina.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert all(amina.get(page).status_code == 200 for page in pages)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_of_the_plg_fetches_a_promise_once_though_it_also_asks_about_it(cast, promise, signed_in, at):
    page, counts = reverse("communities:home", args=[cast.maths.pk]), []
    amina = signed_in(cast.amina)
    with at("2026-11-19 08:00:00+01:00"):
        for rows in (1, 2):
            promise(text=f"Vouw {rows}")
            amina.get(page)
            with CaptureQueriesContext(connection) as asked:
                shown = amina.get(page)
            assert [ask.about.text for ask in shown.context["asks"]] == [f"Vouw {n}" for n in range(1, rows + 1)]
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_a_long_list_turns_over_in_pages(cast, thursday, membership, signed_in):
    for n in range(32):
        agree(cast.maths, by=cast.fatima, holders=[membership(cast.tom)], text=f"Iets {n:02}")
    address = reverse("meetings:action_points", args=[cast.maths.pk])
    amina = signed_in(cast.amina)
    assert "Iets 31" not in amina.get(address).text
    assert "?page=2&amp;state=open" in amina.get(address).text
    assert "Iets 31" in amina.get(address + "?page=2").text
    assert amina.get(address + "?page=nonsense&state=nonsense").status_code == 200


def test_a_guest_sees_her_own_and_nothing_else(cast, promise, signed_in):
    hers, other = promise(cast.gijs), promise()
    gijs = signed_in(cast.gijs)
    assert gijs.get(hers.get_absolute_url()).status_code == 200
    assert gijs.get(other.get_absolute_url()).status_code == 404
    assert FOLD in gijs.get(reverse("meetings:my_action_points")).text


def test_an_address_promises_too_and_keeps_it_when_it_gets_an_account(cast, thursday):
    row = Membership.objects.create(
        community=cast.maths, address="nieuw@school.example", name="Nieuwe Collega", state=MembershipState.ACTIVE
    )
    point = agree(cast.maths, by=cast.fatima, holders=[row], text=FOLD)[0]
    assert ActionPoint.objects.for_list(cast.tom).get(pk=point.pk).holder == "Nieuwe Collega"
    new = people.person("Nieuwe Collega", "nieuw@school.example")
    accounts.arrive(new)
    point.refresh_from_db()
    assert (point.person, point.address) == (new, "")


def test_the_two_accounts_of_one_person_keep_what_both_promised(cast, promise):
    point = promise(cast.tom)
    for follow in merges.values():
        follow(cast.amina, cast.tom)
    point.refresh_from_db()
    assert point.person == cast.amina
