"""The engine of the outbox: claim what is due, ask everything again, send, write down how it went.

A row is claimed (pending → sending, committed) before its letter goes out and
marked right after the mail server's answer. A worker that dies leaves rows in
"sending"; after ten minutes they are given back. So nothing is lost, and only
the one letter between the answer and its mark can go out twice, with the same
Message-ID. Whoever holds a claim knows it by its `claimed_at`; who lost it
sends nothing.
"""

import smtplib
import time
from datetime import timedelta

import structlog
from django.contrib.auth import get_user_model
from django.core.mail import mailers
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_noop

from activity import bounces, letters, paces
from activity.choices import Pace, State
from activity.kinds import NothingToSay, kinds
from activity.models import Delivery, Notification
from core.models import QuerySet
from core.registry import hushes
from core.statements import Statement

CHUNK = 50  # letters a worker claims at once, over one connection
LOST_AFTER = timedelta(minutes=10)  # a chunk at the mail server's slowest takes less
BACK_OFF_MINUTES = [1, 5, 15, 60, 240, 720]  # after these the letter has failed
SERVER_AWAY_MINUTES = 1
BUDGET_S = 240  # a run ends in time for the task's limit; the next tick goes on
STEP = timedelta(minutes=30)
MADE_ANEW = 3  # times at most, while what stands in a letter goes on changing

log = structlog.get_logger(__name__)


class ServerAway(Exception):
    """The mail server does not answer: no letter's fault."""


class TakenOver(Exception):
    """This letter is no longer ours to send: withdrawn, or given back to another worker."""


class ChangesOn(Exception):
    """What stands in this letter changed each time that it was made: later, then."""


class Together:
    """What letters claimed together share: what their kinds gather for many readers at once, and closed addresses."""

    def __init__(self, deliveries):
        self.people, self.gathered = {}, {}
        self.paused = bounces.paused_among(deliveries)
        people = {delivery.person_id for delivery in deliveries} - {None}
        self.hushed = set().union(*(among(people) for among in hushes.values())) if people else set()
        for name in {delivery.kind for delivery in deliveries}:
            kind = kinds.get(name)
            if kind and kind.context_of_many:
                self._gather(kind, [delivery for delivery in deliveries if delivery.kind == name])

    def _gather(self, kind, deliveries):
        people = {person.pk: person for person in people_by_id([delivery.person_id for delivery in deliveries])}
        try:
            self.gathered[kind.name] = kind.context_of_many(list(people.values()))
        except Exception:  # one letter that cannot be made must not stop the others: each is made alone
            log.exception("not_gathered", kind=kind.name, letters=len(deliveries))
        else:
            self.people |= people

    def why_not(self, delivery):
        """Why nothing goes to this reader at all (a word for the operator), or ""."""
        if delivery.reaches in self.paused:
            return gettext_noop("Mail to this address came back too often.")
        kind = kinds.get(delivery.kind)
        if delivery.person_id in self.hushed and kind and not (kind.fixed or kind.last_word):
            return gettext_noop("Nothing is written to this person any more.")
        return ""

    def of(self, delivery):
        """(reader, what was gathered for her), or (None, None) where nothing was."""
        more = self.gathered.get(delivery.kind, {}).get(delivery.person_id)
        return (self.people[delivery.person_id], more) if more else (None, None)


def send_due(at=None):
    """Send every letter that is due, for a few minutes at most; returns how many went out."""
    sent, until = 0, time.monotonic() + BUDGET_S
    while time.monotonic() < until and (claimed := claim(at or now())):
        try:
            sent += send(claimed, until)
        except ServerAway:
            break
    return sent


def give_back_lost(at=None):
    """Rows of a worker that died become pending again; returns how many."""
    at = at or now()
    # Also one that was claimed in the future: then the clock was ahead. Whoever still holds it sends nothing any more.
    lost = Q(claimed_at__lt=at - LOST_AFTER) | Q(claimed_at__gt=at + LOST_AFTER)
    return Delivery.objects.filter(lost, state=State.SENDING).update(
        state=State.PENDING, claimed_at=None, trouble=gettext_noop("The worker that held it was lost.")
    )


@transaction.atomic
def claim(at):
    """Take the next few due letters; two workers never take the same one."""
    due = Delivery.objects.due(at).select_related("person", "activity__by").order_by("due_at", "pk")
    rows = list(due.select_for_update(skip_locked=True, of=["self"])[:CHUNK])
    moment = now()
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(state=State.SENDING, claimed_at=moment)
    for row in rows:
        row.state, row.claimed_at = State.SENDING, moment
    return rows


def send(claimed, until=None):
    """Send the claimed letters over one connection, until a moment of the monotonic clock; returns how many went out.

    Raises ServerAway when the mail server does not answer. Whatever happens,
    letters that were not tried are given back at once.
    """
    post, sent, left = Post(), 0, list(claimed)
    try:
        together = Together(claimed)
        while left and not (until and time.monotonic() > until):
            sent += _send_one(left[0], post, together)
            left.pop(0)
        _postpone(left, 0, "")
    except ServerAway as away:
        _postpone(left, SERVER_AWAY_MINUTES, str(away))
        raise
    except BaseException:
        _postpone(left, 0, "")
        raise
    finally:
        post.close()
    return sent


def _send_one(delivery, post, together):
    """Send one claimed letter, or write down why not. True when it went out."""
    if reason := together.why_not(delivery):
        _mark(delivery, State.CANCELLED, trouble=reason)
        return False
    try:
        letter = _prepare(delivery, post, *together.of(delivery))
    except TakenOver:
        return False
    except ServerAway:
        raise
    except Exception as error:  # one letter that cannot be made must not stop the others
        log.exception("letter_not_made", delivery=delivery.pk, kind=delivery.kind)
        _try_later(delivery, f"{type(error).__name__}: {error}")
        return False
    return letter is not None and _hand_over(delivery, *letter, post)


def _hand_over(delivery, message, context, post):
    """Give a letter to the mail server and write down its answer. True when it was taken."""
    try:
        post.send(message)
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        _refused(delivery, code, words)
        bounces.refused(delivery, code, _text(words))
    except smtplib.SMTPSenderRefused as refused:  # our own address: the letter is not to blame
        _try_later(delivery, f"{refused.smtp_code} {_text(refused.smtp_error)}")
        post.close()
    except smtplib.SMTPResponseException as refused:
        _refused(delivery, refused.smtp_code, refused.smtp_error)
        post.close()
    except (smtplib.SMTPException, OSError) as error:  # the line broke: whether it arrived nobody knows
        _try_later(delivery, f"{type(error).__name__}: {error}")
        post.close()
    except ValueError as error:  # an address that is none
        _mark(delivery, State.FAILED, trouble=str(error))
    else:
        _sent(delivery, context)
        return True
    return False


def _prepare(delivery, post, person=None, more=None):
    """(message, context) of a letter that may go out now, or None when it may not, which is then written down.

    `more` is what was gathered for this reader together with others.
    """
    kind, about = kinds.get(delivery.kind), delivery.about
    if kind is None:
        _mark(delivery, State.FAILED, trouble=f"unknown kind {delivery.kind}")
        return None
    for _time in range(MADE_ANEW):
        person = person or _reader(delivery)
        if reason := why_not(kind, delivery, about, person):
            _mark(delivery, State.CANCELLED, trouble=reason)
            return None
        if later := _later(kind, person):
            _mark(delivery, State.PENDING, due_at=later, claimed_at=None)
            return None
        try:
            by = delivery.activity.by if delivery.activity_id else None
            letter = letters.compose(delivery, about, person, by, more)
        except NothingToSay:
            _mark(delivery, State.CANCELLED, trouble=gettext_noop("There was nothing to say."))
            return None
        attachments = kind.attachments(delivery, about, person)
        message = letters.envelope(delivery, letter, person.email if person else delivery.address, attachments)
        post.open()
        _hold(delivery)
        if reason := not_any_more(kind, delivery):  # between making and sending she may have left
            _mark(delivery, State.CANCELLED, trouble=reason)
            return None
        if kind.still_so(letter.context, person):
            return message, letter.context
        person = more = None
    raise ChangesOn


def people_by_id(ids):
    """These people, with what they chose."""
    return paces.remembered(list(QuerySet(get_user_model()).filter(pk__in=list(ids))))


def _reader(delivery):
    """The person of this letter as she is now; None for a bare address, or when she is gone."""
    return next(iter(people_by_id([delivery.person_id])), None) if delivery.person_id else None


def why_not(kind, delivery, about, person):
    """Why this letter must not go out (a word for the operator), or ""."""
    if delivery.about_id and about is None:
        return gettext_noop("What it was about is gone.")
    if delivery.person_id and not (person and person.is_active):
        return gettext_noop("The person is no longer active.")
    if person and not kind.fixed:
        if paces.of_person(person, kind.name)[kind.name].pace != Pace.AT_ONCE:
            return gettext_noop("She chose not to get this at once.")
        if not kind.wait and person.paused_until and person.paused_until > localdate():
            return gettext_noop("She wants no mail for a while.")
    if person is None and paces.is_silent(delivery.address, kind):
        return gettext_noop("This address wants no mail.")
    return _not_right(kind, delivery, about, person)


def not_any_more(kind, delivery):
    """The same, asked of fresh rows: since the letter was made there may be another answer."""
    about = (
        delivery.about_type.get_all_objects_for_this_type(pk=delivery.about_id).first() if delivery.about_id else None
    )
    return why_not(kind, delivery, about, _reader(delivery))


def _not_right(kind, delivery, about, person):
    if not kind.may_see(about, person):
        return gettext_noop("The reader may no longer see it.")
    if not kind.still_right(delivery, about, person):
        return gettext_noop("It is no longer the case.")
    return ""


def _later(kind, person):
    """The next good moment for a letter that waits, or None when that is now."""
    return good_moment(person, now()) if kind.waits and person and not person.may_disturb(now()) else None


def good_moment(person, after):
    """The first half hour after this instant at which a mail is welcome."""
    moment = after.replace(minute=0, second=0, microsecond=0)
    for _step in range(100 * 48):
        moment += STEP
        if moment > after and person.may_disturb(moment):
            return moment
    return moment


# How it went -------------------------------------------------------------------------------------


def _mine(delivery):
    return Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claimed_at=delivery.claimed_at)


# As SQL: every letter does these two.
HOLD = Statement(
    "UPDATE activity_delivery SET claimed_at = %s WHERE id = %s AND state = 'sending' AND claimed_at = %s RETURNING id",
    parameters=3,
)
DONE = Statement(
    "UPDATE activity_delivery SET state = 'sent', sent_at = %s, attempts = %s, trouble = '' WHERE id = %s RETURNING id",
    parameters=3,
)


def _hold(delivery):
    """Renew the claim right before sending. Raises TakenOver when the letter was withdrawn or given back."""
    moment = now()
    if not HOLD.rows([moment, delivery.pk, delivery.claimed_at]):
        raise TakenOver
    delivery.claimed_at = moment


def _mark(delivery, state, **fields):
    fields["trouble"] = fields.get("trouble", "")[:300]
    _mine(delivery).update(state=state, **fields)


def _sent(delivery, context):
    """It is out, whatever happened to the row meanwhile, and whatever goes wrong in what follows.

    Both at once: a worker that dies in between would tell the same things again in the next PLG letter.
    """
    try:
        with transaction.atomic():
            _done(delivery)
            _follow(delivery, context)
    except Exception:  # a letter that is out must never go out again for a note about it
        log.exception("sent_not_noted", delivery=delivery.pk, kind=delivery.kind)
        _done(delivery)


def _done(delivery):
    DONE.rows([now(), delivery.attempts + 1, delivery.pk])


def _follow(delivery, context):
    """What a letter told need not stand in a PLG letter again; and what its kind does."""
    if delivery.activity_id and delivery.person_id:
        Notification.objects.filter(activity=delivery.activity_id, person=delivery.person_id).update(in_letter_at=now())
    kinds[delivery.kind].sent(delivery, context)


def _refused(delivery, code, words):
    """The mail server's own no: for good (5xx) or for now (4xx)."""
    words = f"{code} {_text(words)}"
    if code >= 500:
        _mark(delivery, State.FAILED, attempts=delivery.attempts + 1, trouble=words)
    else:
        _try_later(delivery, words)


def _try_later(delivery, trouble):
    """Again after a while, each time a longer one; after the last the letter has failed."""
    attempts = delivery.attempts + 1
    if attempts > len(BACK_OFF_MINUTES):
        _mark(delivery, State.FAILED, attempts=attempts, trouble=trouble)
        return
    due_at = now() + timedelta(minutes=BACK_OFF_MINUTES[attempts - 1])
    _mark(delivery, State.PENDING, attempts=attempts, due_at=due_at, claimed_at=None, trouble=trouble)


def _postpone(deliveries, minutes, trouble):
    due_at = now() + timedelta(minutes=minutes)
    for delivery in deliveries:
        _mark(delivery, State.PENDING, due_at=due_at, claimed_at=None, trouble=trouble)


def _text(words):
    return words.decode(errors="replace") if isinstance(words, bytes) else str(words)


class Post:
    """One connection with the mail server, opened when the first letter is ready."""

    def __init__(self):
        self.connection = None

    def open(self):
        """Connect if need be. Raises ServerAway."""
        if self.connection is None:
            connection = mailers.default
            try:
                connection.open()
            except (smtplib.SMTPException, OSError) as error:
                raise ServerAway(f"{type(error).__name__}: {error}") from error
            self.connection = connection

    def send(self, message):
        self.connection.send_messages([message])

    def close(self):
        """Say goodbye; a connection that is broken already is no trouble."""
        connection, self.connection = self.connection, None
        try:
            if connection:
                connection.close()
        except (smtplib.SMTPException, OSError):
            pass
