"""What a step asks, as a list for people: what is so, what is not so yet, and where one sees to it."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from lessonstudy import guards, steps

#: Name of a guard -> (what it asks, the page where one sees to it, "" where there is none).
ASKS = {
    "team_is_large_enough": (_("A team of at least three"), "members"),
    "charter_is_accepted": (_("A charter with which everybody agrees"), "charter"),
    "question_is_about_pupils": (_("A question about what pupils learn"), "edit"),
    "has_sources": (_("A source, or our own practice to begin with"), "sources"),
    "plan_has_stages": (_("The parts of the lesson"), "plan"),
    "pupils_are_described": (_("What each case pupil can do now and afterwards"), "pupils"),
    "pupils_have_predictions": (_("A prediction for each case pupil"), "plan"),
    "pupils_are_observed": (_("An observer for each case pupil"), "assign"),
    "lesson_is_arranged": (_("A date, a teacher and who leads the discussion"), "arrange"),
    "cover_is_arranged": (_("Somebody for the classes of the observers"), "arrange"),
    "parents_are_informed": (_("Parents who know that it is filmed"), "arrange"),
    "lesson_has_begun": (_("The hour of the lesson"), ""),
    "observers_handed_in": (_("What each observer noted"), "observe"),
    "pupils_were_heard": (_("A short talk with each case pupil"), "interview"),
    "discussed_within_a_day": (_("Within a day of the lesson"), ""),
    "finding_per_pupil": (_("What we found of each case pupil"), "discussion"),
    "revision_with_evidence": (_("A change that rests on something we saw"), "add_revision"),
    "was_last_round": (_("All rounds that we meant to give"), ""),
    "phase_is_written": (_("Something under each heading of this phase"), "texts"),
    "outcome_is_complete": (_("What pupils learned, what we learned, what we do not know yet"), "outcome"),
    "outcome_is_checked": (_("Nobody can be recognised"), "outcome"),
    "all_agreed": (_("Everybody of the team agrees"), "outcome"),
}
OF_LESSON = {"observe", "interview", "assign", "add_revision"}

#: What a step brings about, said before it is taken.
BRINGS = {
    "make_ready": _("The plan stays as it is from now on. Whoever wants to change it after all makes a new version."),
    "make_ready_again": _("The plan stays as it is from now on. Whoever wants to change it makes a new version."),
    "reopen": _("You go on in a copy. The fixed plan stays, so that you can compare."),
    "give": _("Observers can still note down what they saw, until the discussion opens."),
    "break_off": _("What was noted is kept, but does not count. You arrange another lesson with the same plan."),
    "discuss": _("From now on you see each other's notes. What was noted cannot be changed any more."),
    "redesign": _("The next round begins: a new version of the plan, and a lesson of its own."),
    "reflect": _("The last lesson was given. Now you write what you learned."),
    "share": _("Everybody of the team is asked to agree. Ten working days without an answer count as yes."),
    "withhold": _("The team goes back to the outcome and asks you again."),
    "complete": _("The cycle is closed. What was noted of pupils goes after a while; what you learned stays."),
}
#: What a team does in a state, in one sentence.
NOW = {
    "concept": _("Bring the team together and agree how you work."),
    "orienting": _("Choose what pupils learn, and what you want to find out about it."),
    "designing": _("Write the lesson together, and say of each case pupil what you expect."),
    "ready": _("The plan stands. Observers open their page beforehand, so that it works without a network."),
    "given": _("The lesson was given. Everybody hands in what she noted; you talk with the case pupils."),
    "discussing": _("Tell each other what you saw. First the facts, then what they mean."),
    "redesigning": _("Change the lesson because of what you saw, and arrange the next one."),
    "reflecting": _("Write what pupils learned and what you learned."),
    "sharing": _("Everybody of the team reads the outcome and agrees, or says what should be different."),
    "aiming": _("Put your question in words, and what you mean by it."),
    "planning": _("Choose how you collect, who does what and when."),
    "drafting": _("Make what you want to try. You may skip this."),
    "collecting": _("Collect what you planned. Leave out names of pupils."),
    "analysing": _("See what it says, and answer your question."),
    "reporting": _("Write what you recommend, and ask a critical friend."),
    "problem": _("Say with figures what is the matter."),
    "cause": _("Look for the cause, and check it with figures."),
    "measure": _("Choose what you do about it."),
    "effect": _("See with figures what it brought."),
    "done": _("This cycle is completed."),
}


@dataclass(frozen=True)
class Need:
    """One thing that a step asks: `missing` is the sentence where it is not so yet."""

    label: str
    missing: str
    url: str
    is_hard: bool


def of(cycle, step):
    """Everything that this step asks, what is missing first."""
    of_step = [(True, guard) for guard in step.hard] + [(False, guard) for guard in step.asks]
    found = [_need(cycle, guard, is_hard) for is_hard, guard in of_step if not _says_nothing(cycle, guard)]
    return sorted(found, key=lambda need: not need.missing)


def _says_nothing(cycle, guard):
    """What only matters of a lesson that is arranged, or of one that is filmed."""
    lesson = guards.lesson_of(cycle)
    if guard is guards.cover_is_arranged:
        return lesson is None
    return guard is guards.parents_are_informed and (lesson is None or not lesson.is_filmed)


def _need(cycle, guard, is_hard):
    label, page = ASKS[guard.__name__]
    return Need(label, guard(cycle), _url(cycle, page), is_hard)


def _url(cycle, page):
    """The page where one sees to it; a part that is not there has none."""
    args = [cycle.pk]
    if page == "plan":
        if cycle.plan is None:
            return ""
        args = [cycle.pk, cycle.plan.number]
    elif page in OF_LESSON:
        lesson = guards.lesson_of(cycle)
        if lesson is None:
            return ""
        args = [lesson.pk]
    elif page == "discussion":
        lesson = guards.opened_lesson_of(cycle)
        args = [lesson.pk] if lesson else args
    try:
        return reverse(f"lessonstudy:{page}", args=args) if page else ""
    except NoReverseMatch:
        return ""


def phases(cycle):
    """(labels of all phases, the number of the present one from 1)."""
    rows = steps.PHASES[cycle.template]
    now = next((n for n, (_label, states) in enumerate(rows, start=1) if cycle.state in states), len(rows))
    return [label for label, _states in rows], now


def phase(cycle):
    """(label, number, of how many) of the present phase, for a card."""
    labels, now = phases(cycle)
    return {"label": labels[now - 1], "number": now, "total": len(labels), "done": now - 1}
