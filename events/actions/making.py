"""Starting an event, changing it, and who organises it."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from activity.journal import record
from communities.discussions.writing import html_of
from core import standing
from core.models import apart
from core.refusals import Refused
from core.streams import tell as tell_pages
from events.actions.moving import hold
from events.actions.waiting import pass_on
from events.choices import Part, State
from events.models import Event, Organiser, Question, Room, Slot
from events.places import ENDED

#: What people put in their agenda: a change of it is told.
WHEN_AND_WHERE = ("held_on", "last_on", "starts", "ends", "place", "venue", "venue_address", "link")
#: What the next event takes over from this one.
COPIED = ("kind", "title", "summary", "text", "html", "scope", "school_id", "board_id", "network_id", "starts", "ends",
          "zone", "place", "venue", "venue_address", "link", "languages", "budget_note", "capacity", "needs_approval",
          "is_for_guests", "offer_hours", "rubric")  # fmt: skip


@transaction.atomic
def start(*, by, **fields):
    """A new event, seen by nobody but who starts it: the first organiser."""
    event = Event(created_by=by, **fields)
    event.html = html_of(event.text)
    event.save()
    Organiser.objects.create(event=event, person=by, part=Part.ORGANISER)
    standing.forget(by)
    record("events.started", by=by, about=event)
    return event


@transaction.atomic
def edit(event, *, by, **fields):
    """Change it. Who is registered hears of another day, hour or place; more places go to who waits.

    Raises Refused for fewer places than are taken.
    """
    event = hold(event)
    if event.state in (State.ARCHIVED, State.CANCELLED):
        raise Refused(_("This event stays as it is now."))
    capacity = fields.get("capacity", event.capacity)
    if capacity is not None and capacity < event.taken:
        sentence = _("%(count)d places are taken already. First let people cancel.") % {"count": event.taken}
        raise Refused(sentence, field="capacity")
    was = [getattr(event, name) for name in WHEN_AND_WHERE]
    for name, value in fields.items():
        setattr(event, name, value)
    event.html = html_of(event.text)
    event.save()
    if was != [getattr(event, name) for name in WHEN_AND_WHERE]:
        people, addresses = heard(event)
        record("events.changed", by=by, about=event, tell=people, addresses=addresses)
    event = hold(event)
    pass_on(event)
    tell_pages(event.channel, "event")
    return event


def heard(event):
    """Whom the news of an event concerns: people and bare addresses that are registered or wait."""
    return apart(event.registrations.exclude(state__in=ENDED).select_related("person").order_by("pk"))


@transaction.atomic
def add_person(event, *, by, person, part):
    """Somebody organises, reads contributions or helps on the day from now on."""
    event = hold(event)
    row, is_new = Organiser.objects.get_or_create(event=event, person=person, part=part)
    if not is_new:
        raise Refused(_("%(name)s does that already.") % {"name": person}, field="person")
    record("events.part_given", by=by, about=event, tell=[person], part=part)
    return row


@transaction.atomic
def remove_person(organiser, *, by):
    """Not any more. There is always somebody who organises."""
    event = hold(organiser.event_id)
    others = Organiser.objects.filter(event=event, part=Part.ORGANISER).exclude(pk=organiser.pk)
    if organiser.part == Part.ORGANISER and not others.exists():
        raise Refused(_("Somebody must organise it. First name another organiser."))
    record("events.part_taken", by=by, about=event, tell=[organiser.person], part=organiser.part)
    organiser.delete()
    standing.forget(by)


@transaction.atomic
def ask(event, *, by, of, questions):
    """These are the questions to `of`, in this order: dicts with `pk` for one that stands. What is left out goes."""
    event = hold(event)
    known = {row.pk: row for row in Question.objects.filter(event=event, of=of)}
    for order, said in enumerate(questions):
        row = known.pop(said.pop("pk", None), None) or Question(event=event, of=of)
        for name, value in said.items():
            setattr(row, name, value)
        row.order = order
        row.save()
    Question.objects.filter(pk__in=known).delete()
    record("events.questions_changed", by=by, about=event)


@transaction.atomic
def copy(event, *, by, held_on):
    """The same for another year: its words, questions, rooms and slots, not what came of it. Seen by its organisers."""
    days = held_on - event.held_on
    new = Event(
        created_by=by, copied_from=event, held_on=held_on, last_on=event.last_on + days,
        **{name: getattr(event, name) for name in COPIED},
    )  # fmt: skip
    new.save()
    for row in event.organisers.all():
        Organiser.objects.create(event=new, person_id=row.person_id, part=row.part)
    for model in (Question, Room, Slot):
        for row in model.objects.filter(event=event):
            row.pk, row.event, row._state.adding = None, new, True
            if model is Slot:
                row.held_on = row.held_on + timedelta(days=days.days)
            row.save()
    standing.forget(by)
    record("events.copied", by=by, about=new, year=event.held_on.year)
    return new
