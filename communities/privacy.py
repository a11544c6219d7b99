"""What PLGs hold of a person: her places, her home tasks, her logbook."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.actions.members import depart, why_not_leave
from communities.choices import MembershipState
from communities.models import (
    Community,
    Complaint,
    HandIn,
    HomeTask,
    Introduction,
    LogbookEntry,
    LogbookPhoto,
    Membership,
    Proposal,
    SchoolPair,
    YearQuestion,
)
from communities.search import index
from communities.search.logbooks import ENTRY
from core.privacy import Section, Table, keep, obstacles, surroundings, write_here


@obstacles.register("communities")
def facilitates_alone(person):
    """She is the only facilitator of others: she hands over first. A PLG in which nobody else is stands in no way."""
    rows = person.memberships.leading().exclude(community__state="closed").select_related("community")
    return [
        (
            _now("You are the only facilitator of %(plg)s. Hand it over first.") % {"plg": row.community},
            row.get_absolute_url(),
        )
        for row in rows
        if why_not_leave(row)
    ]


@obstacles.register("complaints")
def keeps_complaints(person):
    """Complaints that only she reads wait for her answer."""
    if Complaint.objects.filter(confidant=person, handled_at=None).exists():
        return [(_now("A complaint waits for your answer. Handle it first."), "")]
    return []


@surroundings.register("communities")
def her_plgs(person):
    """The PLGs that she is or was in."""
    return Membership.objects.filter(person=person).values_list("community", flat=True)


def leave_all(person):
    """She leaves each PLG as anybody does: her seat goes to the first in line, and requests to her are closed."""
    for membership in person.memberships.filter(state=MembershipState.ACTIVE).order_by("community_id"):
        depart(membership)


def leave_to_the_plg(person):
    """What she wrote in the logbook of a PLG is the PLG's: it stands without her name. Her own is found no more."""
    LogbookEntry.objects.filter(person=person, is_of_the_plg=True).update(person=None)
    index.forget(ENTRY, *LogbookEntry.objects.filter(person=person).values_list("pk", flat=True))


def register():
    """From `AppConfig.ready()`."""
    texts = ("tried", "saw", "changes", "text")
    keep(
        "communities",
        Section(
            title=_("Your PLGs"),
            seen_by=_("The members of the PLG. That you are a member: also your school leader and your board."),
            after=_("Your places go, and others get your seat. Home tasks that you handed in go with you."),
            term="contents",
            first=leave_all,
            tables=[
                Table(
                    HandIn,
                    hers=("membership__person",),
                    did=("answered_by",),
                    shows=("task__title", "question", "text", "file", "at", "answer"),
                ),
                Table(Proposal, hers=("person", "by"), shows=("community__name", "at", "settled_at")),
                Table(Introduction, hers=("expert",), did=("by",), shows=("message", "at")),
                Table(SchoolPair, said=("first", "second"), did=("promised_by",), shows=("community__name",)),
                Table(HomeTask, said=("set_by",), shows=("title", "text", "due_on")),
                Table(
                    Complaint,
                    said=("by",),
                    did=("confidant",),
                    shows=("community__name", "text", "at", "answer"),
                ),
                Table(
                    Membership,
                    hers=("person",),
                    did=("invited_by",),
                    address=("address",),
                    shows=("community__name", "role", "state", "name", "message", "expertise", "joined_at", "ended_at"),
                ),
                Table(Membership.pgh_event_model, hers=("person",), did=("invited_by",), is_last=True),
                Table(YearQuestion, did=("asked_by", "answered_by")),
                Table(Community, did=("created_by",)),
            ],
        ),
    )
    keep(
        "logbook",
        Section(
            title=_("Your logbook"),
            seen_by=_("Only you. What you shared with a PLG is read by its members."),
            after=_("Your own logbook goes, with its photos. What you wrote in that of a PLG stays without your name."),
            correct="communities:logbook",
            first=leave_to_the_plg,
            tables=[
                Table(LogbookPhoto, hers=("entry__person",), shows=("entry__happened_on", "description", "image")),
                Table(
                    LogbookEntry,
                    hers=("person",),
                    shows=("happened_on", "community__name", "is_of_the_plg", *texts, "shared_at", "at"),
                ),
            ],
        ),
    )
    write_here(
        Community,
        *("question", "blurb", "ambition", "description", "commitments", "outcome"),
        community="",
    )
    write_here(HomeTask, "title", "text", community="community")
    write_here(HandIn, "question", "text", "answer", "file_name", community="task__community")
    write_here(LogbookEntry, *texts, community="community", follow=lambda rows: index.follow(*rows))
    write_here(LogbookPhoto, "description", community="entry__community")
    write_here(Complaint, "text", "answer", community="community")
    write_here(Introduction, "message", community="one")
    write_here(Membership, "message", "expertise", community="community")
