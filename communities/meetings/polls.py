"""Date polls as their page reads them: who is asked, what they said, and which dates fit best.

The best dates, by a rule that the page says in words: most people can come ("yes" and "if need be" together);
where that is equal, most said yes; then the earliest.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import now

from activity import outbox
from activity.journal import ask_each
from activity.models import Ask
from communities.meetings import reminders
from communities.meetings.choices import Fits, PollState
from communities.meetings.models import Poll, PollOption, Vote
from communities.models import Community, Membership
from core.models import apart
from core.time import AMSTERDAM, today
from people import calendar

KIND = "meetings.vote"
REMINDER = "meetings.poll_reminder"


@dataclass
class Tally:
    """One option, and who said what; `fits` names the voters by their vote."""

    option: PollOption
    fits: dict = field(default_factory=lambda: {fits: [] for fits in Fits})
    is_best: bool = False

    @property
    def yes(self):
        return self.fits[Fits.YES]

    @property
    def maybe(self):
        return self.fits[Fits.IF_NEED_BE]

    @property
    def no(self):
        return self.fits[Fits.NO]

    @property
    def can(self):
        """How many can come, if need be."""
        return len(self.yes) + len(self.maybe)


@dataclass
class Result:
    """What was said so far: a tally for each option, and who has said nothing yet."""

    tallies: list
    silent: list
    count: int

    @property
    def voted(self):
        return self.count - len(self.silent)

    @property
    def is_complete(self):
        return self.count > 0 and not self.silent


def voters(poll):
    """The memberships that are asked: everybody with a seat."""
    rows = Membership.objects.seated().filter(community=poll.community_id).select_related("person", "school")
    return list(rows.order_by("person__sort_name", "address", "pk"))


def options_of(poll):
    """What there is to choose from; once decided, what was chosen."""
    rows = poll.options.select_related("school", "meeting", "meeting__community").order_by("held_on", "starts", "pk")
    return list(rows if poll.is_open else rows.exclude(meeting=None))


def result(poll, options=None):
    """What was said so far, in three queries."""
    options = options_of(poll) if options is None else options
    people = voters(poll)
    names = {row.who: row.called for row in people}
    said = {}
    for vote in Vote.objects.filter(option__poll=poll):
        said.setdefault(vote.who, {})[vote.option_id] = vote.fits
    tallies = []
    for option in options:
        tally = Tally(option)
        for key, name in names.items():
            if fits := said.get(key, {}).get(option.pk):
                tally.fits[fits].append(name)
        tallies.append(tally)
    for tally in best(tallies, poll.wanted):
        tally.is_best = True
    return Result(tallies, [row for row in people if row.who not in said], len(people))


def best(tallies, wanted):
    """As many options as there are dates wanted, by the rule above; no two at the same hours."""
    found = []
    order = sorted(tallies, key=lambda each: (-each.can, -len(each.yes), each.option.starts_at, each.option.pk))
    for tally in order:
        if len(found) < wanted and tally.can and not any(_overlap(tally.option, other.option) for other in found):
            found.append(tally)
    return found


def _overlap(one, other):
    return one.held_on == other.held_on and one.starts < other.ends and one.ends > other.starts


def by_day(rows, day):
    """The rows in groups: (day, rows of that day)."""
    return [(held_on, list(each)) for held_on, each in groupby(rows, key=day)]


def mine(poll, membership):
    """What this member said: option id -> vote."""
    votes = Vote.objects.filter(option__poll=poll, person=membership.person_id, address=membership.address)
    return dict(votes.values_list("option_id", "fits"))


def renew(poll):
    """Ask everybody who has not voted, and lay a reminder ready on her last working day before the deadline."""
    voted = {vote.who for vote in Vote.objects.filter(option__poll=poll)}
    rows = [row for row in voters(poll) if row.who not in voted]
    asked = Ask.objects.open().filter(kind=KIND, about_type=ContentType.objects.get_for_model(Poll), about_id=poll.pk)
    asked.exclude(due_on=poll.deadline).update(due_on=poll.deadline)
    people, addresses = apart(rows)
    ask_each(
        KIND,
        [
            {
                "about": poll,
                "url": poll.get_absolute_url(),
                "people": people,
                "addresses": addresses,
                "community": poll.community_id,
                "due_on": poll.deadline,
            }
        ],
    )
    letters = {}
    for row in rows:
        letters.setdefault(remind_at(poll, row), []).append(row)
    outbox.put_all(
        [
            (
                {
                    "kind": REMINDER,
                    "occasion": f"meetings:poll:{poll.pk}",
                    "slot": _slot(poll),
                    "about": poll,
                    "community_id": poll.community_id,
                    "due_at": due_at,
                },
                *apart(group),
            )
            for due_at, group in letters.items()
            if due_at > now()
        ]
    )


def _slot(poll):
    """A reminder is for one deadline: where that moves, the old one says nothing any more."""
    return f"reminder:{poll.deadline:%Y-%m-%d}"


def remind_at(poll, membership):
    """Eight o'clock on her last working day before the deadline."""
    day = calendar.last_working_day_before(poll.deadline, *reminders.rhythm(membership))
    return reminders.morning(day, membership.person, AMSTERDAM)


def renew_in(community):
    """After somebody came: she is asked, too."""
    for poll in Poll.objects.open().filter(community=community, deadline__gte=today()):
        renew(poll)


def still_asked(delivery, poll, person):
    """Asked at the moment of sending: still open, still a member, and not voted yet."""
    if poll is None or poll.why_not_vote or poll.community.is_closed:
        return False
    if delivery.kind == REMINDER and delivery.slot != _slot(poll):
        return False
    mine = {"person": person} if person else {"address": delivery.address, "person": None}
    if not Membership.objects.seated().filter(community=poll.community_id, **mine).exists():
        return False
    return not Vote.objects.filter(option__poll=poll, **mine).exists()


def a_poll():
    """(about, facts) for the previews: the newest, or one that was never opened."""
    found = Poll.objects.select_related("community").order_by("-pk").first()
    community = Community.objects.living().first()
    if found is None and community:
        found = Poll(pk=0, community=community, deadline=today() + timedelta(days=7))
    return found, {}


def close_past():
    """What was not voted before the deadline is no longer asked; returns how many."""
    asks = Ask.objects.open().filter(kind=KIND, about_type=ContentType.objects.get_for_model(Poll))
    going = Poll.objects.filter(state=PollState.OPEN, deadline__gte=today()).order_by()
    return asks.exclude(about_id__in=going.values("pk")).update(closed_at=now())
