"""Mail follows people's life: who goes, by whatever road, hears nothing more of the PLG, also not what lay ready."""

from datetime import date

import pytest
from django.utils.timezone import now

from activity import digest, sending
from activity.journal import record
from activity.models import Ask, Delivery, Notification
from activity.tasks import tick
from communities.actions import close, leave, remove
from communities.discussions.actions import open_topic
from communities.meetings import actions, reminders
from communities.meetings.models import Meeting
from organisations.actions import end_affiliation
from people.models import User
from tests.cast import member, plg

REMOVED, CLOSED, TAKEN_BACK = "communities.removed", "communities.closed", "meetings.taken_back"


@pytest.fixture
def ready(cast, thursday, membership, at):
    """For Tom lie ready: two reminders, news for his letter, a letter that waits for morning, and the letter itself."""
    other = plg(cast.wissel, "PLG Taal")
    member(other, cast.els, "facilitator")
    member(other, cast.tom)
    reminders.queue([thursday])
    open_topic(cast.maths, by=cast.fatima, title="Stroken of cirkels?", text="Wat helpt?")
    open_topic(other, by=cast.els, title="Voorlezen?", text="Wat helpt?")
    with at("2026-11-09 21:00:00+01:00"):
        record("meetings.changed", by=cast.fatima, about=thursday, tell=[cast.tom], community=cast.maths)
        User.objects.filter(pk=cast.tom.pk).update(digest_next_at=now())
        digest.put_due()
    Delivery.objects.exclude(person=cast.tom).delete()
    kinds = set(Delivery.objects.filter(person=cast.tom, state="pending").values_list("kind", flat=True))
    assert {reminders.WEEK, reminders.DAY, "meetings.changed", digest.KIND} <= kinds
    return cast


def leaves(cast, seat):
    leave(seat, by=cast.tom)


def is_removed(cast, seat):
    remove(seat, by=cast.fatima, reason="")


def is_closed(cast, seat):
    close(cast.maths, by=cast.fatima, outcome="Wij leerden kijken.")


def works_nowhere(cast, seat):
    end_affiliation(cast.tom.affiliations.get(), by=cast.ben)


def is_deactivated(cast, seat):
    User.objects.filter(pk=cast.tom.pk).update(is_active=False)


def is_erased(cast, seat):
    User.objects.get(pk=cast.tom.pk).delete()


def everything_until(at, *moments):
    for moment in moments:
        with at(moment):
            for _again in range(3):
                tick()


@pytest.mark.parametrize(
    ("road", "may_come", "has_letter"),
    [
        (leaves, {TAKEN_BACK}, True),
        (is_removed, {TAKEN_BACK, REMOVED}, True),
        (is_closed, {TAKEN_BACK, CLOSED}, True),
        (works_nowhere, {"organisations.affiliation_ended"}, False),
        (is_deactivated, set(), False),
        (is_erased, set(), False),
    ],
)
def test_by_whatever_road_he_goes_nothing_of_it_reaches_him(
    ready, membership, mailserver, at, road, may_come, has_letter
):
    cast = ready
    with at("2026-11-09 21:05:00+01:00"):
        road(cast, membership(cast.tom))
    everything_until(at, "2026-11-10 10:00+01:00", "2026-11-19 10:00+01:00", "2026-11-26 10:00+01:00")
    mine = Delivery.objects.filter(person=cast.tom, state="sent")
    came = set(mine.values_list("kind", flat=True)) - {digest.KIND}
    assert came <= may_come
    letters = [
        mail.get_body(("plain",)).get_content() for mail in mailserver.to(cast.tom.email) if "List-Unsubscribe" in mail
    ]
    weekly = "".join(text for text in letters if "Stroken of cirkels?" in text or "Voorlezen?" in text)
    assert ("Voorlezen?" in weekly) == has_letter
    if road is not is_closed:  # of a completed PLG its members still read what was said
        assert "Stroken" not in weekly


def test_no_request_and_no_number_in_the_bell_is_left_of_it(ready, membership):
    cast = ready
    leave(membership(cast.tom), by=cast.tom)
    assert not Ask.objects.open().filter(person=cast.tom, community_id=cast.maths.pk).exists()
    assert not Notification.objects.unread().filter(person=cast.tom, activity__community_id=cast.maths.pk).exists()


def test_whoever_leaves_while_a_worker_holds_the_reminder_does_not_get_it(ready, membership, mailserver, at):
    cast = ready
    with at("2026-11-25 09:00+01:00"):
        claimed = sending.claim(now())
        assert {reminders.WEEK, reminders.DAY} & {letter.kind for letter in claimed}
        leave(membership(cast.tom), by=cast.tom)
        sending.send(claimed)
    sent = Delivery.objects.filter(person=cast.tom, state="sent")
    assert not sent.filter(community_id=cast.maths.pk).exclude(kind=TAKEN_BACK).exists()


def test_a_moved_meeting_is_reminded_of_at_its_new_moment_only(ready, thursday, mailserver, at):
    """Also when a worker held the old reminder while it was moved."""
    cast = ready
    with at("2026-11-19 08:00:30+01:00"):
        claimed = sending.claim(now())
        meeting = Meeting.objects.get(pk=thursday.pk)
        actions.move(meeting, by=cast.fatima, held_on=date(2026, 12, 3), starts=meeting.starts, ends=meeting.ends)
        sending.send(claimed)
    slots = Delivery.objects.filter(kind__in=[reminders.WEEK, reminders.DAY], person=cast.tom)
    assert not slots.filter(state="sent").exists()
    everything_until(at, "2026-11-25 10:00+01:00")
    assert not slots.filter(state="sent").exists()
    everything_until(at, "2026-11-26 10:00+01:00", "2026-12-02 10:00+01:00")
    assert set(slots.filter(state="sent").values_list("slot", flat=True)) == {
        "week:2026-12-03T15:30",
        "day:2026-12-03T15:30",
    }
