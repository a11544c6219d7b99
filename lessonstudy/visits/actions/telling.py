"""Who hears of a visit, what is asked of the two, and the letter of the day before."""

from datetime import timedelta

from activity import outbox
from activity.journal import answered, ask, record
from communities.meetings.reminders import morning
from core import streams
from core.links import address
from lessonstudy.visits import feedback as talk
from lessonstudy.visits.choices import Direction, State, Way
from lessonstudy.visits.models import Feedback

RESPOND, CHOOSE, WAS, TALK = "visits.respond", "visits.choose", "visits.was", "visits.talk"
REMINDER = "visits.reminder"
ASKS = (RESPOND, CHOOSE, WAS, TALK)


def tell(visit, kind, *, by, people=None, **facts):
    """The other one hears of it (or these people), and open pages do."""
    tell = [visit.beside(by)] if people is None else people
    record(kind, by=by, about=visit, tell=[each for each in tell if each], community=visit.community_id, **facts)
    streams.tell(visit.channel, "state")


def renew(visit, by=None):
    """Bring what is asked and the reminder in step with where the visit is."""
    _ask(visit, RESPOND, visit.other if visit.state == State.OPEN else None)
    _ask(visit, CHOOSE, visit.visitor if visit.state == State.OFFERED else None)
    _ask(visit, WAS, visit.visitor if visit.state == State.PLANNED else None, opens_on=_day_of(visit))
    renew_talk(visit)
    _remind(visit)


def renew_talk(visit):
    """Whose turn it is to say something; of the short way nothing is asked."""
    part = None
    if visit.way == Way.FULL and visit.state in (State.VISITED, State.DISCUSSED):
        part = talk.turn(visit, Feedback.objects.filter(visit=visit).first())
    answered(TALK, about=visit)
    if part and (person := talk.whose(visit, part)):
        ask(TALK, about=visit, url=address("visits:feedback", visit.pk), people=[person],
            community=visit.community_id, part=part.key)  # fmt: skip


def _ask(visit, kind, person, **more):
    if person is None:
        answered(kind, about=visit)
    else:
        ask(kind, about=visit, url=visit.get_absolute_url(), people=[person], community=visit.community_id, **more)


def _day_of(visit):
    return visit.slot.held_on if visit.slot_id else None


def slot_of(visit):
    """By which a reminder knows whether it is still about the same time."""
    return f"{visit.slot.starts_at:%Y%m%dT%H%M}" if visit.slot_id else ""


def _remind(visit):
    """A letter to each of the two on her last working day before; what waits of another time goes."""
    outbox.withdraw(about=visit, kind=REMINDER)
    if visit.state != State.PLANNED or not visit.slot_id:
        return
    for person in (visit.opened_by, visit.other):
        if person is None:
            continue
        day = person.last_working_day_before(visit.slot.held_on)
        due_at = morning(day, person, visit.slot.zone)
        if due_at > visit.changed_at + timedelta(hours=1):  # who planned it for tomorrow knows
            outbox.put(
                REMINDER, occasion=f"visits:{visit.uid}", slot=f"{slot_of(visit)}:{visit.sequence}", about=visit,
                people=[person], community=visit.community_id, due_at=due_at,
            )  # fmt: skip


def offers_to(visit):
    """Who hears of an offer: its PLG, or the one who was asked by name."""
    if visit.other_id:
        return [visit.other]
    seats = visit.community.memberships.seated().filter(person__isnull=False).select_related("person")
    return [row.person for row in seats]


def kind_of_offer(visit):
    return "visits.come" if visit.direction == Direction.COME else "visits.go"
