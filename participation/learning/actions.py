"""A learning year: the wish, the scan, the goals, time and money, a look back; and conversations that it starts."""

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from activity.models import Ask, Link
from communities.actions import seats
from communities.meetings.choices import ItemState
from communities.meetings.models import AgendaItem
from communities.registry import agendas
from communities.search import index
from core.night import each_by_itself
from core.refusals import Refused
from core.text import of_the_house, one_line
from core.time import today
from organisations.choices import RoleKind
from organisations.models import Affiliation, School
from organisations.models import Role as Office
from participation.impact.questions import HIGH, LOW
from participation.learning.models import Cycle, Goal, Scan, ScanAnswer, ScanAnswered, Talk
from participation.learning.starters import BY_KEY
from participation.learning.statements import KEYS
from people.calendar import days_of_school_year, school_year
from people.models import User

SCAN, TALK = "learning.scan", "learning.talk"
MOST_GOALS = 5


@transaction.atomic
def begin(place, *, by, year, wish, said_on=None):
    """Say aloud what should be different in a year. Refused where that was done, or for another year than these two."""
    if year not in (school_year(today()), school_year(today()) + 1):
        raise Refused(_("A wish is about this school year or the next."))
    where = {"school": place} if isinstance(place, School) else {"board": place}
    type(place).objects.select_for_update().get(pk=place.pk)
    if Cycle.objects.filter(year=year, **where).exists():
        raise Refused(_("There is a wish for this school year already."))
    cycle = Cycle.objects.create(year=year, wish=wish, said_on=said_on, created_by=by, **where)
    record("learning.begun", by=by, about=cycle)
    return cycle


@transaction.atomic
def write(cycle, *, by, **texts):
    """Change the wish, what is made free, or the look back."""
    cycle = _hold(cycle)
    for name, text in texts.items():
        setattr(cycle, name, text)
    cycle.save(update_fields=list(texts))
    record("learning.wrote", by=by, about=cycle, what=sorted(texts))
    return cycle


@transaction.atomic
def choose(cycle, *, by, text, communities=(), networks=(), goal=None):
    """A goal, with the PLGs and networks that serve it; or another wording of one."""
    cycle = _hold(cycle)
    if goal is None:
        if cycle.goals.count() >= MOST_GOALS:
            raise Refused(_("At most %(most)d goals a year. Fewer is better.") % {"most": MOST_GOALS})
        goal = Goal(cycle=cycle)
    elif not cycle.goals.filter(pk=goal.pk).exists():
        raise Refused(_("This was taken away already."))
    goal.text = one_line(text)
    goal.save()
    goal.communities.set(communities)
    goal.networks.set(networks)
    record("learning.chose", by=by, about=goal)
    return goal


@transaction.atomic
def drop(goal, *, by):
    """It is no goal any more."""
    cycle = _hold(goal.cycle)
    cycle.goals.filter(pk=goal.pk).delete()
    record("learning.dropped", by=by, about=cycle)


# The self-scan ------------------------------------------------------------------------------------


@transaction.atomic
def open_scan(cycle, *, by, closes_on):
    """Ask the whole team a few statements, without names. Refused where that was done this year."""
    cycle = _hold(cycle)
    if reason := cycle.why_not_scan:
        raise Refused(reason)
    if closes_on < today():
        raise Refused(_("This lies in the past."), field="closes_on")
    if closes_on > days_of_school_year(cycle.year)[1]:
        raise Refused(_("Choose days in this school year."), field="closes_on")
    scan = Scan.objects.create(cycle=cycle, opens_on=today(), closes_on=closes_on)
    ask(SCAN, about=scan, url=scan.get_absolute_url(), people=team(cycle), due_on=closes_on)
    record("learning.scan_opened", by=by, about=scan)
    return scan


def team(cycle):
    """Everybody who works there now, but for who leads it: she asks."""
    works = Affiliation.objects.current()
    if cycle.school_id:
        works = works.filter(school=cycle.school_id)
        leads = Office.objects.current().filter(kind=RoleKind.SCHOOL_LEADER, school=cycle.school_id)
    else:
        works = works.filter(school__board=cycle.board_id) | works.filter(board=cycle.board_id)
        leads = Office.objects.current().filter(kind=RoleKind.BOARD_ADMIN, board=cycle.board_id)
    people = User.objects.filter(pk__in=works.order_by().values("person"), is_active=True)
    return list(people.exclude(pk__in=leads.values("person")).order_by("pk"))


@transaction.atomic
def answer(scan, *, by, marks):
    """Once for each person; what somebody answered is kept apart from who did. Refused the second time."""
    scan = _hold_scan(scan)
    if reason := scan.why_not_answer:
        raise Refused(reason)
    if not marks:
        raise Refused(_("Answer at least one question."))
    if not set(marks) <= KEYS or any(type(mark) is not int or not LOW <= mark <= HIGH for mark in marks.values()):
        raise Refused(_("Choose a figure from 1 to 5."))
    try:
        with transaction.atomic():
            ScanAnswered.objects.create(scan=scan, person=by)
    except IntegrityError:
        raise Refused(
            _("You answered already. Nobody knows which answers are yours, so they cannot be changed.")
        ) from None
    ScanAnswer.objects.create(scan=scan, marks=marks)
    answered(SCAN, about=scan, person=by)


@transaction.atomic
def close_scan(scan, *, by=None):
    """No more answers: now the team sees the result, and nobody knows any more who answered."""
    scan = _hold_scan(scan)
    if reason := scan.why_not_close:
        raise Refused(reason)
    scan.people, scan.closed_at = scan.answers.count(), now()
    scan.save(update_fields=["people", "closed_at"])
    scan.answered.all().delete()
    Ask.objects.filter(kind=SCAN, about_id=scan.pk, about_type=ContentType.objects.get_for_model(Scan)).delete()
    record("learning.scan_closed", by=by, about=scan, tell=team(scan.cycle) if scan.is_shown else ())
    return scan


def close_due():
    """What is over its last day, each by itself; called each night. Returns how many."""
    scans = list(Scan.objects.over().order_by("pk"))
    each_by_itself(*(partial(close_scan, scan) for scan in scans))
    return len(scans)


# Conversations ------------------------------------------------------------------------------------


@transaction.atomic
def place(starter, community, *, by):
    """Onto the agenda of the PLG's next meeting, or for later where none is planned.

    What a member puts there is a proposal, as everything that she proposes. Refused where it stands there.
    """
    community, card = seats.hold(community), BY_KEY[starter]
    if reason := community.why_not_add:
        raise Refused(reason)
    if _items(Talk.objects.filter(community=community, starter=starter)).exists():
        raise Refused(_("This conversation stands on the agenda already."))
    talk = Talk.objects.filter(community=community, starter=starter, is_placed=False).first()
    talk = talk or Talk(community=community, starter=starter, by=by)
    talk.is_placed = True
    talk.save()
    leads = by in seats.leaders(community)
    with of_the_house():
        for bring in agendas.values():
            bring(talk, community=community, title=str(card.title), by=by, after=today())
        for item in _items(Talk.objects.filter(pk=talk.pk)):
            item.minutes, item.instruction = card.minutes, card.instruction
            item.state = item.state if leads else ItemState.PROPOSED
            item.save(update_fields=["minutes", "instruction", "state", "changed_at"])
            index.follow(item)
    answered(TALK, about=talk)
    record("learning.placed", by=by, about=talk, tell=seats.leaders(community), community=community)
    return talk


def _items(talks):
    """What stands on agendas, or waits there, for these."""
    types = ContentType.objects.get_for_models(AgendaItem, Talk)
    links = Link.objects.filter(from_type=types[AgendaItem], to_type=types[Talk], to_id__in=talks.values("pk"))
    open_states = [ItemState.PLANNED, ItemState.PROPOSED]
    return AgendaItem.objects.filter(pk__in=links.values("from_id"), state__in=open_states)


@transaction.atomic
def propose(starter, community, *, by):
    """A school's leader proposes it to a PLG: its facilitators are asked. She sees nothing of the agenda."""
    community = seats.hold(community)
    if reason := community.why_not_add:
        raise Refused(reason)
    talk, is_new = Talk.objects.get_or_create(
        community=community, starter=starter, is_placed=False, defaults={"by": by}
    )
    if not is_new:
        raise Refused(_("This was proposed to them already."))
    ask(TALK, about=talk, url=talk.get_absolute_url(), people=seats.leaders(community), community=community)
    record("learning.proposed", by=by, about=talk, community=community)
    return talk


@transaction.atomic
def leave(talk, *, by):
    """The PLG lets a proposal be: not now. Refused where somebody placed it meanwhile."""
    community = seats.hold(talk.community)
    if Talk.objects.filter(pk=talk.pk, is_placed=True).exists():
        raise Refused(_("This conversation stands on the agenda already."))
    answered(TALK, about=talk)
    record("learning.left", by=by, about=community, community=community)
    Talk.objects.filter(pk=talk.pk).delete()


def _hold(cycle):
    return Cycle.objects.select_for_update(of=("self",)).select_related("school", "board").get(pk=cycle.pk)


def _hold_scan(scan):
    return Scan.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=scan.pk)
