"""What people are told about where they work and what they may manage."""

from datetime import date

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
    related=OF_JOINING,
    still_right=lambda delivery, about, person: not about.settled_at,
)
register("organisations.joining_accepted", _("the answer to what I asked is yes"), related=OF_JOINING)
register("organisations.joining_declined", _("the answer to what I asked is no"), related=OF_JOINING)
register("organisations.network_joined", _("my board takes part in a network"))
register_ask("organisations.joining_asked", power="answer", related=OF_JOINING, icon="affiliate")
