"""Every letter about meetings has its words, in both languages, and shows no text that does not belong there."""

from datetime import date, time

import pytest

from activity import sending
from activity.kinds import ask_kinds, kinds
from activity.models import Delivery
from communities.meetings import actions, reminders
from communities.meetings.models import Meeting

MINE = [name for name in kinds if name.startswith("meetings.")]


@pytest.fixture
def letters(cast, thursday, mailserver):
    """Do the deed, let the letters go, and read those to Amina."""

    def read(deed):
        Delivery.objects.all().delete()
        mailserver.forget()
        deed(Meeting.objects.select_related("community").get(pk=thursday.pk))
        sending.send_due()
        return mailserver.to("amina.yildiz@school.example")

    return read


def text(letter):
    return letter.get_body(("plain",)).get_content()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_deed_has_one_letter_with_date_and_place(cast, letters, language):
    cast.amina.language = language
    cast.amina.save()
    deeds = [
        lambda meeting: actions.edit(meeting, by=cast.fatima, room="aula"),
        lambda meeting: actions.move(
            meeting, by=cast.fatima, held_on=date(2026, 12, 3), starts=time(16, 0), ends=time(17, 0)
        ),
        lambda meeting: actions.cancel(meeting, by=cast.fatima, because="studiedag"),
    ]
    for deed in deeds:
        (letter,) = letters(deed)
        assert "PLG Rekenen" in letter["Subject"]
        assert "26" in text(letter) or "3" in text(letter)
    assert "studiedag" in text(letter)


def test_the_letter_of_a_move_asks_whether_the_answer_still_holds(cast, letters, membership):
    def deed(meeting):
        actions.answer(meeting, membership(cast.amina), coming="room")
        actions.move(meeting, by=cast.fatima, held_on=date(2026, 12, 3), starts=time(15, 30), ends=time(17, 0))

    (letter,) = letters(deed)
    assert "/meetings/answer/" in letter.get_body(("html",)).get_content()


def test_news_of_a_meeting_that_was_cancelled_meanwhile_is_not_sent(cast, letters, at):
    def deed(meeting):
        actions.edit(meeting, by=cast.fatima, room="aula")
        actions.cancel(Meeting.objects.get(), by=cast.fatima)

    assert len(letters(deed)) == 1  # the cancellation only


def test_a_name_with_tags_stays_text(cast, letters):
    cast.maths.name = "PLG <b>Rekenen</b>\r\nBcc: x@y.z"
    cast.maths.save()
    (letter,) = letters(lambda meeting: actions.edit(meeting, by=cast.fatima, room="<script>alert(1)</script>"))
    assert letter["Bcc"] is None
    assert "<script>" not in letter.get_body(("html",)).get_content()


def test_every_kind_is_known(cast):
    assert set(MINE) >= {
        "meetings.planned", "meetings.moved", "meetings.cancelled", "meetings.changed", "meetings.guest_invited",
        "meetings.guest_released",
        "meetings.calendar", "meetings.taken_back", reminders.WEEK, reminders.DAY,
    }  # fmt: skip
    assert "meetings.answer" in ask_kinds


def test_who_wants_it_only_in_the_bell_still_gets_the_dates_for_her_calendar(cast, letters):
    cast.amina.paces.create(kind="meetings.moved", pace="never")
    (letter,) = letters(
        lambda meeting: actions.move(
            meeting, by=cast.fatima, held_on=date(2026, 12, 3), starts=time(15, 30), ends=time(17, 0)
        )
    )
    assert [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
