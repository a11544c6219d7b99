"""What a cycle shows of itself: the pieces of its own page and its tabs, and its card on the pages of lower floors."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from communities.rules import standing as among_communities
from core.links import address
from lessonstudy import guards, ledger, needs, registry, steps
from lessonstudy.actions import making
from lessonstudy.choices import Halt, Role, State
from lessonstudy.models import Cycle, CycleMember
from lessonstudy.rules import standing
from organisations.models import Hours

ON_PLG = 4


# Its own page -------------------------------------------------------------------------------------


def now(cycle, user):
    """Where we are and what is needed for the next step: the one strong card."""
    parts = steps.parts_of(user, cycle)
    mine = steps.open_to(cycle, parts)
    following = steps.following(cycle)
    chosen = next((step for step in following if step in mine), following[0] if following else None)
    asked = needs.of(cycle, chosen) if chosen and cycle.halt == Halt.ACTIVE else []
    context = {
        "says": needs.NOW[cycle.state],
        "step": chosen,
        "is_mine": chosen in mine,
        "who": _who(cycle, chosen) if chosen else "",
        "needs": asked,
        "missing": sum(bool(need.missing) for need in asked),
        "is_held_up": any(need.missing and need.is_hard for need in asked),
        "other_steps": [step for step in mine if step is not chosen],
        "may_guide": steps.GUIDE in parts,
        "phase": needs.phase(cycle),
    }
    return "lessonstudy/parts/now.html", context


def _who(cycle, step):
    from lessonstudy.actions.moving import who_may

    return who_may(cycle, step)


def goal(cycle, user):
    """What it is about."""
    return "lessonstudy/parts/goal.html", {"may_edit": cycle.can_edit and not making.why_not_write(cycle)}


def lessons(cycle, user):
    """The lessons of all rounds, and that of this one to arrange."""
    if not cycle.has_lessons or cycle.state == State.CONCEPT:
        return None
    rows = list(cycle.lessons.all())
    if not rows and making.why_not_arrange(cycle):
        return None
    present = guards.lesson_of(cycle)
    context = {
        "lessons": rows,
        "may_arrange": cycle.can_edit and present is None and not making.why_not_arrange(cycle),
        "present": present,
    }
    return "lessonstudy/parts/lessons.html", context


def team(cycle, user):
    """Who does what."""
    rows = cycle.seats
    lesson = guards.lesson_of(cycle)
    for row in rows:
        row.does = _does(row, lesson)
    return "lessonstudy/parts/team.html", {"team": rows}


def _does(member, lesson):
    """What she is in this round, in words."""
    found = [member.get_role_display()]
    if member.is_deputy:
        found.append(_("may also take the steps"))
    if lesson:
        for name, said in (
            ("teacher_id", _("gives the lesson")),
            ("chair_id", _("leads the discussion")),
            ("recorder_id", _("writes it down")),
        ):
            if getattr(lesson, name) == member.person_id:
                found.append(said)
    return ", ".join(str(each) for each in found)


def around(cycle, user):
    """The small things at hand: charter, sources, pupils, how many there are."""
    context = {
        "count_sources": cycle.count_sources,
        "count_pupils": len(cycle.pupils.all()) if cycle.has_lessons else None,
        "agreed": sum(row.charter_accepted_at is not None for row in cycle.team),
        "team_size": len(cycle.team),
        "has_charter": hasattr(cycle, "charter"),
        "receipt": getattr(cycle, "receipt", None),
    }
    return "lessonstudy/parts/around.html", context


def _tab(page, label, order, shown=lambda cycle: True):
    def build(cycle, user):
        return (
            {"url": address(f"lessonstudy:{page}", cycle.pk), "label": label(), "order": order}
            if shown(cycle)
            else None
        )

    return build


TABS = {
    "overview": _tab("detail", lambda: _("Overview"), 0),
    "texts": _tab("texts", lambda: _("What we write"), 20, lambda cycle: not cycle.has_lessons),
    "sources": _tab("sources", lambda: _("Sources"), 60),
    "members": _tab("members", lambda: _("Team"), 70),
    "history": _tab("history", lambda: _("Steps"), 90),
}


def pupils_tab(cycle, user):
    """Only where pupils are followed."""
    if not cycle.has_lessons:
        return None
    return {"url": address("lessonstudy:pupils", cycle.pk), "label": _("Case pupils"), "order": 30}


# On the pages of a PLG ----------------------------------------------------------------------------


def _cards(community, user):
    members = Prefetch("members", CycleMember.objects.now().select_related("person"), to_attr="people_now")
    rows = Cycle.objects.for_cards(user).filter(community=community).going_on().prefetch_related(members)
    rows = list(rows[: ON_PLG + 1])
    for row in rows:
        row.phase = needs.phase(row)
        row.people = [member.person for member in row.people_now if member.person_id]
        row.guided_by = next((m.person for m in row.people_now if m.role == Role.GUIDE), None)
    return rows


def later(community, user):
    """On the page of a PLG: what goes on with lessons comes after it, so that the page itself asks nothing of it."""
    mine = among_communities(user)
    if community.pk not in mine.member_of | mine.reads_on:
        return None
    return "lessonstudy/in_plg_later.html", {"community": community}


def of_plg(community, user):
    """The cycles of a PLG that go on: a card for its members, the way in for who takes part."""
    mine = among_communities(user)
    if community.pk not in mine.member_of | mine.reads_on:
        return None
    may_start = community.pk in mine.member_of and not community.why_not_add
    rows = _cards(community, user)
    if not rows and not may_start:
        return None
    context = {"cycles": rows[:ON_PLG], "has_more": len(rows) > ON_PLG, "may_start": may_start, "community": community}
    return "lessonstudy/of_plg.html", context


def for_guests(community, user):
    """A guest of the PLG sees the cycles she takes part in."""
    rows = [row for row in _cards(community, user) if row.pk in standing(user).takes_part]
    return ("lessonstudy/of_plg.html", {"cycles": rows, "community": community}) if rows else None


def facts(community, user):
    """For who may know the agreed facts: title, phase, when the lesson is, and hours. Nothing of what is in it."""
    rows = list(Cycle.objects.filter(community=community).going_on().prefetch_related("lessons"))
    if not rows:
        return None
    for row in rows:
        row.phase = needs.phase(row)
        row.next_lesson = guards.lesson_of(row)
    sources = [ledger.source(lesson.pk) for row in rows for lesson in row.lessons.all()]
    minutes = sum(Hours.objects.filter(source__in=sources).values_list("minutes", flat=True))
    return "lessonstudy/facts.html", {"cycles": rows, "hours": round(minutes / 60)}


def register():
    """From `AppConfig.ready()`."""
    for name, of, order, beside in (
        ("now", now, 10, False),
        ("goal", goal, 20, False),
        ("lessons", lessons, 40, False),
        ("team", team, 50, True),
        ("around", around, 60, True),
    ):
        registry.parts.add(name, registry.Part(of, order, beside))
    for name, tab in TABS.items():
        registry.tabs.add(name, tab)
    registry.tabs.add("pupils", pupils_tab)
