"""Home tasks between two meetings: set, changed, withdrawn; handed in to the group, answered by who reads along."""

from datetime import time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import answered, ask, record
from communities.actions.seats import hold, leaders
from communities.choices import LEADING, Role
from communities.models import HandIn, HomeTask, Membership
from communities.registry import agendas, agendas_without
from core import streams
from core.files import keeping
from core.refusals import Refused
from core.text import of_the_house
from core.time import instant, today
from people.calendar import last_working_day_before

MOST = 40  # home tasks of one PLG
LONGEST = timedelta(days=366)
HOUR = time(8, 0)
REMINDER = "communities.home_task_reminder"
ASKED, TO_ANSWER = "communities.hand_in", "communities.answer_hand_in"


@transaction.atomic
def set_home_task(community, *, by, title, text, due_on, experts=(), on_agenda=True):
    """Give the members something to do before a day; they are asked, and reminded if need be.

    Refused in a completed or paused PLG, and for a day that is past or more than a year away.
    """
    community = hold(community)
    _check(community, due_on)
    if community.home_tasks.filter(withdrawn_at=None).count() >= MOST:
        raise Refused(_("There are %(most)d home tasks here. Withdraw old ones first.") % {"most": MOST})
    task = HomeTask.objects.create(community=community, title=title, text=text, due_on=due_on, set_by=by)
    task.experts.set(experts)
    people = _learners(community)
    _ask(task, people)
    _remind(task, people)
    if on_agenda:
        _bring(task, by)
    record("communities.home_task_set", by=by, about=task, tell=[row.person for row in people], community=community)
    _changed(community)
    return task


def _check(community, due_on, before=None):
    if reason := community.why_not_plan:
        raise Refused(reason)
    if due_on != before and not today() <= due_on <= today() + LONGEST:
        raise Refused(_("Choose a day from today on, at most a year ahead."), field="due_on")


@transaction.atomic
def edit_home_task(task, *, by, title, text, due_on, experts=()):
    """Change the words, the day or who looks at it; another day is told to those who are still busy."""
    task = _hold(task)
    if reason := task.why_not_change:
        raise Refused(reason)
    _check(task.community, due_on, before=task.due_on)
    moved = due_on != task.due_on
    task.title, task.text, task.due_on = title, text, due_on
    task.save(update_fields=["title", "text", "due_on"])
    task.experts.set(experts)
    busy = [row for row in _learners(task.community) if not task.hand_ins.filter(membership=row).exists()]
    if moved:
        outbox.withdraw(about=task, kind=REMINDER)
        answered(ASKED, about=task)
        _ask(task, busy)
        _remind(task, busy)
    _ask_to_answer(task)
    tell = [row.person for row in busy] if moved else []
    record("communities.home_task_changed", by=by, about=task, tell=tell, community=task.community)
    _changed(task.community)
    return task


@transaction.atomic
def withdraw_home_task(task, *, by):
    """Take it back: nobody is asked or reminded any more. What was handed in stays readable for the group."""
    task = _hold(task)
    if reason := task.why_not_change:
        raise Refused(reason)
    task.withdrawn_at = now()
    task.save(update_fields=["withdrawn_at"])
    outbox.withdraw(about=task)
    answered(ASKED, about=task)
    answered(TO_ANSWER, about=task)
    for take_away in agendas_without.values():
        take_away(task)
    people = [row.person for row in _learners(task.community)]
    record("communities.home_task_withdrawn", by=by, about=task, tell=people, community=task.community)
    _changed(task.community)


@transaction.atomic
def hand_in(task, membership, *, question, text, taken=None, remove_file=False):
    """Hand in to the group, or change what one handed in, as long as nobody answered it. Returns the row.

    `taken` is a file that passed the intake. Refused when it was withdrawn or answered meanwhile.
    """
    task = _hold(task)
    if reason := task.why_not_hand_in:
        raise Refused(reason)
    known = HandIn.objects.select_for_update().filter(task=task, membership=membership).first()
    row = known or HandIn(task=task, membership=membership)
    row.task = task
    if known and (reason := row.why_not_edit):
        raise Refused(reason)
    row.question, row.text, row.at = question, text, now()
    keeping.save(row, "file", taken, remove=remove_file)
    answered(ASKED, about=task, person=membership.person)
    _ask_to_answer(task)
    tell = [] if known else [person for person in _answerers(task) if person != membership.person]
    record("communities.handed_in", by=membership.person, about=row, tell=tell, community=task.community)
    _changed(task.community)
    return row


@transaction.atomic
def take_back(hand_in, *, by):
    """Take back what one handed in, as long as nobody answered it; it is asked again."""
    task = _hold(hand_in.task)
    row = HandIn.objects.select_for_update().get(pk=hand_in.pk)
    row.task = task
    if reason := row.why_not_edit:
        raise Refused(reason)
    if row.file:
        name, storage = row.file.name, row.file.storage
        transaction.on_commit(lambda: storage.delete(name))
    membership = row.membership
    row.delete()
    if membership.role not in LEADING:
        _ask(task, [membership])
    _settle(task)
    record("communities.hand_in_taken_back", by=by, about=task, community=task.community)
    _changed(task.community)


@transaction.atomic
def answer_hand_in(hand_in, *, by, answer):
    """Answer what somebody handed in; a second time changes the words. She is told."""
    task = _hold(hand_in.task)
    if task.community.is_closed:
        raise Refused(task.why_not_hand_in)
    row = HandIn.objects.select_for_update(of=("self",)).select_related("membership__person").get(pk=hand_in.pk)
    if row.answered_at and row.answered_by_id not in (None, by.pk):
        raise Refused(_("%(name)s answered this already.") % {"name": row.answered_by})
    first = not row.answered_at
    row.answer, row.answered_by, row.answered_at = answer, by, now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    _settle(task)
    tell = [row.membership.person] if first and row.membership.person_id else []
    record("communities.hand_in_answered", by=by, about=row, tell=tell, community=task.community)
    _changed(task.community)
    return row


# What follows ------------------------------------------------------------------------------------
def joined(membership):
    """A new member is asked what the others are busy with."""
    if membership.role in (*LEADING, Role.GUEST) or not membership.person_id:
        return
    for task in HomeTask.objects.filter(community=membership.community_id, withdrawn_at=None, due_on__gte=today()):
        if not task.hand_ins.filter(membership=membership).exists():
            _ask(task, [membership])
            _remind(task, [membership])


def _hold(task):
    """The task as it is now, with its PLG's row locked: two hands come one after the other."""
    community = hold(task.community_id)
    task = HomeTask.objects.get(pk=task.pk)
    task.community = community
    return task


def _learners(community):
    """The members of whom it is asked; who leads may hand in as well."""
    rows = Membership.objects.seated().filter(community=community).exclude(role__in=LEADING).exclude(person=None)
    return list(rows.select_related("person", "school"))


def _answerers(task):
    experts = task.experts.active().exclude(person=None).select_related("person")
    return list(dict.fromkeys([*leaders(task.community), *(row.person for row in experts)]))


def _ask(task, rows):
    url = reverse("communities:home_task", args=[task.pk])
    people = [row.person for row in rows]
    ask(ASKED, about=task, url=url, people=people, community=task.community_id, due_on=task.due_on)


def _ask_to_answer(task):
    if task.hand_ins.filter(answered_at=None).exists():
        url = reverse("communities:home_task", args=[task.pk])
        ask(TO_ANSWER, about=task, url=url, people=_answerers(task), community=task.community_id)


def _settle(task):
    """Nothing left to answer: nobody is asked to."""
    if not task.hand_ins.filter(answered_at=None).exists():
        answered(TO_ANSWER, about=task)


def _remind(task, rows):
    """On the last working day of each before the day itself; not when that is over."""
    for row in rows:
        moment = instant(last_working_day_before(task.due_on, row.region, row.person.days_off), HOUR)
        if moment > now():
            outbox.put(
                REMINDER, occasion=f"communities:home_task:{task.pk}", slot=f"{task.due_on:%Y-%m-%d}", about=task,
                community=task.community_id, people=[row.person], due_at=moment,
            )  # fmt: skip


def still_busy(delivery, task, person):
    """Asked when a reminder goes out: it stands, on that day, and she did not hand in yet."""
    if task.withdrawn_at or task.community.is_closed or delivery.slot != f"{task.due_on:%Y-%m-%d}":
        return False
    here = Membership.objects.seated().filter(community=task.community_id, person=person)
    return here.exists() and not task.hand_ins.filter(membership__person=person).exists()


def _bring(task, by):
    """Back on the agenda of the first meeting after that day."""
    with of_the_house():
        title = _("Home task: %(title)s") % {"title": task.title}
    for bring in agendas.values():
        bring(task, community=task.community, title=title[:140], by=by, after=task.due_on)


def _changed(community):
    streams.tell(f"community:{community.pk}", "home-tasks")
