"""Who may see a meeting, answer for it and plan it."""

from django.db.models import Q
from django.db.models.functions import Now

from communities.meetings import circles
from communities.rules import (
    as_guest,
    in_communities_i_lead,
    in_communities_i_take_part_in,
    in_my_communities,
    standing,
)
from communities.rules import facts as community_facts
from core.standing import remembered_of_many


def view(user):
    """Members of its PLG; guests only of the meetings they are invited to."""
    return in_my_communities(user) | _as_guest(user)


def view_series(user):
    return in_my_communities(user)


def _as_guest(user):
    return Q(community__in=standing(user).guest_of, pk__in=_meetings_as_guest(user))


@remembered_of_many
def _meetings_as_guest(users):
    return as_guest(users, "meetings_as_guest")


def answer(user):
    """Whoever is expected there."""
    return in_communities_i_take_part_in(user) | _as_guest(user)


def asked(user):
    """What is still to be answered: of dates that stand and are not over."""
    return answer(user) & Q(state="planned", ends_at__gt=Now())


def plan(user):
    return in_communities_i_lead(user)


def see_date(user):
    """Its date, hours and place are agreed facts: for leaders of the schools that take part, too."""
    rule = community_facts(user)
    return view(user) | _through_community(rule)


def _through_community(rule):
    """The same rule, asked of the community of a row."""
    moved = Q(_connector=rule.connector, _negated=rule.negated)
    for child in rule.children:
        if isinstance(child, Q):
            moved.children.append(_through_community(child))
        else:
            name, value = child
            moved.children.append((f"community__{name}", value))
    return moved


# Protocols and agendas ----------------------------------------------------------------------------


def view_protocol(user):
    """The library is everybody's; a PLG's own copy is for its members."""
    return Q(community=None) | in_my_communities(user)


def edit_protocol(user):
    """A PLG's own copy may be changed by whoever takes part in it; the library by nobody."""
    return in_communities_i_take_part_in(user)


def view_item(user):
    """Members see agenda and backlog; a guest what stands on the agenda of her meetings.

    Who left and reads on sees no cases.
    """
    mine = standing(user)
    no_case = ~Q(kind="case") & (Q(protocol=None) | Q(protocol__is_case=False))
    return (
        Q(community__in=mine.member_of)
        | (Q(community__in=mine.reads_on) & no_case)
        | Q(community__in=mine.guest_of, meeting__in=_meetings_as_guest(user), state__in=["planned", "done"])
    )


def edit_item(user):
    """Facilitators change everything, a member what she proposed and nobody put on an agenda yet."""
    return in_communities_i_lead(user) | (
        in_communities_i_take_part_in(user) & Q(proposed_by=user.pk, state="proposed")
    )


# Date polls ---------------------------------------------------------------------------------------


def view_poll(user):
    return in_my_communities(user)


def vote(user):
    return in_communities_i_take_part_in(user)


def asked_vote(user):
    """What is still to be voted on."""
    return vote(user) & Q(state="open")


# Sessions -----------------------------------------------------------------------------------------


def view_run(user):
    """Whoever may take part in what is being run. Who left and reads on finds the minutes, never the session."""
    return take_part_in_run(user)


def take_part_in_run(user):
    """Active members, and the guests of that meeting; of what a smaller circle runs, that circle alone."""
    return (
        (in_communities_i_take_part_in(user) & Q(circle="")) | _as_guest_of_run(user) | Q(circle__in=circles.mine(user))
    )


def lead_run(user):
    """Facilitators; in a smaller circle who leads that, and whom it chose to lead this session."""
    return (
        (in_communities_i_lead(user) & Q(circle=""))
        | Q(circle__in=circles.led(user))
        | Q(circle__in=circles.mine(user), led_by=user.pk)
    )


def _as_guest_of_run(user):
    return Q(
        community__in=standing(user).guest_of,
        about_type__app_label="meetings",
        about_type__model="meeting",
        about_id__in=_meetings_as_guest(user),
    )


def view_line(user):
    """What was written in a session one sees; a line to oneself is one's own."""
    return (
        (in_communities_i_take_part_in(user, "run__community") & Q(run__circle=""))
        | Q(run__circle__in=circles.mine(user))
        | Q(
            run__community__in=standing(user).guest_of,
            run__about_type__app_label="meetings",
            run__about_type__model="meeting",
            run__about_id__in=_meetings_as_guest(user),
        )
    ) & (~Q(kind="own") | Q(author=user.pk))


def edit_line(user):
    """Only who wrote it changes the words."""
    return view_line(user) & Q(author=user.pk)


def withdraw_line(user):
    """Whoever wrote it; facilitators also take away what others wrote, but nobody's own notes."""
    leads = (in_communities_i_lead(user, "run__community") & Q(run__circle="")) | Q(run__circle__in=circles.led(user))
    return edit_line(user) | (leads & ~Q(kind="own"))


# Minutes and action points ------------------------------------------------------------------------


def view_minutes(user):
    """Members, also as long as it is a draft; who left and reads on only what the members approved."""
    mine = standing(user)
    return Q(meeting__community__in=mine.member_of) | Q(meeting__community__in=mine.reads_on, state="approved")


def write_minutes(user):
    """Any active member may take the notes."""
    return in_communities_i_take_part_in(user, "meeting__community")


def approve_minutes(user):
    return in_communities_i_take_part_in(user, "meeting__community")


def view_action(user):
    """Members; a guest sees her own. Who left and reads on sees nothing that came of a case."""
    mine = standing(user)
    return (
        Q(community__in=mine.member_of)
        | Q(community__in=mine.reads_on, is_case=False)
        | Q(person=user.pk, community__in=mine.guest_of)
    )


def answer_action(user):
    """Only who promised it says how it went; and only while she takes part."""
    return Q(person=user.pk) & (in_communities_i_take_part_in(user) | Q(community__in=standing(user).guest_of))


def edit_action(user):
    """Who promised it, who wrote it down, and the facilitators."""
    return in_communities_i_lead(user) | (in_communities_i_take_part_in(user) & (Q(person=user.pk) | Q(by=user.pk)))
