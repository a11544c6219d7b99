"""How far a learner is: what is done, what comes next, and what is still missing before she completes.

Read in a few queries however long the programme is; nothing here writes.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.links import address
from training.choices import AssessmentState, EnrolmentState, PageKind, PracticeState, SubmissionState, Verdict
from training.models import Assessment, Assignment, Enrolment, Page, PageDone, Practice, Submission

ASSURED = 2  # so many assessors, where the quality of a programme is assured
APPEAL = 4  # the place of whoever looks anew on appeal: her verdict decides
ICONS = {
    PageKind.TEXT: "file-text",
    PageKind.VIDEO: "video",
    PageKind.TEST: "checklist",
    PageKind.READING: "book-2",
    PageKind.TALK: "message-2",
}
OURS = (SubmissionState.CONCEPT, SubmissionState.REVISED)  # it lies with the learner


@dataclass
class Part:
    """A page or an assignment of a module, for one learner."""

    title: str
    url: str
    icon: str
    minutes: int
    is_done: bool
    is_assignment: bool = False
    assignment_id: int | None = None
    submission: Submission | None = None
    page_id: int | None = None

    @property
    def is_open(self):
        """It lies with the learner: not done, and nobody else is reading it."""
        return not self.is_done and (self.submission is None or self.submission.state in OURS)


@dataclass
class ModuleProgress:
    """A module with its parts."""

    pk: int
    title: str
    summary: str
    minutes: int
    number: int
    parts: list = field(default_factory=list)

    @property
    def done(self):
        return sum(part.is_done for part in self.parts)

    @property
    def is_done(self):
        return self.done == len(self.parts)

    @property
    def state(self):
        """For the bar of all modules: "done", "now" or ""."""
        return "done" if self.is_done else "now" if self.done else ""


@dataclass(frozen=True)
class Next:
    """The one thing that comes next: a sentence, and where to do it. Without `url` somebody else is to move."""

    sentence: str
    url: str = ""
    button: str = ""
    note: str = ""
    place: str = ""  # in which module
    post: str = ""  # the verb, where it is a step that one takes with one button

    @property
    def waits(self):
        return not (self.url or self.post)


class Progress:
    """How far one learner is; every list is read once, when it is first needed."""

    def __init__(self, enrolment):
        self.enrolment, self.version = enrolment, enrolment.version

    @cached_property
    def modules(self):
        """All modules in order, each with its pages and then its assignments."""
        found = {}
        done = PageDone.objects.filter(enrolment=self.enrolment.pk, page=OuterRef("pk"))
        pages = Page.objects.filter(module__version=self.version).annotate(is_done=Exists(done))
        pages = pages.select_related("module").defer("text", "html")
        for page in pages.order_by("module__order", "module", "order", "pk"):
            self._module(found, page.module).parts.append(self._page(page))
        work = Assignment.objects.filter(module__version=self.version).select_related("module").defer("text", "html")
        for assignment in work.order_by("module__order", "module", "order", "pk"):
            self._module(found, assignment.module).parts.append(self._assignment(assignment))
        modules = sorted(found.values(), key=lambda row: row[0])
        for number, (_order, module) in enumerate(modules, 1):
            module.number = number
        return [module for _order, module in modules]

    def _module(self, found, module):
        if module.pk not in found:
            shown = ModuleProgress(module.pk, module.title, module.summary, module.minutes, 0)
            found[module.pk] = ((module.order, module.pk), shown)
        return found[module.pk][1]

    def _page(self, page):
        url = address("training:page", self.enrolment.pk, page.pk)
        icon = ICONS[page.kind]
        return Part(page.title, url, icon, page.minutes, page.is_done, page_id=page.pk)

    def _assignment(self, assignment):
        handed = self.submissions.get(assignment.pk)
        url = handed.get_absolute_url() if handed else address("training:assignment", self.enrolment.pk, assignment.pk)
        is_done = handed is not None and handed.state == SubmissionState.APPROVED
        return Part(
            assignment.title, url, "pencil", assignment.minutes, is_done, is_assignment=True,
            assignment_id=assignment.pk, submission=handed,
        )  # fmt: skip

    @cached_property
    def submissions(self):
        return {row.assignment_id: row for row in Submission.objects.filter(enrolment=self.enrolment.pk)}

    @cached_property
    def practices(self):
        rows = Practice.objects.filter(enrolment=self.enrolment.pk).select_related("meeting", "community")
        return list(rows.order_by("pk"))

    @cached_property
    def assessments(self):
        return list(Assessment.objects.filter(enrolment=self.enrolment.pk).select_related("assessor"))

    # In figures ---------------------------------------------------------------------------------------

    @property
    def parts(self):
        return [part for module in self.modules for part in module.parts]

    @property
    def done(self):
        return sum(part.is_done for part in self.parts)

    @property
    def total(self):
        return len(self.parts)

    @property
    def modules_done(self):
        return sum(module.is_done for module in self.modules)

    @property
    def hours_done(self):
        """The study load of what is done, in whole hours; hours of attendance stand in the ledger, not here."""
        return sum(part.minutes for part in self.parts if part.is_done) // 60

    @property
    def practices_done(self):
        return sum(row.state == PracticeState.SUFFICIENT for row in self.practices)

    @cached_property
    def verdict(self):
        """What the assessors say together in the last attempt: a Verdict, or "" as long as it is not decided."""
        return verdict_of(self.assessments, wanted_of(self.version.programme))

    # What comes next ----------------------------------------------------------------------------------

    @cached_property
    def next(self):
        """The one thing that comes next. There is always one."""
        return getattr(self, f"_when_{self.enrolment.state}")()

    def _when_requested(self):
        enrolment, version = self.enrolment, self.version
        if not version.programme.is_trajectory:
            return Next(_("Begin whenever it suits you."), post="begin", button=_("Begin"))
        if version.needs_practice_plg and not enrolment.community_id:
            return Next(
                _("Choose the PLG in which you will practise."),
                address("training:choose_plg", enrolment.pk),
                _("Choose a PLG"),
            )
        if version.needs_consent and not enrolment.consented_at:
            return Next(_("Your school leader is asked whether you can do this."), note=_("You hear it by mail."))
        return Next(_("The trainer looks at your enrolment."), note=_("You hear it by mail."))

    def _when_admitted(self):
        return Next(_("You are admitted. Begin whenever it suits you."), post="begin", button=_("Begin"))

    def _when_paused(self):
        return Next(_("You take a break. Everything stays as it is."), post="resume", button=_("Go on"))

    def _when_completed(self):
        return Next(_("You completed this. Well done."), address("credentials:mine"), _("My certificates"))

    def _when_stopped(self):
        url = address("training:programme", self.version.programme_id)
        return Next(_("You stopped with this."), url, _("Look at the programme"))

    def _when_declined(self):
        url = address("training:programme", self.version.programme_id)
        return Next(_("You were not admitted."), url, _("Look at the programme"), note=self.enrolment.ended_why)

    def _when_insufficient(self):
        return Next(
            _("It is not sufficient yet. Your trainer opens it for you to try once more."),
            note=self.enrolment.ended_why,
        )

    def _when_going(self):
        return self._of_practice() or self._of_parts() or self._to_practise() or self._at_the_end()

    def _of_practice(self):
        """What a practice session asks of her now goes first: it is about what happened just now."""
        for row in self.practices:
            if row.state == PracticeState.HELD:
                note = _("Write how it went. Your coach reads it, then gives feedback.")
                return Next(_("Look back on your practice session."), row.get_absolute_url(), _("Look back"), note)
            if row.state == PracticeState.PLANNED and row.meeting and row.consented_at and row.meeting.has_begun:
                return Next(_("Was your practice session held?"), row.get_absolute_url(), _("Tell it"))
            soon = row.meeting and not row.meeting.has_begun and row.meeting.starts_at < now() + timedelta(days=3)
            if row.state == PracticeState.PLANNED and row.consented_at and soon:
                note = _("Your PLG agreed that your coach looks on.")
                return Next(
                    _("You lead the meeting of %(plg)s while your coach looks on.") % {"plg": row.community},
                    row.get_absolute_url(), _("Prepare it"), note,
                )  # fmt: skip
        return None

    def _of_parts(self):
        revised = [each for each in self.parts if each.submission and each.submission.state == SubmissionState.REVISED]
        for part in revised:
            note = _("There is feedback on your work.")
            return Next(_("Improve ‘%(title)s’.") % {"title": part.title}, part.url, _("Read the feedback"), note)
        for module in self.modules:
            for part in module.parts:
                if part.is_open:
                    place = _("Module %(n)d of %(total)d: %(module)s") % {
                        "n": module.number, "total": len(self.modules), "module": module.title,
                    }  # fmt: skip
                    sentence = (
                        _("Do the assignment ‘%(title)s’.") if part.is_assignment else _("Go on with ‘%(title)s’.")
                    )
                    return Next(sentence % {"title": part.title}, part.url, _("Further"), place=place)
        return None

    def _to_practise(self):
        living = [row for row in self.practices if row.state != PracticeState.AGAIN]
        if len(living) >= self.version.facilitations:
            return None
        url = address("training:plan_practice", self.enrolment.pk)
        note = _("%(done)d of %(wanted)d are sufficient.") % {
            "done": self.practices_done, "wanted": self.version.facilitations,
        }  # fmt: skip
        return Next(_("Plan a practice session with your PLG."), url, _("Plan it"), note)

    def _at_the_end(self):
        waiting = [part for part in self.parts if not part.is_done]
        if waiting:
            return Next(
                ngettext(
                    "Your trainer reads ‘%(title)s’.", "Your trainer reads %(n)d assignments of yours.", len(waiting)
                ) % {"title": waiting[0].title, "n": len(waiting)},
                note=_("You hear it by mail."),
            )  # fmt: skip
        if self.practices_done < self.version.facilitations:
            planned = next((row for row in self.practices if row.state == PracticeState.PLANNED), None)
            if planned:
                return Next(
                    _("Your practice session is planned."), planned.get_absolute_url(), _("See it"),
                    "" if planned.consented_at else _("Your PLG did not answer yet."),
                )  # fmt: skip
            return Next(_("Your coach looks at your practice session."), note=_("You hear it by mail."))
        if self.needs_assessment and self.verdict != Verdict.SUFFICIENT:
            return self._to_be_assessed()
        return Next(_("All is done. Complete it."), post="complete", button=_("Complete"))

    def _to_be_assessed(self):
        if any(row.state == AssessmentState.ASKED for row in self.assessments):
            return Next(_("An assessor looks at your portfolio."), note=_("You hear it by mail."))
        url = address("training:portfolio", self.enrolment.pk)
        return Next(_("Fill your portfolio and have it assessed."), url, _("To your portfolio"))

    @property
    def needs_assessment(self):
        """A trajectory ends with an assessment; a short course does not."""
        return self.version.programme.is_trajectory

    # What is missing ----------------------------------------------------------------------------------

    @property
    def missing(self):
        """Sentences about what is still missing before she completes."""
        found = self.unfinished
        if self.needs_assessment and self.verdict != Verdict.SUFFICIENT:
            found.append(_("There is no sufficient assessment yet."))
        return found

    @property
    def unfinished(self):
        """The same before she is assessed: pages, assignments, practice."""
        found = []
        pages = sum(not part.is_done for part in self.parts if not part.is_assignment)
        if pages:
            found.append(ngettext("%(n)d page is not done yet.", "%(n)d pages are not done yet.", pages) % {"n": pages})
        work = sum(not part.is_done for part in self.parts if part.is_assignment)
        if work:
            found.append(
                ngettext("%(n)d assignment is not approved yet.", "%(n)d assignments are not approved yet.", work)
                % {"n": work}
            )
        if self.practices_done < self.version.facilitations:
            found.append(
                _("%(done)d of %(wanted)d practice sessions are sufficient.")
                % {"done": self.practices_done, "wanted": self.version.facilitations}
            )
        return found


def wanted_of(programme):
    """How many assessors judge first."""
    return min(programme.assessors, ASSURED)


def verdict_of(assessments, wanted):
    """What assessors say together in their last attempt: a Verdict, or "" as long as it is not decided.

    One who looked anew on appeal decides. Otherwise all of the first `wanted` must agree, and where they differ the
    third gives the deciding vote.
    """
    counting = [row for row in assessments if row.state != AssessmentState.VOID]
    last = max((row.attempt for row in counting), default=0)
    given = {row.place: row.verdict for row in counting if row.attempt == last and row.state == AssessmentState.GIVEN}
    if APPEAL in given:
        return given[APPEAL]
    first = [given.get(place, "") for place in range(1, wanted + 1)]
    if "" in first:
        return ""
    if len(set(first)) == 1:
        return first[0]
    return given.get(wanted + 1, "")


def of(enrolment):
    """How far this learner is."""
    return Progress(enrolment)


def why_not_complete(enrolment):
    """What is still missing, in one line; "" when nothing is."""
    return " ".join(of(enrolment).missing)


def of_learners(enrolments):
    """For lists: (parts done, parts in all) by enrolment, in four queries however many they are."""
    enrolments = list(enrolments)
    versions, ids = {row.version_id for row in enrolments}, [row.pk for row in enrolments]

    def counted(rows, key):
        return dict(rows.values_list(key).annotate(n=Count("pk")).order_by())

    pages = counted(Page.objects.filter(module__version__in=versions), "module__version")
    work = counted(Assignment.objects.filter(module__version__in=versions), "module__version")
    done = counted(PageDone.objects.filter(enrolment__in=ids), "enrolment")
    approved = counted(Submission.objects.filter(enrolment__in=ids, state=SubmissionState.APPROVED), "enrolment")
    return {
        row.pk: (
            done.get(row.pk, 0) + approved.get(row.pk, 0),
            pages.get(row.version_id, 0) + work.get(row.version_id, 0),
        )
        for row in enrolments
    }


def going_of(person):
    """The enrolment that she is busy with, the trajectory first; None where there is none. For her home."""
    rows = Enrolment.objects.filter(person=person, state__in=[*BUSY]).select_related("version__programme", "group")
    return rows.order_by("-version__programme__form", "-at").first()


BUSY = (EnrolmentState.REQUESTED, EnrolmentState.ADMITTED, EnrolmentState.GOING)
