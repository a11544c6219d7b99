"""What must be so before a step: each returns a sentence for the reader, or "" when it is so."""

from django.utils.translation import gettext as _

from training.choices import PracticeState


def leader_agreed(enrolment):
    if enrolment.version.needs_consent and not enrolment.consented_at:
        return _("The school leader did not agree yet.")
    return ""


def has_practice_plg(enrolment):
    if enrolment.version.needs_practice_plg and not enrolment.community_id:
        return _("There is no PLG yet to practise in.")
    return ""


def group_has_place(enrolment):
    group = enrolment.group
    if group is None:
        return _("Choose first in which group.")
    going = group.enrolments.going().exclude(pk=enrolment.pk).count()
    return _("This group is full.") if going >= group.places else ""


def may_begin(enrolment):
    """A short course is begun by oneself; a trajectory once one is admitted."""
    if enrolment.version.programme.is_trajectory and enrolment.state == "requested":
        return _("You are not admitted yet.")
    return ""


def everything_is_done(enrolment):
    """Pages, assignments, practice, and a sufficient assessment, as far as the programme has these."""
    from training import progress

    return progress.why_not_complete(enrolment)


def found_insufficient(enrolment):
    """Assessors came to this verdict; nobody says so by herself."""
    from training import progress

    return "" if progress.of(enrolment).verdict == "insufficient" else _("The assessors did not come to this verdict.")


def found_sufficient(enrolment):
    from training import progress

    return "" if progress.of(enrolment).verdict == "sufficient" else _("The assessors did not come to this verdict.")


def something_is_written(submission):
    last = submission.versions.last()
    if last and (last.text.strip() or last.file) and not last.submitted_at:
        return ""
    return _("Write something first, or add a file.")


def plg_agreed(practice):
    return "" if practice.consented_at else _("The PLG did not agree yet that your coach looks on.")


def meeting_was_held(practice):
    if practice.meeting_id is None:
        return _("Choose first at which meeting.")
    return "" if practice.meeting.has_begun else _("This meeting has not been held yet.")


def reflection_is_written(practice):
    return "" if practice.reflection.strip() else _("Write first how it went.")


def practices_suffice(enrolment):
    done = enrolment.practices.filter(state=PracticeState.SUFFICIENT).count()
    wanted = enrolment.version.facilitations
    if done >= wanted:
        return ""
    return _("%(done)d of %(wanted)d practice sessions are sufficient.") % {"done": done, "wanted": wanted}


def asked_by_the_other(coaching):
    """Whoever proposed it does not accept it; the action checks who does."""
    return ""


def is_no_judge(coaching):
    """A mentor is neither line manager nor assessor; a coach is no assessor."""
    from training import coaching as rules_of_two

    return rules_of_two.why_not_together(coaching)


def has_a_goal(coaching):
    return "" if coaching.goals.exists() else _("Agree on a goal first.")
