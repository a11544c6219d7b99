"""A session as it is shown: where we are, who is silent, what was written down.

Forty screens ask for this within the same second, so it is read in few queries, and what is the same for all
members is rendered once for each version of the session.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from urllib.parse import urlencode, urlsplit

import segno
from django.conf import settings
from django.core.cache import cache
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities.meetings import promises, rollcall, runnables
from communities.meetings.choices import LineKind, Way
from communities.meetings.models import ActionPoint, ExitTicket, Line, Meeting, Run, RunSeat, RunStep
from communities.models import Membership

KEPT_S = 3600  # how long a rendered step may stay in the cache
ENOUGH = 3  # tickets, before the group sees them: fewer would tell who said what
STEP, LINES, PEOPLE = "step", "lines", "people"
PARTS = (STEP, LINES, PEOPLE)


class Scene:
    """A session at one moment: its steps, the clock, who is silent."""

    def __init__(self, run, user=None):
        self.run, self.user, self.at = run, user, now()

    @cached_property
    def steps(self):
        return list(RunStep.objects.filter(run=self.run).order_by("order"))

    @cached_property
    def seats(self):
        return list(RunSeat.objects.filter(run=self.run).select_related("person").order_by("person__sort_name", "pk"))

    @property
    def step(self):
        return self.steps[min(self.run.position, len(self.steps) - 1)]

    @property
    def number(self):
        return self.run.position + 1

    @property
    def following(self):
        return next((step for step in self.steps if step.order > self.run.position), None)

    @property
    def rows(self):
        """The steps with how they stand: done, skipped, now or to come, and their minutes."""
        return [
            {
                "step": step,
                "is_now": step.order == self.run.position and self.run.is_running,
                "is_done": step.was_done,
                "is_skipped": step.was_skipped,
                "minutes": max(1, round(step.spent_s / 60)) if step.was_done else step.minutes,
                "number": step.order + 1,
                "size": min(max(round(step.minutes / 5), 1), 8),  # how wide it is drawn
            }
            for step in self.steps
        ]

    @property
    def undone(self):
        """What will stand on the next agenda, if the session ends now."""
        return [
            step
            for step in self.steps
            if not step.was_done and (step.order > self.run.position or step.was_skipped) and step.item_id
        ]

    @property
    def ends_ms(self):
        """The instant at which this step ends, as a script counts: in milliseconds since 1970."""
        return round(self.run.step_ends_at.timestamp() * 1000)

    @property
    def left_s(self):
        return self.run.left_s(self.at)

    @property
    def clock(self):
        """What is left as 06:32; below zero what it takes longer, as +01:10."""
        left = self.left_s
        return f"{'' if left >= 0 else '+'}{abs(left) // 60:02d}:{abs(left) % 60:02d}"

    @property
    def left_minutes(self):
        return -(-max(self.left_s, 0) // 60)

    @property
    def total_minutes(self):
        return round(self.run.total_s / 60)

    @property
    def rest_s(self):
        """Seconds that the steps after this one take."""
        return 60 * sum(step.minutes for step in self.steps if step.order > self.run.position)

    @property
    def ready_at(self):
        """When we will be ready, if everything takes its time from now on."""
        return self.at + timedelta(seconds=max(self.left_s, 0) + self.rest_s)

    @property
    def late_minutes(self):
        """How much later than planned that is; below zero: earlier."""
        planned = self.run.planned_end_at
        return round((self.ready_at - planned).total_seconds() / 60) if planned else 0

    @property
    def early_minutes(self):
        return -self.late_minutes

    @cached_property
    def silent(self):
        """Who is silent now: [{name, roles, is_me}]; a role that nobody has stands there by its own name."""
        roles = self.step.silent
        if not roles or not self.run.is_running:
            return []
        found, taken = [], set()
        for seat in self.seats:
            if mine := [role for role in roles if role in seat.roles]:
                taken.update(mine)
                found.append({"name": seat.person.first_name, "person": seat.person_id, "roles": mine})
        return found + [{"name": "", "person": None, "roles": [role]} for role in roles if role not in taken]

    @property
    def silent_me(self):
        """Whether this reader is to be silent."""
        return any(each["person"] == self.user.pk for each in self.silent) if self.user else False

    @cached_property
    def roles(self):
        """The roles of what we do, in order: of its protocols, and those that a step names."""
        protocols = RunStep.objects.filter(run=self.run).exclude(item__protocol=None).order_by("order")
        named = [role for roles in protocols.values_list("item__protocol__roles", flat=True) for role in roles]
        named += [role for step in self.steps for role in step.silent]
        named += [role for seat in self.seats for role in seat.roles]
        return list(dict.fromkeys(named))

    @cached_property
    def people(self):
        return people(self)

    @property
    def there_count(self):
        return sum(each.is_there for each in self.people)

    @property
    def may_have_forgotten(self):
        """Whether people said yes and nobody said that they are there."""
        return any(each.comes and not each.is_there and each.was_there is None for each in self.people)

    @property
    def mine(self):
        """The reader's own seat, or None."""
        return next((seat for seat in self.seats if seat.person_id == self.user.pk), None)

    @cached_property
    def meeting(self):
        return self.run.what if isinstance(self.run.what, Meeting) else None

    @property
    def link(self):
        """Where who joins online finds the others."""
        return runnables.of(self.run.what).link(self.run.what) if self.run.what else ""


@dataclass
class Person(rollcall.Line):
    """Somebody on the roll, in a session: where she sits, and whether she is silent now."""

    seat: RunSeat | None = None
    silent: bool = False

    @property
    def roles(self):
        return self.seat.roles if self.seat else []

    @property
    def was_there(self):
        """What was written down by hand, or None."""
        return self.attendance.was_there if self.attendance else None

    @property
    def is_there(self):
        return self.seat is not None or bool(self.was_there)

    @property
    def is_online(self):
        return self.seat is not None and self.seat.way == Way.ONLINE


def people(scene):
    """Everybody who is expected, in three queries."""
    seats = {seat.person_id: seat for seat in scene.seats}
    silent = {each["person"] for each in scene.silent if each["person"]}
    return [
        Person(
            line.membership, line.answer, line.attendance, seats.get(line.membership.person_id),
            bool(line.membership.person_id) and line.membership.person_id in silent,
        )
        for line in _roll(scene)
    ]  # fmt: skip


def _roll(scene):
    if scene.meeting:
        return [line for line in rollcall.roll(scene.meeting) if line.is_expected]
    if scene.run.circle and (about := scene.run.what) is not None:
        rows = runnables.of(about).expected(about).select_related("person")
    else:
        rows = Membership.objects.seated().filter(community=scene.run.community_id).select_related("person")
    return [rollcall.Line(row) for row in rows.order_by("person__sort_name", "address", "pk")]


def door(meeting):
    """How one comes into the session of a meeting: the one that runs or ended today, and whether one can be started."""
    run = Run.objects.about(meeting).order_by("-pk").first()
    if run and not run.is_running and not meeting.is_today:
        run = None
    why_not = runnables.of(meeting).why_not_start(meeting)
    return {"run": run, "may_start": meeting.can_plan and not (run and run.is_running) and not why_not}


def door_on_the_day(meeting):
    """The same for homes, which ask nothing of meetings on other days."""
    return door(meeting) if meeting and meeting.is_today else {}


def of(about):
    """The session of this row that runs now, or None."""
    return Run.objects.about(about).running().first()


# What was written down ----------------------------------------------------------------------------


def lines(run):
    """What all may read, in one query: by kind; notes by step."""
    rows = list(Line.objects.filter(run=run).shared().select_related("author", "step"))
    notes = {}
    for line in rows:
        if line.kind == LineKind.NOTE:
            notes.setdefault(line.step_id, {"step": line.step, "lines": []})["lines"].append(line)
    return {
        "kept": [line for line in reversed(rows) if line.kind in (LineKind.DECISION, LineKind.INSIGHT)],
        "parked": [line for line in rows if line.kind == LineKind.PARKED],
        "notes": sorted(notes.values(), key=lambda each: each["step"].order if each["step"] else -1, reverse=True),
    }


def points(run):
    """What was promised in this session, the newest first; who got it at once stands in one line."""
    if not isinstance(run.what, Meeting):
        return []
    rows = ActionPoint.objects.filter(meeting=run.about_id, at__gte=run.started_at - timedelta(minutes=5))
    groups = promises.groups(rows.with_names().order_by("-pk"))
    return [
        {"point": each["first"], "holders": [_called(point) for point in reversed(each["points"])]} for each in groups
    ]


def _called(point):
    return point.person.first_name if point.person_id else point.holder


def own(run, user):
    """Her notes to herself in this session."""
    line = Line.objects.filter(run=run, author=user, kind=LineKind.OWN).standing().order_by("pk").first()
    return line.text if line else ""


# Parts of the page --------------------------------------------------------------------------------


def fragment(request, run, only):
    """The HTML of these parts as this person sees them; the page lays them in the place of what stood there."""
    scene = Scene(run, request.user)
    html = ""
    if STEP in only:
        html += step_part(request, scene)
    if LINES in only:
        html += lines_part(request, scene)
    if PEOPLE in only:
        html += _render("people", {"scene": scene, "run": run}, request)
    return html


def step_part(request, scene):
    """Where we are. Without buttons it is the same for all who listen: rendered once for each version."""
    run = scene.run
    if run.can_lead:
        return _render("step", {"scene": scene, "run": run, "silent_me": scene.silent_me}, request)
    name = f"run:{run.pk}:{run.version}:{get_language()}"
    kept = cache.get(name)
    if kept is None:
        shared = {"scene": scene, "run": run}
        people = [each["person"] for each in scene.silent if each["person"]]
        kept = {"": _render("step", shared)}
        kept |= {pk: _render("step", shared | {"silent_me": True, "user": {"pk": pk}}) for pk in people}
        cache.set(name, kept, KEPT_S)
    return kept.get(request.user.pk, kept[""])


def board_part(scene):
    """All of the big screen."""
    return _render("board_part", {"scene": scene, "run": scene.run} | how_to_join(scene.run))


def how_to_join(run):
    """Where somebody types the code, as it is said aloud, and as a picture for a camera."""
    where = urlsplit(settings.BASE_URL).netloc + reverse("short_join")
    return {"where": where, "picture": join_picture(run.code)}


@lru_cache(maxsize=500)
def join_picture(code):
    """What leads the camera of a phone to the page on which this code is typed already."""
    address = f"{settings.BASE_URL}{reverse('short_join')}?{urlencode({'code': code})}"
    picture = segno.make(address, error="m", micro=False)
    return mark_safe(picture.svg_inline(border=2, light="#fff", omitsize=True, svgclass="qr", lineclass=""))


def words():
    """What our script says."""
    return {
        "step": _("Step {number}: {title}"),
        "one_left": _("One minute left."),
        "up": _("Time is up."),
        "paused": _("The clock is paused."),
        "resumed": _("The clock goes on."),
        "left": _("{minutes} minutes left"),
        "over": _("{minutes} minutes longer than planned"),
        "kept": _("All kept"),
        "waiting": _("Kept on this device"),
        "sent": _("Sent"),
        "sending": _("Keeping …"),
        "offline": _("No connection. The clock goes on, and what you type is kept on this device."),
        "online": _("The connection is back."),
        "sign_in": _("You are signed out. What you typed is kept on this device. Sign in again in this browser."),
        "out": _("You do not take part in this session any more. What you typed and is not sent yet, stays here."),
        "over_now": _("This session is over."),
    }


def lines_part(request, scene):
    context = {"scene": scene, "run": scene.run, "points": points(scene.run), **lines(scene.run)}
    return _render("lines", context, request)


def _render(name, context, request=None):
    """A part without the shell: with a request its menu and bell would be built for each of forty screens."""
    if request is not None:
        context = context | csrf(request) | {"user": request.user}
    return render_to_string(f"meetings/run/{name}.html", context)


# The end ------------------------------------------------------------------------------------------


def tickets(run):
    """What people said at the door, without names and in no order of time; only how many, as long as it are too few.

    Three at once: who sees somebody tap, and then one answer more, would know whose it is. What is left over comes
    an hour after the end.
    """
    rows = list(ExitTicket.objects.filter(run=run).order_by("at", "pk").values_list("worth", "takes_along", "at"))
    if len(rows) < ENOUGH:
        return {"count": len(rows), "missing": ENOUGH - len(rows)}
    settled_at = (run.ended_at or run.started_at) + timedelta(hours=1)
    settled = sum(row[2] <= settled_at for row in rows) if now() > settled_at else 0
    settled = settled if settled >= ENOUGH else 0
    rows = rows[: len(rows) - (len(rows) - settled) % ENOUGH]
    worth = [sum(row[0] == n for row in rows) for n in range(1, 6)]
    return {
        "count": len(rows),
        "worth": [{"mark": n, "count": count} for n, count in enumerate(worth, 1)],
        "takes_along": sorted(text for _mark, text, _at in rows if text),
    }
