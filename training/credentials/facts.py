"""What a credential says, gathered once and then fixed: its snapshot. And what of hours was recorded."""

import re
from dataclasses import asdict, dataclass

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.meetings.models import Attendance
from training import days
from training.choices import AssessmentState, PracticeState, Verdict
from training.credentials.choices import Kind

LANGUAGE = "nl"  # programmes are written in Dutch
#: Words that promise a level: they stand on nothing without an approved record of quality.
PROMISES = re.compile(r"micro-?credential|\bects\b|\bstudiepunt|\bnlqf\b|\beqf\b", re.IGNORECASE)


@dataclass(frozen=True)
class Facts:
    """The fields of a credential, as JSON values. `minutes` were recorded; `study_load` is that of the programme."""

    title: str
    description: str = ""
    criteria: str = ""
    outcomes: tuple = ()  # {"code", "text"}
    minutes: int = 0
    study_load: int = 0
    language: str = LANGUAGE
    participation: str = ""
    assessment: str = ""
    supervision: str = ""
    assessor: str = ""
    evidence: tuple = ()  # {"name", "text"}
    result: str = ""
    started_on: str = ""
    ended_on: str = ""
    version: str = ""
    framework: str = ""
    level: int | None = None
    ground: str = ""
    ects: str = ""
    assured_by: str = ""
    procedure: str = ""
    accreditations: tuple = ()  # {"register", "number", "value", "valid_until"}

    def as_json(self):
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @property
    def promises(self):
        """True where a title or text speaks of a level, credits or a microcredential."""
        return bool(PROMISES.search(f"{self.title} {self.description} {self.criteria} {self.result}"))


def recorded_minutes(enrolment):
    """Minutes at which she was there, as somebody wrote them down: days of the group, and meetings she practised at."""
    attended = enrolment.sessions_attended.select_related("event")
    own = sum(days.minutes(each) for each in attended if not days.stands_elsewhere(each))
    at_events = sum(
        days.minutes_at(event, [enrolment.person_id]).get(enrolment.person_id, 0)
        for event in {each.event for each in attended if each.event_id}
    )
    practised = enrolment.practices.filter(state__in=[*_held()]).values_list("meeting", flat=True)
    meetings = {each.meeting_id for each in attended if each.meeting_id} | set(practised)
    there = Attendance.objects.filter(person=enrolment.person_id, was_there=True, meeting__in=meetings)
    return own + at_events + sum(there.values_list("minutes", flat=True))


def _held():
    return [state for state in PracticeState if state != PracticeState.PLANNED]


def of_enrolment(enrolment, kind, quality=None):
    """All that is known of it, in the language of the programme."""
    version = enrolment.version
    with translation.override(LANGUAGE):
        common = {
            "title": version.title,
            "description": version.summary or version.title,
            "minutes": recorded_minutes(enrolment),
            "participation": _participation(enrolment),
            "started_on": _day(enrolment.began_at or enrolment.at),
            "ended_on": _day(enrolment.ended_at),
            "version": str(version.number),
            "accreditations": _accreditations(version.programme_id),
        }
        if kind == Kind.ATTENDANCE:
            return Facts(criteria=_("Was there, as the trainer wrote down on each day."), **common)
        return Facts(**common, **_certified(enrolment), **(_assured(quality) if quality else {}))


def _certified(enrolment):
    """What a certificate says beyond having been there."""
    given = enrolment.assessments.filter(state=AssessmentState.GIVEN, verdict=Verdict.SUFFICIENT).count()
    practised = enrolment.practices.filter(state=PracticeState.SUFFICIENT).count()
    evidence = []
    if practised:
        name = ngettext(
            "%(count)d facilitation in practice, observed and sufficient",
            "%(count)d facilitations in practice, observed and sufficient",
            practised,
        ) % {"count": practised}
        evidence.append({"name": name, "text": _("In a PLG, with its consent; reflected on and discussed.")})
    if given:
        evidence.append({"name": _("Portfolio"), "text": _("Assessed by learning outcome.")})
    return {
        "criteria": _("All modules, assignments and practice were completed, and the portfolio was found sufficient."),
        "outcomes": tuple({"code": each.code, "text": each.text} for each in enrolment.version.outcomes.all()),
        "study_load": enrolment.version.hours,
        "assessment": _("Portfolio, by criteria") if given else _("Assignments, by criteria"),
        "supervision": _("With a coach") if enrolment.coach_id else "",
        # Never by name: what is signed cannot forget it when an assessor leaves.
        "assessor": ngettext(
            "%(count)d assessor who was not the coach", "%(count)d assessors who were not the coach", given
        )
        % {"count": given}
        if given
        else "",
        "evidence": tuple(evidence),
        "result": _("sufficient"),
    }


def _assessors(count):
    said = ngettext("%(count)d assessor who was not the coach", "%(count)d assessors who were not the coach", count)
    return said % {"count": count}


def _assured(quality):
    return {
        "framework": quality.get_framework_display() if quality.level else "",
        "level": quality.level,
        "ground": quality.ground,
        "ects": f"{quality.ects.normalize():f}" if quality.ects else "",
        "assured_by": quality.assured_by,
        "procedure": quality.procedure,
    }


def _participation(enrolment):
    return _("In a group, with practice in a PLG") if enrolment.group_id else _("On one's own, online")


def _accreditations(programme):
    from training.credentials.models import Accreditation

    return tuple(
        {
            "register": each.register,
            "number": each.number,
            "value": each.value,
            "valid_until": each.valid_until.isoformat() if each.valid_until else "",
        }
        for each in Accreditation.objects.filter(programme=programme)
    )


def _day(at):
    return localdate(at).isoformat() if at else ""
