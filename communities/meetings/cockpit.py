"""The facilitator's cockpit: every PLG she leads in one row, in a number of queries that does not grow with them.

What waits is told as what helps, never as a score. Who was not there twice is
told to those who lead that PLG only, worded as care, and not where she manages
one of its members (leads a school, a team or a board): then it would be a
leader's eye on a colleague.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.models import Activity
from communities.choices import MembershipState, Role, State
from communities.meetings import rhythm
from communities.meetings.choices import ActionState, MinutesState, Place
from communities.meetings.models import ActionPoint, AgendaItem, Answer, Attendance, Meeting, Minutes
from communities.models import Community, Membership
from communities.rules import standing
from core.templatetags import ui
from core.time import today
from organisations.choices import Function
from organisations.models import Affiliation
from organisations.rules import standing as at_work

COLUMNS = 6  # meetings in the strip
AGENDA_DAYS = 10  # before a meeting it needs an agenda
MISSED = 2  # so many meetings in a row not there: perhaps a word of care
MOST_QUIET = 3  # so many people a row; a row is no list of absentees
MARK_DAYS = 14  # after a meeting one is asked who was there
NUDGED = "meetings.nudged"


class Hint(NamedTuple):
    """One thing that would help: an icon, a sentence, and where it is done."""

    icon: str
    text: str
    url: str = ""
    button: str = ""


@dataclass
class Row:
    """One PLG as its facilitator sees it."""

    community: Community
    meeting: Meeting | None = None
    past: list = field(default_factory=list)
    lacks: list = field(default_factory=list)
    waits: list = field(default_factory=list)
    silent: list = field(default_factory=list)
    quiet: list = field(default_factory=list)

    @property
    def counts(self):
        """How many were there at the latest meetings, the oldest first."""
        return [meeting.attended_count for meeting in reversed(self.past)]

    @property
    def counts_in_words(self):
        return ", ".join(map(str, self.counts))

    @property
    def rhythm(self):
        """Its rhythm in words, by the latest plan."""
        return rhythm.words(self.community, [row for row in [self.meeting, *self.past] if row])

    @property
    def hints(self):
        return [*self.lacks, *self.waits]

    @property
    def is_fine(self):
        return not self.hints and not self.quiet


def rows(user, *, only=None):
    """A row for each PLG she leads, the nearest meeting first; `only` one of them."""
    leads = standing(user).leads & ({only.pk} if only else standing(user).leads)
    communities = Community.objects.filter(pk__in=leads).exclude(state=State.CLOSED).with_seats().order_by("sort_name")
    found = {community.pk: Row(community) for community in communities}
    if not found:
        return []
    _meetings(found)
    members = _members(found)
    _silent(found, members)
    _lacks(found)
    _waits(found, members)
    _quiet(found, members, user)
    return sorted(found.values(), key=lambda row: (row.meeting is None, row.meeting and row.meeting.starts_at))


# Meetings ---------------------------------------------------------------------------------------
def _meetings(found):
    """The next meeting of each, and the latest ones, in two queries."""
    coming = Meeting.objects.filter(community__in=found).upcoming().with_counts().select_related("series", "school")
    for meeting in coming.order_by("community_id", "starts_at", "pk").distinct("community_id"):
        found[meeting.community_id].meeting = meeting
    place = Window(RowNumber(), partition_by=F("community"), order_by=F("starts_at").desc())
    past = Meeting.objects.filter(community__in=found).past().with_counts().select_related("series")
    for meeting in (
        past.annotate(place_back=place).filter(place_back__lte=COLUMNS).order_by("community_id", "-starts_at")
    ):
        found[meeting.community_id].past.append(meeting)


def lacks_of(meeting, *, has_agenda):
    """What a meeting lacks, as hints: an agenda within ten days, a place, a link."""
    lacks = []
    change = reverse("meetings:edit", args=[meeting.pk])
    if not has_agenda and meeting.held_on - today() <= timedelta(days=AGENDA_DAYS):
        agenda = reverse("meetings:agenda_of", args=[meeting.pk])
        lacks.append(Hint("clipboard-list", _("The agenda is still empty."), agenda, _("Make the agenda")))
    if meeting.place != Place.ONLINE and not (meeting.school_id or meeting.room):
        lacks.append(Hint("map-pin", _("There is no place yet."), change, _("Choose a place")))
    if meeting.place != Place.ONSITE and not meeting.link:
        lacks.append(Hint("link", _("The link to join online is missing."), change, _("Add the link")))
    return lacks


def _lacks(found):
    meetings = [row.meeting for row in found.values() if row.meeting]
    with_agenda = set(AgendaItem.objects.on_agenda().filter(meeting__in=meetings).values_list("meeting", flat=True))
    for row in found.values():
        if row.meeting:
            row.lacks = lacks_of(row.meeting, has_agenda=row.meeting.pk in with_agenda)
        elif not row.community.why_not_plan and row.community.state != State.CONCEPT:
            plan = reverse("meetings:plan", args=[row.community.pk])
            row.lacks = [Hint("calendar-question", _("There is no date yet."), plan, _("Plan meetings"))]


# People -----------------------------------------------------------------------------------------
def _members(found):
    """Community id -> its memberships that count now, by name: one query."""
    here = [MembershipState.ACTIVE, MembershipState.INVITED, MembershipState.REQUESTED]
    members = defaultdict(list)
    for each in (
        Membership.objects.filter(community__in=found, state__in=here)
        .select_related("person", "school")
        .order_by("person__sort_name", "name", "pk")
    ):
        each.community = found[each.community_id].community
        members[each.community_id].append(each)
    return members


def _seated(memberships):
    return [each for each in memberships if each.state == MembershipState.ACTIVE and each.role != Role.GUEST]


def _silent(found, members):
    """Who has not said whether she comes to the next meeting."""
    meetings = [row.meeting for row in found.values() if row.meeting]
    said = defaultdict(set)
    for meeting, person, address in Answer.objects.filter(meeting__in=meetings).values_list(
        "meeting", "person", "address"
    ):
        said[meeting].add(person or address)
    for pk, row in found.items():
        if row.meeting:
            known = said[row.meeting.pk]
            row.silent = [each for each in _seated(members[pk]) if each.who not in known]


def _quiet(found, members, user):
    """Who was not there at the last two meetings: never herself, never where she manages somebody, never twice."""
    latest = _latest_marked(found)
    managed = _where_i_manage(user, members)
    marks = Attendance.objects.filter(meeting__in=[pk for pair in latest.values() for pk in pair], was_there=False)
    missed = defaultdict(Counter)
    for community, person in marks.exclude(person=None).values_list("meeting__community", "person"):
        missed[community][person] += 1
    written = _written_to(found, user)
    for pk, row in found.items():
        if pk in managed or row.community.state != State.ACTIVE:
            continue
        people = [
            each
            for each in _seated(members[pk])
            if each.person_id and each.person_id != user.pk and missed[pk][each.person_id] >= MISSED
        ]
        last = row.past[0].starts_at if row.past else now()
        row.quiet = [each for each in people if written.get(each.pk, last) <= last][:MOST_QUIET]


def _latest_marked(found):
    """Community id -> ids of its last two meetings of which somebody wrote down who was there."""
    past = [meeting.pk for row in found.values() for meeting in row.past]
    marked = set(Attendance.objects.filter(meeting__in=past).values_list("meeting", flat=True).distinct())
    found_pairs = {}
    for pk, row in found.items():
        held = [meeting.pk for meeting in row.past if meeting.pk in marked][:MISSED]
        _mark_wait(row, marked)
        if len(held) == MISSED:
            found_pairs[pk] = held
    return found_pairs


def _mark_wait(row, marked):
    last = row.past[0] if row.past else None
    if last and last.pk not in marked and last.held_on >= today() - timedelta(days=MARK_DAYS):
        url = reverse("meetings:attendance", args=[last.pk])
        row.waits.append(Hint("checklist", _("Who was there last time?"), url, _("Write it down")))


def _where_i_manage(user, members):
    """Ids of the PLGs in which somebody takes part whom this user manages: leads her school, team or board."""
    mine = at_work(user)
    own = user.affiliations.current().filter(function__in=[Function.LEADER, Function.TEAM_LEADER])
    schools = mine.schools_led | set(own.exclude(school=None).values_list("school", flat=True))
    if not (schools or mine.boards_run):
        return set()
    people = {each.person_id: pk for pk, group in members.items() for each in group}
    managed = set(
        Affiliation.objects.current()
        .filter(person__in=people)
        .exclude(person=user)
        .filter(Q(school__in=schools) | Q(school__board__in=mine.boards_run) | Q(board__in=mine.boards_run))
        .values_list("person", flat=True)
    )
    return {
        pk
        for pk, group in members.items()
        for each in group
        if each.state == MembershipState.ACTIVE
        and each.person_id != user.pk
        and (each.person_id in managed or each.school_id in schools)
    }


def _written_to(found, user):
    """Membership id -> when she wrote this member last: whoever was asked already is not hinted at again."""
    rows = Activity.objects.filter(kind=NUDGED, by=user, community_id__in=found).values_list("about_id", "at")
    return dict(rows.order_by("at"))


# What waits -------------------------------------------------------------------------------------
def _waits(found, members):
    """Requests, invitations, answers, minutes and agreements that wait, as hints."""
    minutes = _minutes(found)
    late = ActionPoint.objects.filter(community__in=found, state=ActionState.OPEN, due_on__lt=today()).order_by()
    stale = Counter(dict(late.values_list("community").annotate(Count("pk"))))
    for pk, row in found.items():
        row.waits += [*_about_people(row, members[pk]), *_about_answers(row), *minutes[pk]]
        if stale[pk]:
            text = ngettext(
                "%(count)d agreement is past its date.", "%(count)d agreements are past their date.", stale[pk]
            )
            url = reverse("meetings:action_points", args=[pk])
            row.waits.append(Hint("checklist", text % {"count": stale[pk]}, url, _("See them")))


def _minutes(found):
    """Community id -> what waits of its minutes: the oldest that is not finished, the oldest to approve."""
    waiting = Minutes.objects.filter(
        meeting__community__in=found, state__in=[MinutesState.DRAFT, MinutesState.PROPOSED]
    )
    rows = waiting.order_by("meeting__community_id", "state", "meeting__starts_at").distinct(
        "meeting__community_id", "state"
    )
    hints = defaultdict(list)
    for community, meeting, state, day in rows.values_list(
        "meeting__community", "meeting", "state", "meeting__held_on"
    ):
        text = (
            _("The minutes of %(day)s are not finished.")
            if state == MinutesState.DRAFT
            else _("The minutes of %(day)s wait for approval.")
        )
        url = reverse("meetings:minutes", args=[meeting])
        hints[community].append(Hint("notes", text % {"day": ui.day(day)}, url, _("Open")))
    return hints


def _about_people(row, memberships):
    url = reverse("communities:members", args=[row.community.pk])
    requested = [each for each in memberships if each.state == MembershipState.REQUESTED]
    invited = [each for each in memberships if each.state == MembershipState.INVITED]
    if requested:
        text = ngettext("%(name)s wants to join.", "%(count)d people want to join.", len(requested))
        text %= {"count": len(requested), "name": requested[0].called}
        yield Hint("user-plus", text, url, _("Answer"))
    if invited:
        text = ngettext(
            "%(count)d invitation has no answer yet.", "%(count)d invitations have no answer yet.", len(invited)
        )
        yield Hint("mail", text % {"count": len(invited)}, url, _("See the members"))


def _about_answers(row):
    if len(row.silent) > 1:
        text = ngettext(
            "%(count)d member has not answered yet.", "%(count)d members have not answered yet.", len(row.silent)
        )
        yield Hint("calendar-question", text % {"count": len(row.silent)}, row.meeting.get_absolute_url(), _("Who?"))


# A word to somebody -----------------------------------------------------------------------------
def prepared_words(membership, user):
    """A message to this member that her facilitator may adapt, by what the cockpit shows of her."""
    row = next(iter(rows(user, only=membership.community)), None)
    words = {"name": membership.person.first_name, "plg": membership.community.name, "me": user.first_name}
    if row and row.meeting:
        words["when"] = _("%(day)s at %(time)s") % {
            "day": ui.day(row.meeting.held_on), "time": ui.clock(row.meeting.starts),
        }  # fmt: skip
    quiet = bool(row) and any(each.pk == membership.pk for each in row.quiet)
    silent = bool(row) and any(each.pk == membership.pk for each in row.silent)
    return _letter(words, quiet=quiet, silent=silent)


def _letter(words, *, quiet, silent):
    lines = [_("Hello %(name)s,")]
    if quiet:
        lines.append(_("We missed you the last two times at %(plg)s. How are you? Can I do something for you?"))
        lines.append(_("Next time is %(when)s. It would be good to see you there.") if "when" in words else "")
    elif silent:
        lines.append(_("Do you come to %(plg)s on %(when)s? Then I know whom I can count on."))
    else:
        lines.append(_("How is it going with what we agreed in %(plg)s?"))
    lines.append(_("Regards,\n%(me)s"))
    return "\n\n".join(line % words for line in lines if line)
