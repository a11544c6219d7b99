"""A session: start it, go through its steps by one clock, end it.

The clock is the server's. Every deed of a facilitator carries the version of the session that she saw: whoever
taps on a picture of the past is told so, and no step is ever taken twice.
"""

from datetime import timedelta
from functools import partial
from secrets import choice

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.actions.seats import hold
from communities.meetings import runnables, running
from communities.meetings.choices import RunState
from communities.meetings.models import Meeting, Run, RunSeat, RunStep
from communities.models import Membership
from core import streams
from core.night import each_by_itself
from core.refusals import Refused

DIGITS, CROWDED = 4, 25  # a code is short, as long as few sessions run at once
MOST_MINUTES = 480
LEAST_S = 60  # a step that lasted less was opened, not done
FORGOTTEN_AFTER = timedelta(hours=4)
WITHOUT_PLAN = timedelta(hours=2)  # how long something without a planned end is thought to take


class Stale(Refused):
    """Somebody else was quicker; the page shows what is now."""


@transaction.atomic
def start(about, *, by, plan=None):
    """Start what is planned, or return the session that runs already: two who start at once start one.

    `plan`: "simple" or a protocol, for what has no agenda of its own. Refused where there is nothing to go by.
    """
    way = runnables.of(about)
    hold(way.community(about))  # one start after the other
    about = type(about).objects.get(pk=about.pk)
    if run := running.of(about):
        return run
    if reason := way.why_not_start(about):
        raise Refused(reason)
    steps = way.steps(about, by, plan)
    if not steps:
        raise Refused(_("There is nothing on the agenda. Choose how you want to work."))
    run = _create(about, way, by, steps[0].minutes)
    for n, step in enumerate(steps):
        step.run, step.order, step.minutes = run, n, min(max(step.minutes, 1), MOST_MINUTES)
    RunStep.objects.bulk_create(steps)
    if run.circle or Membership.objects.active().filter(community=run.community_id, person=by).exists():
        RunSeat.objects.create(run=run, person=by)
    record("meetings.run_started", by=by, about=run, community=run.community_id)
    streams.tell(f"{about._meta.model_name}:{about.pk}", "run")
    return run


def _create(about, way, by, minutes):
    """A session with a code that no other running session has."""
    at = now()
    for attempt in range(2 * CROWDED):
        digits = DIGITS if attempt < CROWDED else DIGITS + 2
        code = "".join(choice("0123456789") for _n in range(digits))
        try:
            with transaction.atomic():
                return Run.objects.create(
                    about=about,
                    community=way.community(about),
                    title=way.title(about)[:140],
                    code=code,
                    step_began_at=at,
                    step_ends_at=at + timedelta(minutes=minutes),
                    planned_end_at=way.ends_at(about),
                    circle=way.circle(about),
                    led_by=way.led_by(about),
                    started_by=by,
                    started_at=at,
                )
        except IntegrityError:
            continue
    raise Refused(_("It did not work this time. Try again."))


# The clock ----------------------------------------------------------------------------------------


def _hold(run, version=None):
    """The session as it is now, with its row locked. Stale when it is not what the page showed."""
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if not run.is_running:
        raise Stale(_("This session is over."))
    if version is not None and run.version != version:
        raise Stale(_("Somebody else went on already. You see where you are now."))
    return run


def _changed(run, by, kind, **facts):
    run.version += 1
    run.save()
    record(f"meetings.{kind}", by=by, about=run, community=run.community_id, **facts)
    streams.tell(run.channel, "step")
    return run


def _leave(run, **marks):
    """Write down how long the present step took."""
    RunStep.objects.filter(run=run, order=run.position).update(spent_s=run.spent_s(), **marks)


def _enter(run, step, *, spent_s=0):
    """Begin a step; one that we return to goes on where it was left, with a minute at least."""
    at = now()
    left_s = step.minutes * 60 - spent_s
    if spent_s and left_s < LEAST_S:
        step.minutes = min(-(-(spent_s + LEAST_S) // 60), MOST_MINUTES)
        step.save(update_fields=["minutes"])
    run.position, run.paused_at = step.order, None
    run.step_began_at = at - timedelta(seconds=spent_s)
    run.step_ends_at = run.step_began_at + timedelta(minutes=step.minutes)


@transaction.atomic
def next_step(run, *, by, version=None):
    """On to the next step. Refused at the last one: then the session is ended."""
    return _on(run, by, version, skipped=False)


@transaction.atomic
def skip_step(run, *, by, version=None):
    """On to the next step without having done this one; it returns on the next agenda."""
    return _on(run, by, version, skipped=True)


def _on(run, by, version, *, skipped):
    run = _hold(run, version)
    following = _step(run, run.position + 1)
    _leave(run, was_done=not skipped, was_skipped=skipped)
    _enter(run, following)
    return _changed(run, by, "stepped", to=following.order, **({"skipped": True} if skipped else {}))


@transaction.atomic
def previous_step(run, *, by, version=None):
    """Back to the step before, with the time that was left of it."""
    run = _hold(run, version)
    if not run.position:
        raise Refused(_("This is the first step."))
    before = _step(run, run.position - 1)
    _leave(run, was_done=False, was_skipped=False)
    spent_s = before.spent_s
    RunStep.objects.filter(pk=before.pk).update(was_done=False, was_skipped=False)
    _enter(run, before, spent_s=spent_s)
    return _changed(run, by, "stepped", to=before.order)


def _step(run, order):
    step = RunStep.objects.filter(run=run, order=order).first()
    if step is None:
        raise Refused(_("This is the last step. Round off when you are done."))
    return step


@transaction.atomic
def pause(run, *, by, version=None):
    """Stop the clock; a second tap changes nothing."""
    run = _hold(run, version)
    if run.is_paused:
        return run
    run.paused_at = now()
    return _changed(run, by, "paused")


@transaction.atomic
def resume(run, *, by, version=None):
    """Let the clock go on where it stood."""
    run = _hold(run, version)
    if not run.is_paused:
        return run
    stood = now() - run.paused_at
    run.step_began_at += stood
    run.step_ends_at += stood
    run.paused_at = None
    return _changed(run, by, "resumed")


@transaction.atomic
def change_minutes(run, *, by, minutes, version=None):
    """Give this step so many minutes more, or take them; at least one and at most eight hours remain."""
    run = _hold(run, version)
    step = _step(run, run.position)
    wanted = min(max(step.minutes + minutes, 1), MOST_MINUTES)
    if wanted == step.minutes:
        raise Refused(_("A step takes between 1 and %(most)d minutes.") % {"most": MOST_MINUTES})
    step.minutes = wanted
    step.save(update_fields=["minutes"])
    run.step_ends_at = run.step_began_at + timedelta(minutes=wanted)
    return _changed(run, by, "minutes_changed", minutes=minutes)


@transaction.atomic
def take_notes(run, *, by, on, version=None):
    """Take notes at this step after all, or no longer; everybody sees it."""
    run = _hold(run, version)
    RunStep.objects.filter(run=run, order=run.position).update(notes_on=on)
    streams.tell(run.channel, "lines")
    return _changed(run, by, "notes_switched", on=on)


# The end ------------------------------------------------------------------------------------------


@transaction.atomic
def end(run, *, by):
    """End the session, and do what follows for what was run. Ending twice ends once."""
    hold(run.community_id)  # before the session, as who starts one or completes the PLG does
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if not run.is_running:
        return run
    is_last = not RunStep.objects.filter(run=run, order__gt=run.position).exists()
    _leave(run, was_done=is_last or run.spent_s() >= LEAST_S)
    run.state, run.ended_at = RunState.ENDED, now()
    run.version += 1
    run.save()
    record("meetings.run_ended", by=by, about=run, community=run.community_id)
    if run.what is not None:
        runnables.of(run.what).ended(run, run.what, by)
        streams.tell(f"{run.what._meta.model_name}:{run.what.pk}", "run")
    streams.tell(run.channel, "ended")
    return run


def end_all(community, *, by):
    """The PLG is completed: end its sessions. Returns the ids of the meetings that were being held."""
    runs = list(Run.objects.running().filter(community=community))
    for run in runs:
        end(run, by=by)
    return [run.what.pk for run in runs if isinstance(run.what, Meeting) and run.what.has_begun]


def end_forgotten():
    """End what nobody ended, four hours after it should have been over. Returns how many those were."""
    planned = Coalesce("planned_end_at", F("started_at") + WITHOUT_PLAN)
    # Who started late, still gets her four hours.
    late = Run.objects.running().filter(started_at__lt=now() - FORGOTTEN_AFTER)
    found = list(late.annotate(planned=planned).filter(planned__lt=now() - FORGOTTEN_AFTER))
    each_by_itself(*(partial(end, run, by=None) for run in found))
    return len(found)
