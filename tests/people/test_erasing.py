"""Somebody is erased: nothing of her is left, and what others read stays readable."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.cache import cache
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils.timezone import now

from activity.journal import record
from activity.looks import note
from activity.models import Activity, Look
from communities.choices import Role
from communities.discussions.actions import open_topic, reply
from communities.models import Complaint, LogbookEntry, Membership
from core.refusals import Refused
from core.time import today
from organisations.choices import HoursKind, RoleKind
from organisations.hours import write
from organisations.models import Hours
from people import erasing
from people.models import DataExport, Erasure, Leaving, User
from tests.cast import member, person, plg, role, works
from tests.people.scan import in_broker, in_database, in_files, with_number


@pytest.fixture
def gone(django_capture_on_commit_callbacks):
    """Erases somebody at once: she asked, and the days in which she could come back on it are over."""

    def erase(person, **wishes):
        with django_capture_on_commit_callbacks(execute=True):
            if wishes:
                Leaving.objects.update_or_create(person=person, defaults=wishes)
            else:
                erasing.ask(person)
            Leaving.objects.filter(person=person).update(due_at=now() - timedelta(minutes=1))
        with django_capture_on_commit_callbacks(execute=True):
            return erasing.erase(person.pk)

    return erase


def traces(who):
    return [who.name, who.email, sha256(who.email.encode()).hexdigest()]


def test_nothing_of_her_is_left(cast, gone, signed_in, mailserver, valkey, settings):
    amina = cast.amina
    browser = signed_in(amina)
    browser.get(reverse("home"))
    write(amina, kind=HoursKind.MEETING, minutes=90, held_on=today(), source="meeting:1", community=cast.maths)
    note(cast.ben, [amina], "organisations.person")
    DataExport.objects.create(person=amina)
    record("tests.said", by=amina, about=amina, tell=[cast.tom], who=amina.name, address=amina.email)
    cache.set(f"x:{sha256(amina.email.encode()).hexdigest()}", "attempts")
    cache.set("page", f"<b>{amina.name}</b>")
    words = traces(amina)
    assert in_database(*words)
    assert in_broker(valkey, *words)

    assert gone(amina)

    assert in_database(*words) == {}
    assert with_number(amina.pk, besides=["people_erasure"]) == {}
    assert in_broker(valkey, *words) == []
    assert in_files(*words) == []
    assert mailserver.to(amina.email)[-1]["Subject"] == "Je account is weg"
    assert browser.get(reverse("home")).wsgi_request.user.is_anonymous
    assert Erasure.objects.get().person_id == amina.pk


def test_the_application_can_do_it(cast, gone, as_application):
    assert gone(cast.amina)
    assert not User.objects.filter(pk=cast.amina.pk).exists()


def test_the_application_cannot_do_it_to_whom_it_likes(cast, as_application):
    with pytest.raises(Exception, match="Nobody asked for this"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT erase_from_audit(%s)", [cast.amina.pk])


@pytest.mark.parametrize("deed", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["activity_look", "people_erasure"])
def test_the_application_cannot_rewrite_who_looked_or_who_went(as_application, deed, table):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(deed.format(table))


def test_conversations_stay_readable(cast, gone, signed_in):
    member(cast.maths, cast.els)
    topic = open_topic(
        cast.maths, by=cast.amina, kind="conversation", title="Breuken met stroken", text="Wie doet mee?"
    )
    reply(topic, by=cast.tom, text="Ik! Dank je @Amina Yildiz.")
    gone(cast.amina)
    page = signed_in(cast.tom).get(topic.get_absolute_url()).content.decode()
    assert "Wie doet mee?" in page
    assert "Oud-lid" in page
    assert "oud-lid" in page
    assert "Amina" not in page
    found = signed_in(cast.tom).get(reverse("search:search"), {"q": "stroken"}).content.decode()
    assert "Breuken met" in found


def test_names_in_what_others_wrote_stay_where_she_wished_so(cast, gone):
    topic = open_topic(cast.maths, by=cast.tom, kind="conversation", title="Dank", text="Dank aan Amina Yildiz.")
    gone(cast.amina, hides_name=False)
    assert "Amina Yildiz" in topic.posts.get().text


def test_who_has_the_same_name_keeps_hers(cast, gone):
    person("Amina Yildiz", "amina2@elders.example")
    topic = open_topic(cast.maths, by=cast.tom, kind="conversation", title="Dank", text="Dank aan Amina Yildiz.")
    gone(cast.amina)
    assert "Amina Yildiz" in topic.posts.get().text


def test_hours_stay_in_the_sums_of_the_school(cast, gone):
    write(cast.amina, kind=HoursKind.MEETING, minutes=90, held_on=today(), source="meeting:1", community=cast.maths)
    gone(cast.amina)
    row = Hours.objects.get()
    assert (row.person, row.minutes, row.school, row.source) == (None, 90, cast.regenboog, "")


def test_a_seat_comes_free_for_the_first_in_line(cast, gone):
    cast.maths.seats_min, cast.maths.seats_max = 2, 3
    cast.maths.save()
    waiting = member(cast.maths, cast.els, state="waiting", joined_at=None, waiting_since=now())
    gone(cast.amina)
    waiting.refresh_from_db()
    assert waiting.state == "offered"


def test_an_entry_in_the_logbook_of_the_plg_stays(cast, gone, signed_in):
    mine = LogbookEntry.objects.create(person=cast.amina, happened_on=today(), text="Alleen voor mij")
    ours = LogbookEntry.objects.create(
        person=cast.amina,
        community=cast.maths,
        is_of_the_plg=True,
        happened_on=today(),
        text="Van ons",
        shared_at=now(),
    )
    gone(cast.amina)
    assert not LogbookEntry.objects.filter(pk=mine.pk).exists()
    assert "Oud-lid" in signed_in(cast.tom).get(ours.get_absolute_url()).content.decode()


def test_what_she_shared_of_her_own_logbook_goes_and_is_found_no_more(cast, gone):
    from communities.search import index
    from communities.search.models import SearchText

    shared = LogbookEntry.objects.create(
        person=cast.amina, community=cast.maths, happened_on=today(), text="Stroken vouwen", shared_at=now()
    )
    index.follow(shared)
    assert gone(cast.amina)
    assert not LogbookEntry.objects.exists()
    assert not SearchText.objects.filter(text__contains="Stroken").exists()


def test_erased_twice_is_once(cast, gone):
    assert gone(cast.amina)
    assert not erasing.erase(cast.amina.pk)
    assert Erasure.objects.count() == 1


def test_before_its_day_nothing_happens(cast):
    erasing.ask(cast.amina)
    assert not erasing.erase(cast.amina.pk)
    assert erasing.erase_due() == 0
    erasing.withdraw(cast.amina)
    assert not Leaving.objects.exists()


def test_the_only_facilitator_hands_over_first(cast, gone):
    with pytest.raises(Refused, match="PLG Rekenen"):
        erasing.ask(cast.fatima)
    Membership.objects.filter(person=cast.tom).update(role=Role.CO_FACILITATOR)
    assert gone(cast.fatima)


def test_who_has_a_role_gives_it_on_first(cast, gone):
    for who in (cast.bram, cast.ben, cast.noor, cast.paula):
        with pytest.raises(Refused, match="rol"):
            erasing.ask(who)
    cast.bram.roles.update(ended_at=now())
    assert gone(cast.bram)


def test_what_came_in_the_way_meanwhile_is_said(cast, gone):
    erasing.ask(cast.amina)
    role(cast.amina, RoleKind.PLANNER, cast.regenboog)
    Leaving.objects.update(due_at=now() - timedelta(1))
    assert not erasing.erase(cast.amina.pk)
    assert not erasing.erase(cast.amina.pk)
    assert Activity.objects.filter(kind="people.leaving_waits").count() == 1


def test_who_did_something_to_others_is_taken_out_of_the_history(cast, gone):
    ended = role(cast.els, RoleKind.PLANNER, cast.regenboog)
    ended.given_by = cast.bram
    ended.save()
    cast.bram.roles.update(ended_at=now())
    gone(cast.bram)
    events = type(ended).pgh_event_model.objects
    assert not events.filter(person_id=cast.bram.pk).exists()
    assert not events.filter(given_by_id=cast.bram.pk).exists()
    assert events.filter(person_id=cast.els.pk).exists()


def test_a_complaint_that_was_handled_stands_without_its_confidant(cast, gone):
    complaint = Complaint.objects.create(
        community=cast.maths, confidant=cast.els, text="Het liep niet", handled_at=now()
    )
    gone(cast.els)
    complaint.refresh_from_db()
    assert complaint.confidant is None


def test_an_account_that_was_merged_goes_along(cast, gone):
    other = person("", "1@merged.invalid", is_active=False, merged_into=cast.amina)
    works(other, cast.wissel)
    gone(cast.amina)
    assert not User.objects.filter(pk=other.pk).exists()


def test_who_is_forgotten_by_an_app_is_not_half_erased(cast, gone, monkeypatch):
    from core.registry import erasures

    monkeypatch.delitem(erasures, "meetings")
    plg(cast.regenboog, created_by=cast.amina)
    from communities.meetings.models import ExitTicket, Run

    run = Run.objects.create(community=cast.maths, title="x", code="abc")
    ExitTicket.objects.create(run=run, person=cast.amina, worth=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        gone(cast.amina)
    assert Membership.objects.filter(person=cast.amina).exists()


def test_a_backup_that_is_put_back_erases_again(cast, gone, django_capture_on_commit_callbacks):
    pk, before = cast.amina.pk, now()
    lines = [(pk, before + timedelta(hours=1)), (999_999, before)]
    with django_capture_on_commit_callbacks(execute=True):
        assert erasing.replay(lines) == 1
    assert in_database(*traces(cast.amina)) == {}


def test_a_number_that_was_given_out_again_is_somebody_else(cast):
    early = cast.amina.created_at - timedelta(days=1)
    assert erasing.replay([(cast.amina.pk, early)]) == 0


def test_the_list_for_backups_says_only_number_and_moment(cast, gone):
    gone(cast.amina)
    assert [pk for pk, _at in erasing.read_journal(erasing.journal().read_text())][-1] == cast.amina.pk
    with pytest.raises(ValueError, match="Amina"):
        erasing.read_journal("1 Amina")


def test_who_looked_is_seen_once_a_day(cast):
    note(cast.ben, [cast.amina, cast.ben], "organisations.person")
    note(cast.ben, [cast.amina], "organisations.person")
    assert Look.objects.get().person == cast.amina


def test_the_command_for_a_backup_reads_the_list(cast, gone, tmp_path):
    from django.core.management import CommandError, call_command

    kept = tmp_path / "erasures.txt"
    kept.write_text(f"{cast.amina.pk} {(now() + timedelta(hours=1)).isoformat()}\n")
    call_command("replay_erasures", str(kept))
    assert not User.objects.filter(pk=cast.amina.pk).exists()
    kept.write_text("Amina")
    with pytest.raises(CommandError):
        call_command("replay_erasures", str(kept))
    with pytest.raises(CommandError):
        call_command("replay_erasures", str(tmp_path / "nothing"))
