"""After the day: minutes from the door, certificates, the ledger, thanks, and an evaluation that belongs to nobody."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from activity.models import Ask, Delivery, Notification
from core.refusals import Refused
from events import attending, evaluating, merging, tasks
from events.actions import after, checking, moving, registering
from events.choices import Part
from events.models import Answer, Certificate, CheckIn, EvaluationToken, Event
from organisations.models import Hours
from tests import cast as make
from tests.events import world
from tests.events.offers import sits


@pytest.fixture
def lab(cast):
    """Yesterday's lab, from one o'clock to half past five, with a programme; nobody rounded it off yet."""
    return world.an_event(cast, "running", days=-1, programme="release")


def door(event, registration, direction, hour, minute=0, session=None):
    """What was written at the door at that hour of the day."""
    return CheckIn.objects.create(
        event=event, registration=registration, direction=direction, session=session, key=uuid4(),
        at=world.at(event.held_on, hour, minute),
    )  # fmt: skip


def there(event, person=None, **fields):
    """Somebody who was there from beginning to end."""
    row = world.comes(event, person, **fields)
    door(event, row, "in", 12, 50)
    return row


def minutes(event, row):
    return attending.of_event(event, [row])[row.pk].total


# Minutes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scans", "counted"),
    [
        ([], 0),
        ([("in", 12, 30)], 270),  # before it began and after it ended nothing counts
        ([("in", 14, 0), ("out", 15, 0)], 60),
        ([("in", 14, 0), ("in", 14, 1), ("out", 15, 0), ("out", 15, 5)], 65),  # two devices
        ([("in", 13, 0), ("out", 14, 0), ("in", 15, 0), ("out", 16, 0)], 120),
        ([("in", 13, 0), ("undo", 13, 1)], 0),
        ([("in", 13, 0), ("in", 13, 1), ("undo", 13, 2)], 0),
        ([("in", 13, 0), ("out", 14, 0), ("undo", 14, 1)], 270),  # the out was a mistake
        ([("out", 14, 0)], 0),
        ([("in", 18, 0)], 0),
    ],
)
def test_minutes_follow_from_the_door(lab, scans, counted):
    row = world.comes(lab)
    for direction, hour, minute in scans:
        door(lab, row, direction, hour, minute)
    assert minutes(lab, row) == counted


def test_who_was_scanned_at_a_session_was_there_and_no_minute_counts_twice(lab):
    row, session = world.comes(lab), lab.sessions.get(title="Breuken zien")
    door(lab, row, "in", 14, 0, session=session)
    assert minutes(lab, row) == 60
    door(lab, row, "in", 14, 30)
    door(lab, row, "out", 15, 30)
    found = attending.of_event(lab, [row])[row.pk]
    assert found.total == 90
    assert found.sessions == [session.pk]


def test_sessions_are_those_where_she_had_a_place_and_was_in_the_house(lab):
    row, elsewhere = there(lab), there(lab)
    workshop = lab.sessions.get(title="Breuken zien")
    sits(workshop, row)
    found = attending.of_event(lab, [row, elsewhere])
    titles = {each.pk: each.title for each in lab.sessions.all()}
    assert [titles[pk] for pk in found[row.pk].sessions] == ["Welkom", "Breuken zien", "Soep en napraten"]
    assert [titles[pk] for pk in found[elsewhere.pk].sessions] == ["Welkom", "Soep en napraten"]
    door(lab, elsewhere, "in", 14, 5, session=workshop)  # somebody is scanned at that door: a seat says no more
    assert workshop.pk not in attending.of_event(lab, [row])[row.pk].sessions


def test_two_days_give_two_rows_and_a_night_of_the_clock_counts_its_real_hours(cast):
    day = world.today() - timedelta(days=3)
    event = world.an_event(cast, "over", held_on=day, last_on=day + timedelta(days=1), starts=time(9), ends=time(12))
    row = world.comes(event, cast.amina)
    CheckIn.objects.create(event=event, registration=row, at=world.at(day, 9, 0), key=uuid4())
    CheckIn.objects.create(event=event, registration=row, at=world.at(day + timedelta(days=1), 11), key=uuid4())
    after.round_off(event)
    rows = Hours.objects.filter(person=cast.amina, source__startswith=f"event:{event.pk}:").order_by("held_on")
    assert [(each.held_on, each.minutes) for each in rows] == [(day, 180), (day + timedelta(days=1), 60)]
    assert Certificate.objects.get(registration=row).minutes == 240


# Rounding off -------------------------------------------------------------------------------------


def test_what_ended_is_rounded_off_once_with_thanks_certificate_and_hours(cast, lab):
    row, missed = there(lab, cast.amina), world.comes(lab, cast.tom)
    for _time in range(2):
        tasks.tick()
    assert Certificate.objects.get().registration == row
    assert Hours.objects.get(source=f"event:{lab.pk}:{lab.held_on}", person=cast.amina).minutes == 270
    assert not Hours.objects.filter(person=cast.tom, source__startswith=f"event:{lab.pk}").exists()
    told = Notification.objects.filter(activity__kind="events.thanked")
    assert [each.person for each in told] == [cast.amina]
    assert Ask.objects.filter(kind="events.thanked", closed_at=None).get().person == cast.amina
    assert not EvaluationToken.objects.filter(registration=missed).exists()


def test_the_organiser_rounds_off_and_what_is_after_that_counts_no_more(cast):
    event = world.an_event(cast, "running", starts=time(0, 0), ends=time(23, 59))
    row = world.comes(event, cast.amina)
    begun = now() - timedelta(minutes=5)
    CheckIn.objects.create(event=event, registration=row, at=begun, key=uuid4())
    moving.take(event, "end", by=cast.noor)
    assert Certificate.objects.get().minutes <= 6


@pytest.mark.parametrize("state", ["concept", "cancelled", "archived"])
def test_what_never_was_or_was_long_ago_mails_nobody(cast, state):
    event = world.an_event(cast, state, days=-2)
    there(event, cast.amina)
    assert after.round_off_due() == 0
    assert not Delivery.objects.filter(kind="events.thanked").exists()


def test_a_guest_is_thanked_and_asked_and_gets_no_certificate(cast, lab):
    row = there(lab, address="joke@thuis.example", name="Joke")
    after.round_off(lab)
    assert Delivery.objects.get(kind="events.thanked").address == "joke@thuis.example"
    assert EvaluationToken.objects.get().registration == row
    assert not Certificate.objects.exists()


def test_a_tap_that_a_device_sends_later_still_counts(cast):
    event = world.an_event(cast, "running", days=-1, starts=time(0, 0), ends=time(23, 59))
    row = world.comes(event, cast.amina)
    after.round_off(event)
    assert not Certificate.objects.exists()
    key = str(uuid4())
    for _time in range(2):
        checking.check_in(event, by=cast.noor, rows=[{"key": key, "code": f"#{row.pk}", "ago": 24 * 3600}])
    assert Certificate.objects.get().minutes == minutes(event, row) > 0
    assert Notification.objects.filter(activity__kind="events.thanked").count() == 1


# Putting right ------------------------------------------------------------------------------------


def test_a_correction_corrects_certificate_and_hours_and_says_so_once(cast, lab):
    row = there(lab, cast.amina)
    after.round_off(lab)
    span = (world.at(lab.held_on, 13), world.at(lab.held_on, 15))
    for _time in range(2):
        after.correct(row, by=cast.noor, days=[span])
    assert Certificate.objects.get().minutes == 120
    assert Hours.objects.get(source__startswith=f"event:{lab.pk}", person=cast.amina).minutes == 120
    assert Notification.objects.filter(activity__kind="events.certificate_ready").count() == 1
    after.correct(row, by=cast.noor, days=[])
    assert not Certificate.objects.exists()
    assert not Hours.objects.filter(source__startswith=f"event:{lab.pk}", person=cast.amina, minutes__gt=0).exists()
    assert not Ask.objects.filter(kind="events.thanked", closed_at=None).exists()
    assert CheckIn.objects.filter(registration=row).count() > 3  # written is written


def test_a_device_cannot_undo_what_was_put_right(cast, lab):
    row = world.comes(lab, cast.amina)
    after.round_off(lab)
    after.correct(row, by=cast.noor, days=[])
    tap = {"key": str(uuid4()), "code": f"#{row.pk}", "ago": 3600 * 12}
    checking.check_in(lab, by=cast.noor, rows=[tap], device=attending.CORRECTION)
    assert minutes(lab, row) == 0


@pytest.mark.parametrize("hours", [((15, 0), (14, 0)), ((11, 0), (14, 0)), ((14, 0), (18, 0))])
def test_hours_that_cannot_be_are_refused(cast, lab, hours):
    row = world.comes(lab, cast.amina)
    span = tuple(world.at(lab.held_on, *each) for each in hours)
    with pytest.raises(Refused):
        after.correct(row, by=cast.noor, days=[span])
    with pytest.raises(Refused):
        after.correct(row, by=cast.amina, days=[])


def test_where_nobody_stood_at_the_door_everybody_was_there(cast, lab):
    rows = [world.comes(lab) for _each in range(3)]
    assert after.everybody_came(lab, by=cast.noor) == 3
    after.round_off(lab)
    assert {each.minutes for each in Certificate.objects.all()} == {270}
    with pytest.raises(Refused):
        after.everybody_came(lab, by=cast.noor)
    after.correct(rows[0], by=cast.noor, days=[])
    assert Certificate.objects.count() == 2


def test_two_accounts_become_one_with_one_certificate_and_its_hours(cast, lab):
    double = make.person("Amina B")
    there(lab, double)
    world.comes(lab, cast.amina)
    after.round_off(lab)
    Hours.objects.filter(person=double).update(person=cast.amina)  # as `organisations` hands them over
    merging.merge(cast.amina, double)
    assert Certificate.objects.get().registration.person == cast.amina
    assert Hours.objects.get(source__startswith=f"event:{lab.pk}:").minutes == 270


# What people thought of it ------------------------------------------------------------------------


@pytest.fixture
def asked(cast, lab):
    """Eleven who were there and can answer."""
    for _each in range(11):
        there(lab)
    after.round_off(lab)
    lab.refresh_from_db()
    return list(EvaluationToken.objects.select_related("registration").order_by("pk"))


def later(event):
    """The evaluation is closed, and may be read."""
    Event.objects.filter(pk=event.pk).update(rounded_off_at=now() - timedelta(days=15))
    event.refresh_from_db()
    return event


def test_one_answers_once_and_nothing_leads_from_the_answer_to_her(cast, lab, asked):
    after.answer(asked[0], worth=4, better="Meer soep")
    with pytest.raises(Refused, match="al geantwoord"):
        after.answer(asked[0], worth=1)
    for token in asked[1:4]:
        after.answer(token, worth=5)
    rows = list(Answer.objects.order_by("pk").values())
    assert {row["on"] for row in rows} == {lab.last_on}
    assert {token.used_on for token in EvaluationToken.objects.exclude(used_on=None)} == {lab.last_on}
    known = {field.name for field in Answer._meta.fields}
    assert not known & {"registration", "person", "token", "at", "by", "created_at"}
    assert [row["better"] for row in rows if row["better"]] == ["Meer soep"]
    assert max(row["id"] for row in rows) > 10**9  # no number that counts on


def test_numbers_do_not_keep_the_order_in_which_people_came(cast, lab, asked):
    for number, token in enumerate(asked[:10]):
        after.answer(token, takes_along=str(number))
    assert list(Answer.objects.order_by("pk").values_list("takes_along", flat=True)) != [str(n) for n in range(10)]


def test_organisers_are_not_asked_and_who_was_not_there_neither(cast, lab):
    there(lab, cast.noor)
    world.comes(lab, cast.tom)
    after.round_off(lab)
    assert not EvaluationToken.objects.exists()
    assert Certificate.objects.get().registration.person == cast.noor


def test_nothing_is_read_while_somebody_can_answer_and_nobody_answers_once_it_is_read(cast, lab, asked):
    for token in asked[:5]:
        after.answer(token, worth=3)
    assert evaluating.why_not_read(lab)
    later(lab)
    assert not evaluating.why_not_read(lab)
    with pytest.raises(Refused):
        after.answer(asked[5], worth=1)


def test_between_closing_and_reading_lies_an_hour(cast, lab, asked):
    Event.objects.filter(pk=lab.pk).update(rounded_off_at=now() - timedelta(days=14, minutes=1))
    lab.refresh_from_db()
    assert evaluating.why_not_answer(lab)
    assert evaluating.why_not_read(lab)


@pytest.mark.parametrize(("answers", "is_shown"), [(0, False), (4, False), (5, True), (11, True)])
def test_from_five_answers_on_and_words_from_ten(cast, lab, asked, answers, is_shown):
    for token in asked[:answers]:
        after.answer(token, worth=4, better="Kortere pauze")
    result = evaluating.of_event(later(lab))
    assert result.is_shown == is_shown
    assert bool(result.lines) == is_shown
    words = [text for line in result.lines for text in line.texts]
    assert len(words) == (answers if answers >= 10 else 0)


def test_a_question_that_four_answered_stays_closed_beside_one_that_ten_did(cast, lab, asked):
    question = world.asks(lab, "Hoe was het tempo?", of="evaluation", kind="scale")
    for number, token in enumerate(asked[:10]):
        after.answer(token, worth=4, answers={str(question.pk): "2"} if number < 4 else {})
    lines = {line.label: line for line in evaluating.of_event(later(lab)).lines}
    assert lines["Hoe was het tempo?"].figure == ""
    assert lines[str(evaluating.WORTH)].figure == "4,0"


@pytest.mark.parametrize(("worth", "figure"), [(5, "4,8 of meer"), (1, "1,2 of minder"), (3, "3,0")])
def test_never_that_all_said_the_same_at_an_end(cast, lab, asked, worth, figure):
    for token in asked[:5]:
        after.answer(token, worth=worth)
    assert evaluating.of_event(later(lab)).lines[0].figure == figure


def test_of_a_choice_neither_all_nor_nobody_is_said(cast, lab, asked):
    question = world.asks(lab, "Waar was je?", of="evaluation", kind="choice", options=["boven", "beneden"])
    for token in asked[:6]:
        after.answer(token, answers={str(question.pk): "boven"})
    line = next(each for each in evaluating.of_event(later(lab)).lines if each.shares)
    assert [share for _option, _words, share in line.shares] == [9, 1]


def test_of_a_session_is_asked_who_was_in_it_and_only_its_speaker_reads_it(cast, lab):
    session, other = lab.sessions.get(title="Breuken zien"), lab.sessions.get(title="Denkvragen")
    session.speakers.add(cast.gijs)
    speaker = there(lab, cast.gijs)
    rows = [there(lab) for _each in range(5)]
    for row in rows:
        sits(session, row)
    after.round_off(lab)
    assert session.pk not in after.asked_sessions(speaker)
    tokens = list(EvaluationToken.objects.filter(registration__in=rows))
    with pytest.raises(Refused):
        after.answer(tokens[0], sessions=[(other.pk, 1, "")])
    for token in tokens:
        after.answer(token, sessions=[(session.pk, 4, "Mooi")])
    later(lab)
    (hers,) = evaluating.of_sessions(lab, cast.gijs)
    assert (hers.title, hers.people, hers.lines[0].figure) == ("Breuken zien", 5, "4,0")
    assert evaluating.of_sessions(lab, cast.amina) == []


def test_when_it_closes_who_was_asked_is_forgotten(cast, lab, asked):
    after.answer(asked[0], worth=4)
    assert after.close_due() == 0
    later(lab)
    tasks.tick()
    assert not EvaluationToken.objects.exists()
    assert not Ask.objects.filter(kind="events.thanked", closed_at=None).exists()
    assert Answer.objects.count() == 1


def test_the_letter_holds_her_own_link_and_none_when_she_organises(cast, lab):
    row = there(lab, cast.amina)
    registering.register_speaker(lab, cast.gijs)
    world.does(lab, cast.tom, Part.CREW)
    after.round_off(lab)
    token = EvaluationToken.objects.get(registration=row)
    assert token.token
    assert Delivery.objects.filter(kind="events.thanked").count() == 1
