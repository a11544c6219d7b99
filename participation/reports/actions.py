"""A year report: drafted, written in, laid before the members, released, taken back."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from activity.models import Ask
from communities.actions import seats
from communities.choices import State as PLGState
from communities.meetings.minutes import MOST_SECTIONS, merge
from communities.models import Community
from core import streams
from core.refusals import Refused
from core.time import today
from organisations.choices import RoleKind
from organisations.models import Network, School
from organisations.models import Role as Office
from participation.reports import drafting
from participation.reports.choices import State
from participation.reports.models import Report, ReportVersion
from participation.words import school_year as said
from people.calendar import after_working_days, school_year
from people.models import User

READ, AGREE, RELEASE = "reports.read", "reports.agree", "reports.release"
ASKED = (READ, AGREE, RELEASE)
DAYS = 10  # working days; school holidays of no member are counted


class WroteMeanwhile(Refused):
    """Somebody else wrote in the same section; `theirs` has what stands there now, by the section's key."""

    def __init__(self, sentence, theirs, version):
        super().__init__(sentence)
        self.theirs, self.version = theirs, version


@transaction.atomic
def begin(place, *, by, year):
    """Draft a report of this school year from what happened. Refused where there is one, or the year has not begun."""
    if not school_year(today()) - 2 <= year <= school_year(today()):
        raise Refused(_("A report is about this school year or one of the two before it."))
    if isinstance(place, Community):
        community, network = seats.hold(place), None
        if community.state == PLGState.CONCEPT:
            raise Refused(_("This PLG has not begun yet."))
    else:
        community, network = None, Network.objects.select_for_update().get(pk=place.pk)
    if Report.objects.filter(community=community, network=network, year=year).exists():
        raise Refused(_("There is a report of %(year)s already.") % {"year": said(year)})
    report = Report.objects.create(community=community, network=network, year=year, created_by=by)
    _draft(report, by)
    record("reports.begun", by=by, about=report, tell=_members(report), community=community)
    _changed(report)
    return report


def _draft(report, by):
    """The sections as they would be drafted now; of a network refused where no PLG released anything."""
    if report.network_id:
        rows = Report.objects.reaching(report.network, report.year).select_related("community")
        sources = list(rows.select_for_update(of=("self",)))  # what is taken back now is not told
        if not sources:
            raise Refused(drafting.why_nothing(report.network, report.year))
        sections = drafting.of_network(report.network, report.year, sources)
        report.sources.set(sources)
    else:
        sections = drafting.of_plg(report.community, report.year)
    ReportVersion.objects.update_or_create(
        report=report, number=report.number, defaults={"sections": sections, "by": by, "at": now()}
    )


@transaction.atomic
def redraft(report, *, by):
    """Draft it again from what happened since. Refused once somebody wrote in it."""
    report = hold(report)
    if reason := report.why_not_redraft:
        raise Refused(reason)
    _draft(report, by)
    record("reports.redrafted", by=by, about=report, community=report.community_id)
    _changed(report)
    return report


@transaction.atomic
def write(report, *, by, typed):
    """Write in it; who wrote somewhere else meanwhile loses nothing. Refused where both wrote in the same place."""
    report = hold(report)
    if reason := report.why_not_write:
        raise Refused(_("%(reason)s Your text is still here.") % {"reason": reason})
    version = report.current
    sections, theirs = merge(version.sections, typed)
    if theirs:
        sentence = _("%(name)s wrote in the same place meanwhile. Both texts stand below: make one of them, then save.")
        raise WroteMeanwhile(sentence % {"name": version.by or _("Somebody else")}, theirs, version)
    if len(sections) > MOST_SECTIONS:
        raise Refused(_("That are more parts than a report can have. Put some together."))
    if sections != version.sections:
        version.sections, version.by, version.at = sections, by, now()
        version.edits += 1
        version.save()
        record("reports.wrote", by=by, about=report, community=report.community_id)
        _changed(report)
    return report


# Before the members -------------------------------------------------------------------------------


@transaction.atomic
def lay(report, *, by, named=()):
    """Lay it before the members: they have ten working days to say no. Who is named is asked for her own yes.

    `named` are those whom the facilitator names besides the ones whose names stand in the text.
    """
    report = hold(report)
    if reason := report.why_not_lay:
        raise Refused(reason)
    report.state, report.laid_at, report.laid_by, report.until_on = State.LAID, now(), by, last_day(report)
    report.save()
    named = dict.fromkeys([*drafting.people_in(report), *named])
    for person in named:
        report.namings.create(person=person, agreed_at=now() if person == by else None)
    members = _members(report)
    shared = {"about": report, "url": report.get_absolute_url(), "community": report.community_id}
    ask(AGREE, people=[person for person in named if person != by], due_on=report.until_on, **shared)
    readers = [person for person in members if person != by and person not in named]
    ask(READ, people=readers, due_on=report.until_on, **shared)
    after = after_working_days(report.until_on, 1)
    ask(RELEASE, people=seats.leaders(report.community), opens_on=after, **shared)
    told = {"until": report.until_on.isoformat()}
    record("reports.laid", by=by, about=report, tell=members, community=report.community_id, **told)
    _changed(report)
    return report


def last_day(report):
    """The last day on which a member may say no: ten working days on, holidays of each member's region left out."""
    rows = report.community.memberships.seated().select_related("person", "school")
    regions = {row.region for row in rows} or {""}
    return max(after_working_days(today(), DAYS, region) for region in regions)


@transaction.atomic
def reopen(report, *, by):
    """Take it back from the members, to change it: what they said is settled, and they are asked anew later."""
    report = hold(report)
    if not report.is_laid:
        raise Refused(_("This report does not lie before the members."))
    _to_draft(report, by)
    record("reports.reopened", by=by, about=report, tell=_members(report), community=report.community_id)
    return report


def _to_draft(report, by):
    """A new version with the same words, and nobody is asked any more."""
    for kind in ASKED:
        answered(kind, about=report)
    report.objections.filter(settled_at=None).update(settled_at=now())
    report.namings.all().delete()
    before = report.current
    report.number += 1
    report.versions.create(number=report.number, sections=before.sections, edits=before.edits, by=before.by)
    report.state, report.laid_at, report.laid_by, report.until_on = State.DRAFT, None, None, None
    report.released_at = report.released_by = None
    report.save()
    report.schools.clear()
    _changed(report)


@transaction.atomic
def fine(report, *, by):
    """Read it, and it is fine: she is asked no more. Saying nothing would come to the same."""
    report = hold(report)
    if reason := report.why_not_answer:
        raise Refused(reason)
    answered(READ, about=report, person=by)
    record("reports.was_fine", by=by, about=report, community=report.community_id)
    return report


def is_asked(report, person):
    """Whether she still may answer, and has not: who laid it before them and who came later were never asked."""
    rows = Ask.objects.open().filter(kind=READ, about_type=ContentType.objects.get_for_model(Report))
    return rows.filter(about_id=report.pk, person=person).exists()


@transaction.atomic
def say_no(report, *, by, reason):
    """A member does not want it read like this, and says what should be different: then it is not released."""
    report = hold(report)
    if sentence := report.why_not_answer:
        raise Refused(sentence)
    if report.objections.filter(person=by, settled_at=None).exists():
        raise Refused(_("Your no is written down already."))
    report.objections.create(person=by, reason=reason)
    answered(READ, about=report, person=by)
    told = seats.leaders(report.community)
    record("reports.objected", by=by, about=report, tell=told, community=report.community_id)
    _changed(report)
    return report


@transaction.atomic
def take_no_back(report, *, by):
    """It is fine after all."""
    report = hold(report)
    if report.objections.filter(person=by, settled_at=None).update(settled_at=now()):
        record("reports.no_taken_back", by=by, about=report, community=report.community_id)
        _changed(report)
    return report


@transaction.atomic
def agree(report, *, by, yes=True):
    """Who is named says whether that may be read by leaders; she may change her mind until it is released."""
    report = hold(report)
    if sentence := report.why_not_answer:
        raise Refused(sentence)
    answers = {"agreed_at": now() if yes else None, "declined_at": None if yes else now()}
    if not report.namings.filter(person=by).update(**answers):
        raise Refused(_("You are not named in this report."))
    answered(AGREE, about=report, person=by)
    told = () if yes else seats.leaders(report.community)
    verb = "agreed" if yes else "declined"
    record(f"reports.{verb}", by=by, about=report, tell=told, community=report.community_id)
    _changed(report)
    return report


# Above --------------------------------------------------------------------------------------------


@transaction.atomic
def release(report, *, by):
    """From now on leaders of its schools, boards and networks read it. Members and readers hear so."""
    report = hold(report)
    if reason := report.why_not_release:
        raise Refused(reason)
    report.state, report.released_at, report.released_by = State.RELEASED, now(), by
    report.save()
    if report.community_id:
        report.schools.set(_schools(report.community))
    for kind in ASKED:
        answered(kind, about=report)
    told = [*_members(report), *readers_of(report)]
    record("reports.released", by=by, about=report, tell=told, community=report.community_id)
    _changed(report)
    return report


def _schools(community):
    """The school it belongs to, and those of its members."""
    rows = School.objects.filter(memberships__in=community.memberships.seated())
    return list(rows.distinct()) + ([community.owner_school] if community.owner_school_id else [])


def readers_of(report):
    """Who leads a school, runs a board or network that this reaches."""
    if report.network_id:
        here = {"school__board__networks": report.network_id}, {"board__networks": report.network_id}
        kinds = (RoleKind.SCHOOL_LEADER, RoleKind.BOARD_ADMIN)
    else:
        schools = list(report.schools.values_list("pk", flat=True))
        boards = {*report.schools.values_list("board", flat=True), report.community.board_id} - {None}
        here = {"school__in": schools}, {"board__in": boards}, {"network__boards__in": boards}
        kinds = (RoleKind.SCHOOL_LEADER, RoleKind.BOARD_ADMIN, RoleKind.NETWORK_ADMIN)
        if report.community.owner_network_id:
            here += ({"network": report.community.owner_network_id},)
    found = Office.objects.none()
    for where in here:
        found |= Office.objects.current().filter(kind__in=kinds, **where)
    people = User.objects.filter(pk__in=found.values("person"), is_active=True)
    return list(people.order_by("pk"))


@transaction.atomic
def take_back(report, *, by):
    """Nobody above reads it any more; what a network's report took from it goes there, too."""
    _hold_above(report)  # in the order in which a network takes them: its own first
    report = hold(report)
    if reason := report.why_not_take_back:
        raise Refused(reason)
    _to_draft(report, by)
    for above in _hold_above(report):
        _take_out(above, report, by)
    record("reports.taken_back", by=by, about=report, tell=_members(report), community=report.community_id)
    return report


def _hold_above(report):
    """The networks' reports that tell of this one, for us alone."""
    return [hold(above) for above in report.used_in.order_by("pk")]


def _take_out(above, report, by):
    """Out of every version of a network's report; who runs the network hears it."""
    key = drafting.key_of(report)
    for version in above.versions.all():
        version.sections = [each for each in version.sections if each["key"] != key]
        version.save(update_fields=["sections"])
    above.sources.remove(report)
    offices = Office.objects.current().filter(kind=RoleKind.NETWORK_ADMIN, network=above.network_id)
    told = [row.person for row in offices.select_related("person")]
    record("reports.taken_out", by=by, about=above, tell=told, plg=report.community.name)


# ---------------------------------------------------------------------------------------------------


def hold(report):
    """The report as it is now, for us alone until the end of the deed."""
    rows = Report.objects.select_for_update(of=("self",))
    return rows.select_related("community__owner_school", "network").get(pk=report.pk)


def _members(report):
    """Everybody who takes part; of a network's report nobody."""
    if report.network_id:
        return []
    rows = report.community.memberships.seated().exclude(person=None).select_related("person")
    return [row.person for row in rows]


def _changed(report):
    if report.community_id:
        streams.tell(f"community:{report.community_id}", "reports")
