"""A date poll: open it, vote, choose the dates, or withdraw it."""

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import answered, record
from activity.models import Ask
from communities.actions.seats import hold, leaders
from communities.meetings import asking, polls
from communities.meetings.actions import planning
from communities.meetings.choices import Coming, Fits, Place, PollState
from communities.meetings.models import Answer, Meeting, Poll, PollOption, Vote
from core import streams
from core.models import apart
from core.night import each_by_itself
from core.refusals import Refused
from core.time import today

#: What a "yes" says about coming; where one can come in two ways, everybody is asked which.
YES_MEANS = {Place.ONSITE: Coming.ROOM, Place.ONLINE: Coming.ONLINE}


@transaction.atomic
def open_poll(community, *, by, deadline, options, title="", wanted=1):
    """Ask all members which dates fit; `options` are dicts with `held_on`, `starts`, `ends`, perhaps place, school."""
    community = hold(community)
    if reason := community.why_not_plan:
        raise Refused(reason)
    if len(options) < 2:
        raise Refused(_("Give at least two dates to choose from."))
    if wanted > len(options):
        raise Refused(_("You need more dates than there are to choose from."), field="wanted")
    _check(community, options, deadline)
    poll = Poll.objects.create(community=community, title=title, deadline=deadline, wanted=wanted, created_by=by)
    PollOption.objects.bulk_create(PollOption(poll=poll, **option) for option in options)
    polls.renew(poll)
    people, addresses = planning.told([], community)
    record(
        "meetings.poll_opened", by=by, about=poll, tell=people, addresses=addresses, community=community,
        count=len(options),
    )  # fmt: skip
    streams.tell(f"community:{community.pk}", "meetings")
    return poll


def _check(community, options, deadline):
    _check_deadline(deadline, [option["held_on"] for option in options])
    keys = [(option["held_on"], option["starts"], option.get("school")) for option in options]
    if len(set(keys)) < len(keys):
        raise Refused(_("A date stands here twice."))
    planning.check(community, [(each["held_on"], each["starts"], each["ends"]) for each in options], apart=False)


def _check_deadline(deadline, days):
    if deadline < today():
        raise Refused(_("This day lies behind us."), field="deadline")
    if deadline > min(days):
        raise Refused(_("People must answer before the first of these dates."), field="deadline")


def _hold(poll):
    """The poll as it is now, with its row locked."""
    return Poll.objects.select_for_update(of=("self",), no_key=True).select_related("community").get(pk=poll.pk)


@transaction.atomic
def vote(poll, membership, *, fits):
    """Write down which options fit this member, {option id: yes, maybe or no}; a later vote replaces an earlier one."""
    poll = _hold(poll)
    if reason := poll.why_not_vote:
        raise Refused(reason)
    options = set(poll.options.values_list("pk", flat=True))
    if not options or set(fits) != options or not set(fits.values()) <= set(Fits.values):
        raise Refused(_("Say of every date whether it fits."))
    who = {"person_id": membership.person_id, "address": membership.address}
    Vote.objects.bulk_create(
        [Vote(option_id=option, fits=each, at=now(), **who) for option, each in fits.items()],
        update_conflicts=True,
        unique_fields=["option", "person", "address"],
        update_fields=["fits", "at"],
    )
    answered(polls.KIND, about=poll, person=membership.person, address=membership.address)
    record("meetings.voted", by=membership.person, about=poll, community=poll.community_id)
    tell_when_complete(poll, by=membership.person)
    streams.tell(f"poll:{poll.pk}", "votes")
    return poll


def tell_when_complete(poll, by=None):
    """Tell the facilitators that all have voted, once. The poll must be held."""
    if poll.told_complete_at or not poll.is_open or not polls.result(poll).is_complete:
        return
    poll.told_complete_at = now()
    poll.save(update_fields=["told_complete_at"])
    record("meetings.poll_completed", by=by, about=poll, community=poll.community_id, tell=leaders(poll.community))


@transaction.atomic
def decide_poll(poll, *, by, options):
    """Choose these options (ids): they become meetings, the others vanish. Who said yes to a date comes to it."""
    community = hold(poll.community)
    poll = _hold(poll)
    if reason := poll.why_not_decide or community.why_not_plan:
        raise Refused(reason)
    chosen = list(poll.options.filter(pk__in=options).select_related("school").order_by("held_on", "starts"))
    if not chosen:
        raise Refused(_("Choose at least one date."))
    meetings = _meetings(community, poll, chosen, by)
    for option, meeting in zip(chosen, meetings, strict=True):
        option.meeting = meeting
        option.save(update_fields=["meeting"])
    _take_over(poll, chosen)
    poll.options.filter(meeting=None).delete()
    poll.state, poll.decided_at = PollState.DECIDED, now()
    poll.save(update_fields=["state", "decided_at"])
    _no_longer_asked(poll)
    record("meetings.poll_decided", by=by, about=poll, community=community, count=len(chosen))
    streams.tell(f"poll:{poll.pk}", "votes")
    return meetings


def _meetings(community, poll, chosen, by):
    """The options as meetings, in the same order; planned as if by hand, so that mails and reminders follow."""
    names = ("held_on", "starts", "ends", "place", "school")
    dates = [{name: getattr(option, name) for name in names} | {"title": poll.title} for option in chosen]
    if len(dates) == 1:
        return [planning.add(community, by=by, **dates[0])]
    usual = {name: dates[0][name] for name in ("starts", "ends", "place")}
    series = planning.plan(community, by=by, dates=dates, cadence_weeks=community.cadence_weeks, **usual)
    return list(series.meetings.order_by("held_on", "starts", "pk"))


def _take_over(poll, chosen):
    """A yes is a first answer, where there is one way to come; whoever gave it is not asked again."""
    members = {row.who: row for row in polls.voters(poll)}
    meeting_type = ContentType.objects.get_for_model(Meeting)
    for option in chosen:
        if option.place not in YES_MEANS:
            continue
        said_yes = [members[row.who] for row in option.votes.filter(fits=Fits.YES) if row.who in members]
        Answer.objects.bulk_create(
            Answer(
                meeting=option.meeting, coming=YES_MEANS[option.place],
                person_id=row.person_id, address=row.address, at=now(),
            )
            for row in said_yes
        )  # fmt: skip
        people, addresses = apart(said_yes)
        theirs = Q(person__in=people) | Q(person=None, address__in=addresses)
        Ask.objects.open().filter(theirs, kind=asking.KIND, about_type=meeting_type, about_id=option.meeting_id).update(
            closed_at=now()
        )


def _no_longer_asked(poll):
    answered(polls.KIND, about=poll)
    outbox.withdraw(about=poll, kind__in=[polls.REMINDER, "meetings.poll_opened", "meetings.poll_changed"])


@transaction.atomic
def edit_poll(poll, *, by, title, deadline):
    """Another title, or more or less time to answer; of another deadline all members hear, also when it was over."""
    poll = _hold(poll)
    if reason := poll.why_not_decide or poll.community.why_not_plan:
        raise Refused(reason)
    if moves := deadline != poll.deadline:
        _check_deadline(deadline, poll.options.values_list("held_on", flat=True))
        poll.reminded_at = None
    poll.title, poll.deadline = title, deadline
    poll.save(update_fields=["title", "deadline", "reminded_at"])
    people, addresses = planning.told([], poll.community) if moves else ([], [])
    if moves:
        polls.renew(poll)
    record("meetings.poll_changed", by=by, about=poll, tell=people, addresses=addresses, community=poll.community_id)
    streams.tell(f"poll:{poll.pk}", "votes")
    return poll


def tell_over():
    """Every night: tell the facilitators of a poll whose time to answer is over, once for each deadline."""
    over = Poll.objects.open().filter(deadline__lt=today(), reminded_at=None)
    each_by_itself(*(partial(_tell_over, poll) for poll in over))


@transaction.atomic
def _tell_over(poll):
    poll = _hold(poll)
    if poll.reminded_at or not poll.is_open or poll.deadline >= today():
        return
    poll.reminded_at = now()
    poll.save(update_fields=["reminded_at"])
    record("meetings.poll_over", about=poll, community=poll.community_id, tell=leaders(poll.community))


@transaction.atomic
def withdraw_poll(poll, *, by):
    """Call the poll off: nobody is asked any more, and everybody hears that it is not needed."""
    poll = _hold(poll)
    if reason := poll.why_not_decide:
        raise Refused(reason)
    poll.state = PollState.WITHDRAWN
    poll.save(update_fields=["state"])
    _no_longer_asked(poll)
    people, addresses = planning.told([], poll.community)
    record("meetings.poll_withdrawn", by=by, about=poll, tell=people, addresses=addresses, community=poll.community_id)
    streams.tell(f"poll:{poll.pk}", "votes")


def left(membership):
    """Somebody stopped: her votes count no more, and perhaps the others are complete now."""
    mine = {"person": membership.person_id, "address": membership.address}
    for each in Poll.objects.open().filter(community=membership.community_id):
        poll = _hold(each)
        Vote.objects.filter(option__poll=poll, **mine).delete()
        answered(polls.KIND, about=poll, person=membership.person, address=membership.address)
        tell_when_complete(poll)


def ended(community):
    """The PLG is completed: nobody is asked for dates any more."""
    for each in Poll.objects.open().filter(community=community):
        poll = _hold(each)
        poll.state = PollState.WITHDRAWN
        poll.save(update_fields=["state"])
        _no_longer_asked(poll)
