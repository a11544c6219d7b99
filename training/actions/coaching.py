"""Coaching and mentoring: proposing, agreeing on goals, talks, two notebooks, looking back, and an end.

The journal says that something happened and between whom, never what was said.
"""

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from core.refusals import Refused
from organisations.models import Affiliation
from people.models import User
from training import coaching as ours
from training.actions import matching, moving
from training.choices import CoachingKind, CoachingState, NoteOf
from training.independence import judged_with, line_managers
from training.models import Coaching, CoachOffer, Goal, Note, Talk
from training.rules import standing

ANSWER = "training.answer_coaching"


# Offering and finding -----------------------------------------------------------------------------


@transaction.atomic
def offer(form, *, by):
    """What she can help with, and how many people at once."""
    row, _is_new = CoachOffer.objects.update_or_create(person=by, defaults=form.cleaned_data)
    record("training.coach_offered", by=by, about=row)
    return row


def find(user, *, kind, themes=()):
    """[(CoachOffer, Match)] of who fits this wish, best first."""
    rows = CoachOffer.objects.filter(is_open=True, person__is_active=True).exclude(person=user)
    rows = {row.person_id: row for row in rows.select_related("person")}
    busy, schools = _busy(rows), _schools([*rows, user.pk])
    barred = _barred(user, kind)
    offers = [
        matching.Offer(
            pk=pk,
            kinds=frozenset(row.kinds),
            themes=frozenset(row.themes),
            capacity=row.capacity,
            busy=busy.get(pk, 0),
            schools=schools.get(pk, frozenset()),
            is_barred=pk in barred,
        )
        for pk, row in rows.items()
    ]
    wish = matching.Wish(kind, frozenset(themes), schools.get(user.pk, frozenset()))
    return [(rows[match.offer.pk], match) for match in matching.ranked(wish, offers)]


def _barred(user, kind):
    """Ids of who cannot be her coach or mentor: as `why_not_propose` says of each, in a few queries for all."""
    there = Coaching.objects.filter(coachee=user, coach__isnull=False, state__in=ours.LIVING)
    managers = line_managers(user) if kind == CoachingKind.MENTORING else set()
    return managers | judged_with(user) | set(there.values_list("coach", flat=True))


def _busy(people):
    rows = Coaching.objects.filter(coach__in=list(people), state__in=ours.LIVING)
    return dict(rows.values_list("coach").annotate(n=Count("pk")).order_by())


def _schools(people):
    found = {}
    rows = Affiliation.objects.current().filter(person__in=people, school__isnull=False)
    for person, school in rows.values_list("person", "school"):
        found[person] = found.get(person, frozenset()) | {school}
    return found


# Proposing ----------------------------------------------------------------------------------------


def why_not_propose(kind, *, coach, coachee):
    """Why these two cannot begin this, or ""."""
    if reason := ours.why_not_together(Coaching(kind=kind, coach=coach, coachee=coachee)):
        return reason
    pair = Coaching.objects.filter(coach=coach, coachee=coachee, state__in=ours.LIVING)
    return _("You two have this already.") if pair.exists() else ""


@transaction.atomic
def propose(*, by, coach, coachee, kind, wish=""):
    """One of the two asks the other. Raises Refused where these two cannot, or the coach has no room."""
    if by.pk not in (coach.pk, coachee.pk):
        raise Refused(_("Only one of the two proposes it."))
    _hold_people(coach, coachee)
    if reason := why_not_propose(kind, coach=coach, coachee=coachee):
        raise Refused(reason)
    if by.pk == coachee.pk:
        _refuse_full(coach, kind, coachee)
    row = Coaching.objects.create(kind=kind, coach=coach, coachee=coachee, proposed_by=by, wish=wish.strip())
    standing.forget(coach)
    standing.forget(coachee)
    other = coachee if by.pk == coach.pk else coach
    ask(ANSWER, about=row, url=row.get_absolute_url(), people=[other])
    record("training.coaching_proposed", by=by, about=row, tell=[other])
    return row


def _refuse_full(coach, kind, coachee):
    """Whoever is asked by a wish has room for it; her own learners ask her without an offer."""
    row = CoachOffer.objects.select_for_update(of=("self",)).filter(person=coach).first()
    if coachee.enrolments.filter(coach=coach).exists():
        return
    if row is None or not row.is_open or kind not in row.kinds:
        raise Refused(_("%(name)s cannot be asked for this now.") % {"name": coach})
    if _busy([coach.pk]).get(coach.pk, 0) >= row.capacity:
        raise Refused(_("%(name)s has no room for somebody more now.") % {"name": coach})


def _hold_people(*people):
    """The people, held in order: whoever names one of them assessor of the other meanwhile waits."""
    list(
        User.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=[each.pk for each in people])
        .order_by("pk")
    )


# Steps --------------------------------------------------------------------------------------------


@transaction.atomic
def step(row, verb, *, by):
    """Accept, decline, begin, evaluate, close, stop. Stopping needs no reason."""
    if verb == "accept":
        _hold_people(*[person for person in (row.coach, row.coachee) if person])
    row = moving.take(row, verb, by=by)
    if row.state != CoachingState.PROPOSED:
        answered(ANSWER, about=row)
    standing.forget(by)
    return row


@transaction.atomic
def look_back(row, *, by, reached, keep, stop, goals):
    """What was reached, what to keep, what to stop; how far each goal is. As long as it is not closed it can change."""
    row = _hold(row, by)
    if row.state == CoachingState.ACTIVE:
        row = moving.take(row, "evaluate", by=by)
    elif row.state != CoachingState.EVALUATED:
        raise Refused(ours.why_not_write(row) or _("Begin first."))
    row.reached, row.keep, row.stop = reached.strip(), keep.strip(), stop.strip()
    row.save(update_fields=["reached", "keep", "stop"])
    for goal, how_far in goals.items():
        Goal.objects.filter(pk=goal.pk, coaching=row).update(reached=how_far)
    return row


def _hold(row, by):
    """The coaching, held, by one of the two and no one else."""
    row = moving.hold(row)
    if by.pk not in (row.coach_id, row.coachee_id):
        raise Refused(_("This is between the two of them."))
    return row


def _open(row, by):
    row = _hold(row, by)
    if reason := ours.why_not_write(row):
        raise Refused(reason)
    return row


# Goals, talks, notebooks --------------------------------------------------------------------------


@transaction.atomic
def keep_goal(form, *, coaching, by, goal=None):
    """A goal with a sign by which they see it; at most three."""
    row = _open(coaching, by)
    said = form.cleaned_data
    if goal is None:
        if reason := ours.why_not_goal(row):
            raise Refused(reason)
        goal = Goal(coaching=row, order=row.goals.count())
    goal.text, goal.indicator = said["text"].strip(), said["indicator"].strip()
    goal.reached = said["reached"]
    goal.save()
    record("training.goal_kept", by=by, about=row)
    return goal


@transaction.atomic
def keep_talk(form, *, coaching, by, talk=None):
    """A talk that is planned, or what was agreed in it. The other hears of a new date."""
    row = _open(coaching, by)
    said = form.cleaned_data
    moved = talk is None or (talk.held_on, talk.starts) != (said["held_on"], said["starts"])
    talk = talk or Talk(coaching=row)
    for name in ("kind", "held_on", "starts", "minutes", "said", "was_held"):
        setattr(talk, name, said[name])
    talk.save()
    if moved and not talk.was_held:
        others = [person for person in (row.coach, row.coachee) if person and person.pk != by.pk]
        record("training.talk_planned", by=by, about=row, tell=others)
    else:
        record("training.talk_kept", by=by, about=row)
    return talk


@transaction.atomic
def remove_talk(talk, *, by):
    """It is called off."""
    row = _open(talk.coaching, by)
    talk.delete()
    record("training.talk_removed", by=by, about=row)


@transaction.atomic
def write_note(*, coaching, by, text, kind=NoteOf.PRIVATE):
    """A line in the notebook of the two, or in one's own, which the other never reads."""
    row = _open(coaching, by)
    return Note.objects.create(coaching=row, author=by, kind=kind, text=text.strip())


@transaction.atomic
def edit_note(note, *, by, text):
    """Change what she wrote, also when it is over: it is hers."""
    if note.author_id != by.pk:
        raise Refused(_("Only who wrote it changes it."))
    Note.objects.filter(pk=note.pk).update(text=text.strip())


@transaction.atomic
def remove_note(note, *, by):
    """It is gone."""
    if note.author_id != by.pk:
        raise Refused(_("Only who wrote it removes it."))
    note.delete()


# Somebody leaves ----------------------------------------------------------------------------------


@transaction.atomic
def let_go(person):
    """Somebody is erased: what was going on between her and others stops; nobody waits for her answer."""
    rows = Coaching.objects.select_for_update(of=("self",)).filter(Q(coach=person) | Q(coachee=person))
    for row in rows.filter(state__in=ours.LIVING).order_by("pk"):
        answered(ANSWER, about=moving.take(row, "stop", by=person))
