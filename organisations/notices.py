"""What people are told about where they work and what they may manage."""

from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import register, register_ask
from core import links
from core.registry import hushes
from core.time import today
from organisations.arrivals import link_of
from organisations.choices import Function, RoleKind
from organisations.models import Affiliation
from organisations.room import named
from organisations.rules import keep_timetable, standing


def _link(about, person, facts):
    return {"link": link_of(about)}


def _names(about, person, facts):
    return {
        "role_name": RoleKind(facts["role"]).label if facts.get("role") else "",
        "function_name": Function(facts["function"]).label if facts.get("function") else "",
        "until": date.fromisoformat(facts["until"]) if facts.get("until") else None,
        "profile": links.url_for("people:profile"),
    }


def _still_open(delivery, about, person):
    return not about.why_not_accept


def _everybody(about, person):
    return True


def _manages(person):
    return standing(person).manages


def _own(about, person):
    return person is not None and about.person_id == person.pk


def _profile(about, person, facts):
    return reverse("people:profile")


@hushes.register("organisations")
def who_works_nowhere_any_more(people):
    """Those who had a place and have none: their mail stopped, until they have one again."""
    lasting = Affiliation.objects.filter(Q(until_on=None) | Q(until_on__gte=today()), person=OuterRef("person"))
    rows = Affiliation.objects.filter(~Exists(lasting), person__in=people)
    return set(rows.values_list("person", flat=True))


PLACES = ("school", "board", "partner")

register(
    "organisations.invited",
    _("an invitation to the platform"),
    fixed=True,
    wait=False,
    told=False,
    visible=_everybody,
    still_right=_still_open,
    context=_link,
    related=(*PLACES, "invited_by"),
    why=_("Somebody who manages people at a school or board invited this address."),
)
register("organisations.role_given", _("I get a role"), visible=_own, context=_names, url=_profile)
register("organisations.role_ended", _("a role of mine ends"), visible=_own, context=_names, url=_profile)
for name, label in (
    ("affiliation_added", _("my board adds a place where I work")),
    ("function_changed", _("my board changes my function")),
    ("affiliation_ends", _("my board sets my last day")),
    ("affiliation_ended", _("I no longer work somewhere")),
):
    register(
        f"organisations.{name}",
        label,
        visible=_own,
        context=_names,
        url=_profile,
        last_word=name == "affiliation_ended",
    )
register("organisations.staff_changed", _("my board brings in a staff list"), context=_names, url=_profile)
register(
    "organisations.invitation_accepted",
    _("somebody accepts my invitation"),
    pace=Pace.NEVER,
    concerns=_manages,
    related=PLACES,
    url=lambda about, person, facts: reverse("organisations:invitations"),
)

register("organisations.bulk_undone", _("a change in my work is taken back"), visible=_everybody, url=_profile)
for name, label in (
    ("schools_merged", _("my school goes up into another one")),
    ("boards_merged", _("my board goes up into another one")),
):
    register(f"organisations.{name}", label, url=_profile)

OF_JOINING = ("network", "board", "school")
register(
    "organisations.joining_asked",
    _("a network or board asks something of my board"),
    concerns=_manages,
    related=OF_JOINING,
    still_right=lambda delivery, about, person: not about.settled_at,
)
register(
    "organisations.joining_accepted", _("the answer to what I asked is yes"), related=OF_JOINING, concerns=_manages
)
register("organisations.joining_declined", _("the answer to what I asked is no"), related=OF_JOINING, concerns=_manages)
register("organisations.network_joined", _("my board takes part in a network"), concerns=_manages)
register_ask("organisations.joining_asked", power="answer", related=OF_JOINING, icon="affiliate")

OF_ROOM = ("person", "school", "cover_person")


def _room(about, person, facts):
    """What a letter about room in the timetable says beside the row itself: the name of its PLG, and where to look."""
    return {
        "plg": named([about])[0].plg,
        "day": date.fromisoformat(facts["day"]) if facts.get("day") else about.held_on,
        "mine": links.url_for("organisations:my_hours"),
        "timetable": settings.BASE_URL + about.get_absolute_url(),
    }


def _my_time(about, person, facts):
    return f"{reverse('organisations:my_hours')}#room"


def _works_there(about, person):
    return person is not None and about.school_id in standing(person).works_at


for name, label, how in (
    ("room_asked", _("somebody asks room in the timetable"), {"still_right": lambda d, about, p: about.is_open}),
    ("room_moved", _("room in the timetable is asked for another day"), {}),
    ("room_withdrawn", _("room in the timetable is not needed after all"), {}),
    ("cover_needed", _("a class has nobody yet"), {"still_right": lambda d, about, p: about.has_gap}),
):
    register(f"organisations.{name}", label, related=OF_ROOM, context=_room, concerns=keep_timetable, **how)
for name, label, how in (
    ("room_granted", _("I get room in the timetable"), {"still_right": lambda d, about, p: about.is_granted}),
    ("room_talked", _("my school leader wants to talk about it"), {"still_right": lambda d, about, p: about.is_open}),
    ("room_taken_back", _("room in the timetable is taken back"), {"wait": False}),
    ("room_covered", _("somebody takes my class"), {"pace": Pace.NEVER}),
):
    register(f"organisations.{name}", label, related=OF_ROOM, context=_room, url=_my_time, visible=_own, **how)
register(
    "organisations.time_set",
    _("my innovation time is filled in"),
    pace=Pace.NEVER,
    visible=_everybody,
    url=lambda about, person, facts: reverse("organisations:my_hours"),
    context=lambda about, person, facts: {
        "span": f"{facts['year']}–{facts['year'] + 1}", "mine": links.url_for("organisations:my_hours"),
    },
)  # fmt: skip
for name, label in (("cover_given", _("I take a colleague's class")), ("cover_off", _("I need not take a class"))):
    register(
        f"organisations.{name}", label, related=OF_ROOM, context=_room, url=_my_time, visible=_works_there, wait=False
    )
