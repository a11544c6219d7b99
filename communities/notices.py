"""What a PLG tells and asks; the words stand in `templates/communities/notices/`."""

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import community_names, community_pages, near, register, register_ask
from communities import connecting, keeping
from communities.actions import connecting as introducing
from communities.actions import home_tasks, logbook, years
from communities.choices import MembershipState
from communities.models import Community
from communities.near import open_plgs
from communities.rules import appoints, standing
from organisations.rules import standing as at_work


@community_names.register("communities")
def names(ids):
    """How PLGs are called in the PLG letter."""
    return dict(Community.objects.filter(pk__in=ids).values_list("pk", "name"))


@community_pages.register("communities")
def page(pk):
    """Where the PLG letter leads for all that is new in one."""
    return reverse("communities:home", args=[pk])


near.add("communities", open_plgs)


def is_in_state(*states):
    """Send only as long as the membership is in one of these states."""
    return lambda delivery, about, person: about.state in states


def leads(person):
    """Whoever facilitates a PLG."""
    return bool(standing(person).leads)


def of_writer(about, person):
    """Only for who wrote it."""
    return about is not None and about.by_id == person.pk


def until(about, person, facts):
    return {"until": parse_date(facts["until"]) if "until" in facts else None}


def where_to_help(about, person, facts):
    """To the page on which somebody is appointed, for whoever may; to the PLG for its members."""
    return reverse("communities:appoint", args=[about.pk]) if appoints(person, about) else about.get_absolute_url()


def help_at(about, person, facts):
    return {"help_url": settings.BASE_URL + where_to_help(about, person, facts), "appoints": appoints(person, about)}


PERSON = ("community", "person")
BOTH = (*PERSON, "invited_by")

# About a membership -------------------------------------------------------------------------------
register(
    "communities.invited",
    _("somebody invites me to a PLG"),
    fixed=True,
    related=BOTH,
    still_right=is_in_state(MembershipState.INVITED),
    why=_("Somebody invited you to this PLG."),
)
register_ask("communities.invited", related=BOTH, icon="mail-opened")
register("communities.declined", _("somebody says no to my invitation"), pace=Pace.LETTER, related=PERSON)
register(
    "communities.requested",
    _("somebody asks to join my PLG"),
    related=PERSON,
    still_right=is_in_state(MembershipState.REQUESTED),
)
register_ask("communities.requested", related=PERSON, icon="user-plus")
register("communities.admitted", _("my request to join is accepted"), related=PERSON)
register("communities.turned_down", _("my request to join is declined"), related=PERSON)
register("communities.joined", _("somebody joins my PLG"), pace=Pace.LETTER, related=PERSON)
register("communities.queued", _("somebody is on the waiting list of my PLG"), pace=Pace.LETTER, related=PERSON)
register(
    "communities.offered",
    _("a place comes free for me"),
    fixed=True,
    related=PERSON,
    context=until,
    still_right=is_in_state(MembershipState.OFFERED),
    why=_("You are on the waiting list, and a place waits for your answer."),
)
register_ask("communities.offered", related=PERSON, icon="armchair")
register("communities.offer_expired", _("a place went to the next in line"), related=PERSON)
register("communities.left", _("somebody leaves my PLG"), pace=Pace.LETTER, related=PERSON)
register("communities.removed", _("I do not take part in a PLG any more"), wait=False, related=PERSON)
register("communities.role_changed", _("my role in a PLG changes"), pace=Pace.LETTER, related=PERSON)
register("communities.handed_over", _("my PLG has another facilitator"), related=PERSON)
register("communities.appointed", _("my PLG gets a facilitator"), related=PERSON)
register("communities.member_to_decide", _("a member of my PLG stops at her school"), related=PERSON)
register_ask("communities.member_to_decide", related=PERSON, icon="user-question")

# About a PLG --------------------------------------------------------------------------------------
register("communities.begun", _("my PLG begins"), pace=Pace.LETTER)
register("communities.rested", _("my PLG is paused"))
register("communities.resumed", _("my PLG goes on"))
register("communities.closed", _("my PLG is completed"))
register("communities.no_facilitator", _("a PLG has no facilitator"), power="hear", url=where_to_help, context=help_at)
register_ask("communities.no_facilitator", power="appoint", icon="user-question")
register(
    "communities.proposed",
    _("members propose a facilitator"),
    power="appoint",
    pace=Pace.LETTER,
    concerns=lambda person: at_work(person).manages,
)

register(
    years.KIND,
    _("my board asks whether my PLG goes on"),
    pace=Pace.LETTER,
    power="answer",
    concerns=leads,
    related=("community", "asked_by"),
    still_right=lambda delivery, about, person: about.goes_on is None,
    sample=years.a_question,
)
register_ask(years.KIND, power="answer", related=("community",), icon="calendar-question", sample=years.a_question)
register(
    "communities.year_answered",
    _("a PLG says whether it goes on"),
    pace=Pace.LETTER,
    related=("community",),
    sample=years.a_question,
)

# In confidence ------------------------------------------------------------------------------------
register(
    "communities.complained",
    _("a complaint reaches me as confidant"),
    power="handle",
    concerns=lambda person: bool(at_work(person).confidant_of),
)
register_ask("communities.complained", power="handle", icon="lock")
register("communities.complaint_handled", _("the confidant answers me"), visible=of_writer)

# About a school pair ------------------------------------------------------------------------------
register(
    "communities.paired",
    _("a school takes part in my learning network"),
    pace=Pace.LETTER,
    related=("community", "school"),
)

# About home tasks ---------------------------------------------------------------------------------
TASK = ("community", "set_by")
HAND_IN = ("task__community", "membership__person")


def stands(delivery, task, person):
    """News of a home task is no news when it was withdrawn meanwhile."""
    return not task.withdrawn_at


register("communities.home_task_set", _("I get a home task"), related=TASK, still_right=stands)
register("communities.home_task_changed", _("a home task gets another day"), related=TASK, still_right=stands)
register("communities.home_task_withdrawn", _("a home task is withdrawn"), pace=Pace.LETTER, related=TASK)
register(
    home_tasks.REMINDER,
    _("a reminder of a home task"),
    told=False,
    power="hand_in",
    related=TASK,
    still_right=home_tasks.still_busy,
)
register_ask(home_tasks.ASKED, power="hand_in", related=TASK, icon="writing")
register("communities.handed_in", _("somebody hands in a home task"), pace=Pace.LETTER, related=HAND_IN)
register_ask(home_tasks.TO_ANSWER, power="answer", related=TASK, icon="message-circle")
register("communities.hand_in_answered", _("my home task is answered"), related=HAND_IN)

# About introductions ------------------------------------------------------------------------------
BETWEEN = ("network", "one", "other", "expert", "by")


def the_other_side(about, person, facts):
    """What this reader may know of whom she would meet; names once both said yes."""
    mine = connecting.sides(about, person) if person else []
    opposite = {"one": "other", "other": "one"}
    return {"met": [connecting.shown(about, opposite[side]) for side in mine]}


def waits_for_her(delivery, introduction, person):
    """Asked when the letter goes out: nobody said no, and her side has not answered yet."""
    return any(not introduction.why_not_answer(side) for side in connecting.sides(introduction, person))


register(
    "communities.introduced",
    _("a connector would like to introduce me"),
    power="answer",
    related=BETWEEN,
    context=the_other_side,
    still_right=waits_for_her,
)
register_ask(introducing.ASKED, power="answer", related=BETWEEN, icon="arrows-join")
register(
    "communities.introduction_accepted", _("both said yes to an introduction"), related=BETWEEN, context=the_other_side
)
register(
    "communities.introduction_declined",
    _("an introduction does not go on"),
    pace=Pace.LETTER,
    related=BETWEEN,
)

# About the logbook --------------------------------------------------------------------------------
register(logbook.SHARED, _("a member shares something of a logbook"), pace=Pace.LETTER, related=("person", "community"))
register(
    keeping.TOLD,
    _("what a completed PLG of mine made goes soon"),
    power="enter",
    context=lambda about, person, facts: {"goes_on": keeping.goes_on(about)},
)
