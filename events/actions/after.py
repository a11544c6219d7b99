"""After the day: who was there is thanked and asked what she thought of it, has her certificate, and her minutes stand
in the ledger. All of it follows from the door, and follows it again when that is put right.
"""

import secrets
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from activity.journal import answered, ask_each, record
from core.models import apart
from core.refusals import Refused
from core.streams import tell as tell_pages
from events import attending, evaluating, registry
from events.actions.moving import hold
from events.choices import Direction, Part, RegistrationState, State
from events.models import Answer, Certificate, CheckIn, EvaluationToken, Event, Registration, Session
from organisations import hours
from organisations.choices import HoursKind
from organisations.models import Hours
from people.models import User

#: An event that nobody rounds off is rounded off by itself, and so long after its end no more.
BY_ITSELF = timedelta(days=7)
THANKED, READY = "events.thanked", "events.certificate_ready"


# Rounding off -------------------------------------------------------------------------------------


@registry.moved.register("after")
def follow(event, verb, by):
    """The organiser rounded it off."""
    if verb == "end":
        round_off(event)


def round_off_due():
    """Once a minute: what ended is rounded off. Returns how many."""
    ended = Event.objects.filter(rounded_off_at=None, ends_at__range=(now() - BY_ITSELF, now()))
    due = ended.exclude(state__in=[State.CONCEPT, State.CANCELLED, State.ARCHIVED]).order_by("pk")
    return sum(round_off(event) for event in due)


@transaction.atomic
def round_off(event):
    """Once: thank who was there, ask what she thought of it, and write down how long it was."""
    event = hold(event)
    if event.rounded_off_at or event.state in (State.CONCEPT, State.CANCELLED):
        return False
    event.rounded_off_at = now()
    event.save(update_fields=["rounded_off_at"])
    settle(event)
    tell_pages(event.channel, "state")
    return True


def settle(event, only=None, *, is_quiet=False):
    """Bring certificates, hours and questions in line with the door, of all or of these registrations. The event must
    be held; doing it again changes nothing."""
    if event.rounded_off_at is None:
        return
    rows = Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED).select_related("person")
    rows = list(rows if only is None else rows.filter(pk__in=only))
    presence = attending.of_event(event, rows)
    known = {each.registration_id: each for each in Certificate.objects.filter(registration__in=rows)}
    asked = set(EvaluationToken.objects.filter(registration__in=rows).values_list("registration", flat=True))
    words = _Words(event)
    thanked, corrected = [], []
    for row in rows:
        row.event = event
        was = known.get(row.pk)
        if not presence[row.pk].total:
            if was or row.pk in asked:
                _take_back(row)
            continue
        if _write(row, presence[row.pk], was, words):
            corrected.append(row)
        if was is None and row.pk not in asked:
            thanked.append(row)
    _write_hours(event, rows, presence)
    if not is_quiet:
        _thank(event, thanked)
        for row in corrected:
            record(READY, about=row, tell=apart([row])[0])


class _Words:
    """What certificates of one event have in common, asked for once."""

    def __init__(self, event):
        self.event = event
        self.of_whom = str(Event.objects.select_related("school", "board", "network").get(pk=event.pk).of_whom or "")
        self.titles = {each.pk: each.title for each in event.sessions.all()}

    def of(self, presence):
        event = self.event
        return {
            "event": event.title,
            "of_whom": self.of_whom,
            "venue": event.venue,
            "days": {day.isoformat(): minutes for day, minutes in presence.minutes.items()},
            "sessions": [{"id": pk, "title": self.titles[pk]} for pk in presence.sessions],
        }


def _write(registration, presence, was, words):
    """Her certificate as it is now, where she has an account. True when she knew another one."""
    if registration.person_id is None:
        return False
    content = words.of(presence)
    if was and (was.minutes, was.content) == (presence.total, content):
        return False
    fields = {"minutes": presence.total, "content": content, "at": now()}
    Certificate.objects.update_or_create(registration=registration, defaults=fields)
    return was is not None and was.minutes != presence.total


def _take_back(registration):
    """She was not there after all. What she answered stays: nobody knows which it is."""
    Certificate.objects.filter(registration=registration).delete()
    EvaluationToken.objects.filter(registration=registration).delete()
    answered(THANKED, about=registration)


def source(event, day):
    """Under which the hours of one day of an event stand."""
    return f"event:{event.pk}:{day.isoformat()}"


def _write_hours(event, rows, presence):
    """The ledger says what the door says: a row for each day that somebody was there, and none for any other."""
    people = {row.pk: row.person_id for row in rows if row.person_id}
    entries = {
        (person, source(event, day)): hours.Entry(person, HoursKind.EVENT, minutes, day, source(event, day))
        for pk, person in people.items()
        for day, minutes in presence[pk].minutes.items()
    }
    lying = Hours.objects.filter(person__in=people.values(), source__startswith=f"event:{event.pk}:", minutes__gt=0)
    gone = [
        hours.Entry(person, HoursKind.EVENT, 0, day, written)
        for person, day, written in lying.values_list("person", "held_on", "source")
        if (person, written) not in entries
    ]
    hours.write_all([*entries.values(), *gone])


def _thank(event, rows):
    """A letter to each, with the question what she thought of it as long as that is open; organisers are not asked."""
    organise = set(event.organisers.filter(part=Part.ORGANISER).values_list("person", flat=True))
    is_open = evaluating.is_open(event)
    asked = [row for row in rows if is_open and row.person_id not in organise]
    EvaluationToken.objects.bulk_create([EvaluationToken(registration=row) for row in asked], ignore_conflicts=True)
    url, due_on = reverse("events:evaluate", args=[event.pk]), is_open and localtime(evaluating.closes_at(event)).date()
    ask_each(THANKED, [{"about": row, "url": url, "people": [row.person], "due_on": due_on}
                       for row in asked if row.person_id])  # fmt: skip
    for row in rows:
        people, addresses = apart([row])
        record(THANKED, about=row, tell=people, addresses=addresses)


@registry.checked.register("after")
def came_later(event, registrations):
    """A device sent what it kept after the event was rounded off."""
    with transaction.atomic():
        settle(hold(event), registrations)  # locked, so that what came in while it was rounded off counts as well


@transaction.atomic
def settle_of(person):
    """Of one person, everywhere she was: an address got an account, or two accounts became one. Nobody is mailed."""
    rows = Registration.objects.filter(person=person, event__rounded_off_at__isnull=False).order_by("event_id")
    for event, registration in list(rows.values_list("event", "pk")):
        settle(hold(event), [registration], is_quiet=True)


# Putting right ------------------------------------------------------------------------------------


def why_not_correct(event):
    """Why attendance cannot be put right yet, or ""."""
    if event.state == State.CANCELLED:
        return _("This event was called off.")
    return "" if event.starts_at <= now() else _("The event has not begun yet.")


@transaction.atomic
def correct(registration, *, by, days):
    """From when to when she was there, as (from, until) of each day; no days: she was not. What was scanned stays
    written and counts no more. Raises Refused for hours outside those of the event."""
    event = _held(registration, by)
    for begin, until in days:
        if begin >= until:
            raise Refused(_("She left before she came. Look at the hours once more."))
        if not any(start <= begin and until <= end for _day, start, end in attending.windows(event)):
            raise Refused(_("Choose hours within those of the event."))
    _put_right(event, [registration.pk], by, days)
    record("events.attendance_corrected", by=by, about=registration)
    settle(event, [registration.pk])


@transaction.atomic
def everybody_came(event, *, by):
    """Nobody stood at the door: whoever had a place was there, from beginning to end. Returns how many."""
    event = _organised(event, by)
    if event.check_ins.exists():
        raise Refused(_("People were checked in. Put right who is missing, one by one."))
    rows = list(event.registrations.filter(state=RegistrationState.CONFIRMED).values_list("pk", flat=True))
    if not rows:
        raise Refused(_("Nobody was registered."))
    _put_right(event, rows, by, [(begin, until) for _day, begin, until in attending.windows(event)])
    record("events.everybody_came", by=by, about=event, count=len(rows))
    settle(event)
    tell_pages(event.channel, "here")
    return len(rows)


def _held(registration, by):
    event = _organised(registration.event_id, by)
    if registration.state != RegistrationState.CONFIRMED:
        raise Refused(_("%(name)s had no place.") % {"name": registration.called})
    return event


def _organised(event, by):
    event = hold(event)
    if not event.organisers.filter(person=by, part=Part.ORGANISER).exists():
        raise Refused(_("Only who organises this event can do that."))
    if reason := why_not_correct(event):
        raise Refused(reason)
    return event


def _put_right(event, registrations, by, days):
    """Rows of a correction: all before it counts no more, and then in and out."""
    moment = now()
    rows = []
    for pk in registrations:
        steps = [(Direction.UNDO, moment)]
        for begin, until in days:
            steps += [(Direction.IN, begin), (Direction.OUT, until)]
        rows += [
            CheckIn(event=event, registration_id=pk, direction=way, at=at, by=by, device=attending.CORRECTION)
            for way, at in steps
        ]
    CheckIn.objects.bulk_create(rows)


# Answering ----------------------------------------------------------------------------------------


@transaction.atomic
def answer(token, *, worth=None, answers=None, takes_along="", better="", sessions=()):
    """What somebody thought, kept without her: her token is used, and no row of what she said knows it.

    `sessions` are (id of a session she was in, worth, a word for who gave it). Raises Refused the second time.
    """
    token = EvaluationToken.objects.filter(pk=token.pk).select_related("registration").first()
    if token is None:
        raise Refused(_("The evaluation is closed."))
    event = hold(token.registration.event_id)
    token.refresh_from_db(fields=["used_on"])
    if token.used_on:
        raise Refused(_("You answered already. Your answers bear no name, so they cannot be changed."))
    if reason := evaluating.why_not_answer(event):
        raise Refused(reason)
    of_sessions = [(pk, value, word) for pk, value, word in sessions if value or word]
    if not (worth or answers or takes_along or better or of_sessions):
        raise Refused(_("Answer at least one question."))
    if {pk for pk, _value, _word in of_sessions} - set(asked_sessions(token.registration)):
        raise Refused(_("You were not in that session."))
    token.used_on = event.last_on  # a day that is the same for all, so that it leads to no answer
    token.save(update_fields=["used_on"])
    rows = [_answer(event, pk, worth=value, better=word) for pk, value, word in of_sessions]
    if worth or answers or takes_along or better:
        rows.append(_answer(event, worth=worth, answers=answers or {}, takes_along=takes_along, better=better))
    Answer.objects.bulk_create(rows)
    people, addresses = apart([token.registration])
    answered(THANKED, about=token.registration, person=people[0] if people else None, address="".join(addresses))


def _answer(event, session=None, **said):
    """One answer. Its number is made up, for one that counts on would keep the order in which people came."""
    return Answer(pk=secrets.randbits(62), event=event, session_id=session, on=event.last_on, place=uuid4(), **said)


def asked_sessions(registration):
    """Ids of the sessions of which she is asked: where she was, and that she does not give herself."""
    event = Event.objects.get(pk=registration.event_id)
    was_in = set(attending.of_event(event, [registration])[registration.pk].sessions)
    return [
        each.pk for each in evaluating.sessions_of(event)
        if each.pk in was_in and registration.person_id not in attending.given_by(each)
    ]  # fmt: skip


def close_due():
    """Once a minute: where the evaluation is closed, who was asked is forgotten. Returns how many."""
    late = EvaluationToken.objects.filter(
        registration__event__rounded_off_at__lte=now() - timedelta(days=evaluating.DAYS)
    ).select_related("registration")
    rows = list(late)
    for token in rows:
        answered(THANKED, about=token.registration)
    return EvaluationToken.objects.filter(pk__in=[token.pk for token in rows]).delete()[0]


# Recordings ---------------------------------------------------------------------------------------


@transaction.atomic
def record_session(session, *, by, recording):
    """Where the recording of a session stands. Who gives it hears it, and decides alone whether it is shared."""
    session = Session.objects.select_for_update(of=("self",)).select_related("event").get(pk=session.pk)
    if not session.event.organisers.filter(person=by, part=Part.ORGANISER).exists():
        raise Refused(_("Only who organises this event can do that."))
    if session.recording == recording:
        return False
    session.recording = recording
    session.save(update_fields=["recording"])
    given = attending.given_by(Session.objects.prefetch_related("speakers", "contribution__authors").get(pk=session.pk))
    told = list(User.objects.filter(pk__in=given)) if recording else []
    record("events.recorded", by=by, about=session, tell=told)
    return True
