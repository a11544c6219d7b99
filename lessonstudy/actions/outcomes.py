"""What a cycle leaves: written by the team, looked through line by line, agreed by each, and then shared."""

from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, record
from core import pdf, streams
from core.night import each_by_itself
from core.refusals import Refused
from core.text import of_the_house, one_line
from core.time import today
from knowledgehub.actions import files, making, publishing
from knowledgehub.choices import Audience as Door
from knowledgehub.choices import Kind, Origin, Pupils
from lessonstudy import papers
from lessonstudy.actions.agreeing import ASKED
from lessonstudy.choices import Answer, Audience, Halt, State
from lessonstudy.guards import CHECKLIST
from lessonstudy.models import Approval, Cycle, Outcome
from people.calendar import after_working_days

DAYS = 10  # working days, each maker's own
WRITTEN = ("headline", "pupils_learned", "teachers_learned", "limits", "audience")
LICENCE = "cc-by-sa-40"


class Second(Refused):
    """Somebody else kept something while this was typed: `theirs` is what stands there now."""

    def __init__(self, sentence, theirs):
        super().__init__(sentence)
        self.theirs = theirs


def hold(cycle):
    """The cycle, locked, and its outcome, which begins empty."""
    rows = Cycle.objects.select_for_update(of=("self",)).select_related("community", "subject", "level")
    cycle = rows.get(pk=getattr(cycle, "pk", cycle))
    outcome, _made = Outcome.objects.get_or_create(cycle=cycle)
    outcome.cycle = cycle
    return cycle, outcome


def why_not_edit(cycle):
    """Why the outcome stands as it is now, or ""."""
    if cycle.state == State.DONE:
        return _("This cycle is completed. What you learned stands as it is.")
    if cycle.state == State.SHARING:
        return _("The team is asked whether it agrees. Who wants a change, says so there; then it can be written.")
    if cycle.halt == Halt.PAUSED:
        return _("This cycle is paused. Resume it first.")
    return _("This cycle was stopped.") if cycle.halt == Halt.STOPPED else ""


@transaction.atomic
def edit(cycle, *, by, version, **said):
    """Keep what the team learned. Raises Second when somebody else was earlier: nothing of either is lost.

    Words that changed were not looked through: the ticks of the checklist go.
    """
    cycle, outcome = hold(cycle)
    if reason := why_not_edit(cycle):
        raise Refused(reason)
    if version != outcome.version:
        raise Second(_theirs(outcome), outcome)
    said = {name: said[name].strip() for name in WRITTEN if name in said}
    if "headline" in said:
        said["headline"] = one_line(said["headline"])
    changed = [name for name, value in said.items() if getattr(outcome, name) != value]
    if not changed:
        return outcome
    for name, value in said.items():
        setattr(outcome, name, value)
    outcome.version += 1
    outcome.changed_by, outcome.changed_at = by, now()
    if set(changed) - {"audience"} or outcome.audience == Audience.HUB:
        outcome.checked = {}
    outcome.save()
    _changed(cycle, by, "outcome_kept")
    return outcome


def _theirs(outcome):
    who = str(outcome.changed_by) if outcome.changed_by_id else _("Somebody of your team")
    return _("%(who)s kept something while you wrote. Your words stand here still: put both together.") % {"who": who}


@transaction.atomic
def check(cycle, *, by, lines, shown=()):
    """Which lines of the checklist were looked at, and who of the team is named or can be seen in it."""
    cycle, outcome = hold(cycle)
    if reason := why_not_edit(cycle):
        raise Refused(reason)
    moment = now().isoformat()
    outcome.checked = {
        key: outcome.checked.get(key) or {"by": by.pk, "at": moment} for key in CHECKLIST if key in lines
    }  # fmt: skip
    outcome.save(update_fields=["checked"])
    for member in cycle.members.team().select_related("person"):
        region = member.person.holiday_region if member.person_id else ""
        Approval.objects.update_or_create(
            outcome=outcome, member=member, defaults={"is_shown": member.pk in shown},
            create_defaults={"is_shown": member.pk in shown, "due_on": after_working_days(today(), DAYS, region)},
        )  # fmt: skip
    _changed(cycle, by, "outcome_checked")
    return outcome


def _changed(cycle, by, what):
    record(f"lessonstudy.{what}", by=by, about=cycle, community=cycle.community_id)
    streams.tell(cycle.channel, "outcome")


# Agreeing -----------------------------------------------------------------------------------------


@transaction.atomic
def agree(cycle, *, by):
    """One of the team agrees. When all did, the process facilitator hears that the cycle can be completed."""
    cycle, outcome = hold(cycle)
    return _answer(cycle, outcome, outcome.approvals.filter(member__person=by, member__left_at=None), Answer.YES, by=by)


def _answer(cycle, outcome, rows, answer, *, by):
    if cycle.state != State.SHARING or outcome.asked_at is None:
        raise Refused(_("This question was taken back. Nothing is asked of you now."))
    approval = rows.select_related("member__person").first()
    if approval is None:
        raise Refused(_("You were not asked."))
    was_open = _is_open(outcome)
    approval.answer, approval.why, approval.answered_at = answer, "", now()
    approval.save(update_fields=["answer", "why", "answered_at"])
    if approval.member.person_id:
        answered(ASKED, about=outcome, person=approval.member.person)
    _changed(cycle, by, "agreed")
    if was_open and not _is_open(outcome):
        guides = [row.person for row in cycle.members.guiding().select_related("person") if row.person_id]
        record("lessonstudy.all_agreed", by=by, about=outcome, tell=guides, community=cycle.community_id)
    return approval


def _is_open(outcome):
    """Whether somebody who is still of the team has not agreed."""
    yes = [Answer.YES, Answer.SILENT]
    return outcome.approvals.filter(member__left_at=None).exclude(answer__in=yes).exists()


def due():
    """Approvals of which the time is over: silence is yes, but not of who is named or shown."""
    rows = Approval.objects.filter(answer="", is_shown=False, due_on__lt=today(), member__left_at=None)
    rows = rows.filter(outcome__asked_at__isnull=False, outcome__cycle__state=State.SHARING)
    return rows.filter(outcome__cycle__halt=Halt.ACTIVE)


def close_due():
    """Each night. Returns how many counted as yes."""
    found = list(due().select_related("outcome").order_by("pk"))
    each_by_itself(*(partial(_close, approval) for approval in found))
    return len(found)


@transaction.atomic
def _close(approval):
    cycle, outcome = hold(approval.outcome.cycle_id)
    rows = due().filter(pk=approval.pk)
    if rows.exists():
        _answer(cycle, outcome, Approval.objects.filter(pk__in=rows.values("pk")), Answer.SILENT, by=None)


# Sharing ------------------------------------------------------------------------------------------


def publish(cycle, *, by):
    """The outcome becomes a resource: for everybody with an account, or for the PLG alone.

    Its makers are the team that agreed. The plan goes along as steps, the poster as a file. The step `complete`
    calls it, once: a cycle that has a resource keeps it.
    """
    cycle, outcome = hold(cycle)
    if outcome.resource_id:
        return outcome.resource
    with of_the_house():
        version = _begun(cycle, outcome, by)
        poster = pdf.typeset("poster", papers.of_poster(cycle, outcome))
    name = one_line(outcome.headline or cycle.title)[:60]
    files.add(version, SimpleUploadedFile(f"poster {name}.pdf", poster, content_type="application/pdf"), by=by)
    version.refresh_from_db()
    publishing.publish(version, by=by)
    outcome.resource_id = version.resource_id
    outcome.save(update_fields=["resource"])
    record("lessonstudy.shared", by=by, about=outcome, community=cycle.community_id)
    return outcome.resource


def _begun(cycle, outcome, by):
    plan = papers.last_plan(cycle)
    where = {"audience": Door.MEMBERS} if outcome.audience == Audience.HUB else {
        "audience": Door.PLG, "community": cycle.community}  # fmt: skip
    makers = makers_of(cycle, outcome)
    return making.begin(
        by=makers[0] if by not in makers else by,
        title=one_line(outcome.headline or cycle.title)[:140],
        makers=makers,
        terms=[term for term in (cycle.subject, cycle.level) if term],
        kind=Kind.STUDY,
        theme=cycle.theme,
        summary=papers.summary_of(outcome),
        text=papers.text_of(cycle, outcome),
        steps=papers.steps_of(plan),
        lesson_minutes=sum(stage.minutes for stage in plan.stages.all()) or None if plan else None,
        licence=LICENCE,
        origin=Origin.OWN,
        pupils=Pupils.NONE,
        **where,
    )


def makers_of(cycle, outcome):
    """Who agreed, the process facilitator first. Who left is not asked, and not named."""
    yes = outcome.approvals.filter(answer__in=[Answer.YES, Answer.SILENT], member__left_at=None)
    rows = yes.filter(member__person__isnull=False).select_related("member__person")
    order = sorted(rows, key=lambda each: (each.member.role != "guide", each.member.joined_at, each.member.pk))
    return [each.member.person for each in order]
