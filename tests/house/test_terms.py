"""What is over its time goes at night: by the platform's own terms, and by those of boards."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils.timezone import now

from activity.journal import record
from activity.looks import note
from activity.models import Activity, Delivery, Look, Notification
from communities.choices import State
from communities.discussions.actions import open_topic
from communities.discussions.models import Draft, Topic
from communities.meetings.models import AgendaItem, Attendance
from communities.models import Community, HomeTask
from core.refusals import Refused
from core.registry import terms
from organisations.choices import HoursKind
from organisations.hours import write
from organisations.models import BoardTerm, Hours, Invitation
from organisations.terms import TermReport, carry_out, choose
from people import actions as people
from people.erasing import erase_due
from people.models import User
from tests.cast import meeting, person, plg, role, works


def news(person, days):
    seen = Activity.objects.create(kind="people.joined", at=now() - timedelta(days=days))
    return Notification.objects.create(person=person, activity=seen)


def left(*rows):
    return [type(row).objects.filter(pk=row.pk).exists() for row in rows]


def test_without_a_word_of_a_board_the_platforms_own_term_holds(cast):
    old, new = news(cast.amina, 366), news(cast.amina, 364)
    report = carry_out()
    assert left(old, new) == [False, True]
    assert report.counts["notifications"] == 1
    assert report.failed == []


def test_a_board_shortens_for_its_people_only(cast):
    choose(cast.board, "notifications", 60, by=cast.ben)
    rows = news(cast.amina, 70), news(cast.amina, 50), news(cast.dele, 70)
    carry_out()
    assert left(*rows) == [False, True, True]


def test_a_board_lengthens_for_whom_no_other_board_is_stricter(cast):
    choose(cast.board, "notifications", 730, by=cast.ben)
    works(cast.tom, cast.waterlelie)
    rows = news(cast.amina, 500), news(cast.tom, 500), news(cast.paula, 500), news(cast.amina, 740)
    carry_out()
    assert left(*rows) == [True, False, False, False]


def test_the_strictest_of_two_boards_that_chose_holds(cast):
    choose(cast.board, "notifications", 90, by=cast.ben)
    choose(cast.other_board, "notifications", 60, by=cast.paula)
    works(cast.tom, cast.waterlelie)
    rows = news(cast.amina, 70), news(cast.tom, 70), news(cast.dele, 70)
    carry_out()
    assert left(*rows) == [True, False, False]


@pytest.mark.parametrize("days", [0, 29, 731, 100_000])
def test_out_of_bounds_is_refused(cast, days):
    with pytest.raises(Refused):
        choose(cast.board, "notifications", days, by=cast.ben)


def test_what_is_the_same_for_all_cannot_be_chosen(cast):
    with pytest.raises(Refused):
        choose(cast.board, "journal", 400, by=cast.ben)


def test_the_usual_one_again_leaves_no_row(cast):
    choose(cast.board, "notifications", 60, by=cast.ben)
    choose(cast.board, "notifications", 365, by=cast.ben)
    assert not BoardTerm.objects.exists()
    assert [row.facts["after"] for row in Activity.objects.filter(kind="organisations.term_set").order_by("pk")] == [
        60,
        365,
    ]


def test_one_kind_that_fails_keeps_no_other_from_its_work(cast, monkeypatch):
    old = news(cast.amina, 400)

    def fails(over):
        raise RuntimeError

    broken = terms["requests"]
    monkeypatch.setitem(terms, "requests", type(broken)(broken.title, broken.goes, 1, fails))
    report = carry_out()
    assert report.failed == ["requests"]
    assert left(old) == [False]


def test_drafts_invitations_and_hours(cast):
    draft = Draft.objects.create(person=cast.amina, community=cast.maths, text="x")
    Draft.objects.update(changed_at=now() - timedelta(days=181))
    old = Invitation.objects.create(email="a@b.example", school=cast.regenboog, expires_at=now() - timedelta(days=91))
    new = Invitation.objects.create(email="c@b.example", school=cast.regenboog, expires_at=now() - timedelta(days=89))
    write(cast.amina, kind=HoursKind.MEETING, minutes=60, held_on=(now() - timedelta(days=1826)).date(), source="x:1")
    report = carry_out()
    assert left(draft, old, new) == [False, False, True]
    assert (Hours.objects.get().person, Hours.objects.get().minutes) == (None, 60)
    assert report.failed == []


def test_a_letter_that_still_waits_is_never_cleared(cast):
    waits = Delivery.objects.create(person=cast.amina, kind="x.y", occasion="1", due_at=now() - timedelta(days=400))
    carry_out()
    assert left(waits) == [True]


def test_the_audit_goes_after_its_term_also_as_the_application(cast, as_application):
    note(cast.ben, [cast.amina], "organisations.person")
    record("tests.said", by=cast.amina)
    assert carry_out().failed == []
    assert Look.objects.exists()
    assert Activity.objects.filter(kind="tests.said").exists()


def test_nobody_takes_away_the_audit_of_the_last_year(as_application):
    from activity.clearing import clear_audit
    from organisations.terms import Over

    over = Over("journal", now() + timedelta(days=1825 - 300))
    with pytest.raises(Exception, match="of the last year stay"), transaction.atomic():
        clear_audit(over, "journal")


def test_old_audit_rows_go(cast):
    Look.objects.create(by=cast.ben, person=cast.amina, page="x", at=now() - timedelta(days=1100))
    Activity.objects.create(kind="tests.old", at=now() - timedelta(days=1826))
    counts = carry_out().counts
    assert (counts["looks"], counts["journal"]) == (1, 1)


def close(community, days):
    Community.objects.filter(pk=community.pk).update(state=State.CLOSED, closed_at=now() - timedelta(days=days))


def made_by(community, cast):
    open_topic(community, by=cast.amina, kind="conversation", title="Breuken", text="Wie?")
    HomeTask.objects.create(community=community, title="Doe dit", text="x", due_on=now().date())
    held = meeting(community, days=-7)
    item = AgendaItem(community=community, meeting=held, title="Kijken")
    item.attachment.save("x.pdf", ContentFile(b"x"))
    Attendance.objects.create(meeting=held, person=cast.amina, was_there=True, minutes=60)
    return item.attachment


def test_what_a_completed_plg_made_goes_after_it_was_told(cast, time_machine, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        file = made_by(cast.maths, cast)
    close(cast.maths, 1095 - 29)
    carry_out()
    told = Notification.objects.filter(activity__kind="communities.clearing_soon")
    assert {row.person for row in told} == {cast.fatima, cast.amina, cast.tom}
    carry_out()
    assert told.count() == 3
    assert Topic.objects.exists()
    time_machine.move_to(now() + timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert carry_out().failed == []
    cast.maths.refresh_from_db()
    assert (Topic.objects.count(), HomeTask.objects.count(), AgendaItem.objects.count()) == (0, 0, 0)
    assert not file.storage.exists(file.name)
    assert cast.maths.cleared_at
    assert Attendance.objects.exists()


def test_a_shorter_term_never_takes_away_what_nobody_was_told_of(cast):
    made_by(cast.maths, cast)
    close(cast.maths, 2000)
    carry_out()
    assert Topic.objects.exists()


def test_in_a_plg_of_two_boards_the_strictest_holds(cast):
    works(cast.dele, cast.regenboog)
    from tests.cast import member

    member(cast.maths, cast.dele)
    cast.maths.memberships.filter(person=cast.dele).update(school=cast.waterlelie)
    own = plg(cast.regenboog, "PLG Taal")
    for community in (cast.maths, own):
        close(community, 400)
    choose(cast.other_board, "contents", 365, by=cast.paula)
    carry_out()
    told = Activity.objects.filter(kind="communities.clearing_soon")
    assert [row.about for row in told] == [cast.maths]


def test_a_living_plg_is_never_cleared(cast):
    made_by(cast.maths, cast)
    Community.objects.update(created_at=now() - timedelta(days=9000))
    carry_out()
    assert Topic.objects.exists()


def test_the_page_says_what_holds_and_what_went(cast, signed_in):
    news(cast.amina, 400)
    choose(cast.board, "drafts", 60, by=cast.ben)
    carry_out()
    page = signed_in(cast.ben).get(reverse("organisations:retention")).content.decode()
    assert "Stichting De Brug: 2 maanden" in page
    assert reverse("organisations:board_terms", args=[cast.board.pk]) in page
    network = signed_in(cast.noor).get(reverse("organisations:retention")).content.decode()
    assert "Stichting De Brug: 2 maanden" in network
    assert reverse("organisations:board_terms", args=[cast.board.pk]) not in network
    assert signed_in(cast.amina).get(reverse("organisations:retention")).status_code == 403


def test_a_board_sets_its_terms_on_screen(cast, signed_in):
    url = reverse("organisations:board_terms", args=[cast.board.pk])
    browser = signed_in(cast.ben)
    values = {name: browser.get(url).context["form"][name].initial for name, term in terms.items() if term.is_chosen}
    answer = browser.post(url, values | {"notifications": 90})
    assert answer.url == reverse("organisations:retention")
    assert [(row.kind, row.days) for row in BoardTerm.objects.all()] == [("notifications", 90)]
    assert browser.post(url, values | {"notifications": 5}).status_code == 422
    assert signed_in(cast.noor).post(url, values).status_code == 403


def test_an_account_that_nobody_ever_used_goes_without_a_letter(cast, mailserver, django_capture_on_commit_callbacks):
    old = now() - timedelta(days=366)
    never, works_here = person("Nooit Gekomen", joined_at=None), person("Komt Nog", joined_at=None)
    works(works_here, cast.regenboog)
    User.objects.filter(pk__in=[never.pk, works_here.pk, cast.dele.pk]).update(created_at=old)
    with django_capture_on_commit_callbacks(execute=True):
        assert carry_out().counts["unused"] == 1
    assert left(never, works_here, cast.dele) == [False, True, True]
    assert mailserver.to(never.email) == []


def test_whoever_has_a_role_waiting_is_not_put_down_to_be_erased(cast, django_capture_on_commit_callbacks):
    never = person("Nooit Gekomen", joined_at=None)
    User.objects.filter(pk=never.pk).update(created_at=now() - timedelta(days=366))
    waiting = role(never, "network_admin", cast.network)
    with django_capture_on_commit_callbacks(execute=True):
        carry_out()
        assert not never.notifications.exists()
        people.arrive(never)  # she comes after all, and later gives her role on
        waiting.delete()
        erase_due()
    assert left(never) == [True]


def test_one_account_that_cannot_go_keeps_no_other_from_going(cast, django_capture_on_commit_callbacks):
    stuck, never = person("Aa Vast", joined_at=None), person("Nooit Gekomen", joined_at=None)
    User.objects.filter(pk__in=[stuck.pk, never.pk]).update(created_at=now() - timedelta(days=366))
    with connection.cursor() as cursor:  # a table of nobody's, that points at her
        cursor.execute("CREATE TABLE stray (person bigint REFERENCES people_user DEFERRABLE INITIALLY DEFERRED)")
        cursor.execute("INSERT INTO stray VALUES (%s)", [stuck.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert carry_out().counts["unused"] == 1
    assert left(stuck, never) == [True, False]


def test_when_a_board_goes_up_into_another_the_strictest_term_holds(cast):
    from core.registry import mergers

    choose(cast.board, "notifications", 60, by=cast.ben)
    choose(cast.board, "drafts", 365, by=cast.ben)
    mergers["terms"](cast.board, cast.other_board)
    assert [(row.board, row.kind, row.days) for row in BoardTerm.objects.all()] == [
        (cast.other_board, "notifications", 60)
    ]


def test_reports_of_nights_are_not_kept_for_ever(cast):
    TermReport.objects.create(at=now() - timedelta(days=400))
    carry_out()
    assert TermReport.objects.count() == 1
