"""A completed PLG is kept for some years; then what it made goes, and its members are told a month before.

What stays is what stood in the directory, and that there were meetings with these people: the hours rest on those.
"""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from activity.journal import record
from activity.models import Activity
from communities.actions.seats import hold
from communities.choices import MembershipState, State
from communities.models import Community, HandIn, HomeTask, LogbookEntry, LogbookPhoto, Membership
from communities.registry import contents
from communities.search import index
from communities.search.logbooks import ENTRY
from core.terms import keep_for
from organisations.terms import days_of, owners

TOLD = "communities.clearing_soon"
TOLD_DAYS = 30  # before


@owners.register("community")
def plgs_of(boards):
    """The PLGs that a board owns, or in which people of its schools take part."""
    members = Membership.objects.filter(boards("school__board"), state=MembershipState.ACTIVE)
    return Community.objects.filter(boards("board") | Q(pk__in=members.values("community"))).values("pk")


def boards_of(community):
    """The boards that have a say in how long this PLG is kept."""
    members = community.memberships.filter(state=MembershipState.ACTIVE, school__board__isnull=False)
    found = set(members.values_list("school__board", flat=True))
    return found | ({community.board_id} if community.board_id else set())


def goes_on(community):
    """The day on which what a completed PLG made goes; None as long as it lives, and when it went."""
    if not community.closed_at or community.cleared_at:
        return None
    return (community.closed_at + timedelta(days=days_of("contents", boards_of(community)))).date()


def clear_contents(over):
    """Tell whose turn comes in a month, and take away what was told a month ago. Returns how much went."""
    completed = Community.objects.filter(state=State.CLOSED, cleared_at=None)
    soon = over.earlier(TOLD_DAYS)
    for community in soon(completed, "closed_at", community="pk"):
        _tell(community)
    told = Activity.objects.filter(kind=TOLD, at__lt=now() - timedelta(days=TOLD_DAYS))
    told = told.filter(about_type=ContentType.objects.get_for_model(Community)).values("about_id")
    return sum(clear(community) for community in over(completed, "closed_at", community="pk").filter(pk__in=told))


def _tell(community):
    """Once for each time that it is completed."""
    about = {"about_type": ContentType.objects.get_for_model(Community), "about_id": community.pk}
    if Activity.objects.filter(kind=TOLD, at__gte=community.closed_at, **about).exists():
        return
    people = [row.person for row in community.memberships.seated().exclude(person=None).select_related("person")]
    record(TOLD, about=community, tell=people, community=community)


@transaction.atomic
def clear(community):
    """What this PLG made goes. Returns how many rows."""
    community = hold(community)
    if community.cleared_at:
        return 0
    gone = sum(clear_of(community) for clear_of in contents.values())
    Community.objects.filter(pk=community.pk).update(cleared_at=now())
    record("communities.cleared", about=community, community=community, count=gone)
    return gone


@contents.register("communities")
def clear_of(community):
    """Home tasks, the logbook of the PLG, and what was written about how it works. What members shared is theirs."""
    tasks = HomeTask.objects.filter(community=community)
    for row in HandIn.objects.filter(task__in=tasks).exclude(file=""):
        transaction.on_commit(lambda file=row.file: file.storage.delete(file.name))
    entries = LogbookEntry.objects.filter(community=community, is_of_the_plg=True)
    for row in LogbookPhoto.objects.filter(entry__in=entries):
        transaction.on_commit(lambda file=row.image: file.storage.delete(file.name))
    index.forget(ENTRY, *entries.values_list("pk", flat=True))
    gone = tasks.delete()[0] + entries.delete()[0]
    shared = LogbookEntry.objects.filter(community=community)
    ids = list(shared.values_list("pk", flat=True))
    shared.update(shared_at=None, community=None)
    index.follow(*LogbookEntry.objects.filter(pk__in=ids))
    Community.objects.filter(pk=community.pk).update(description="", commitments="")
    Membership.objects.filter(community=community).update(message="", expertise="")
    return gone


def register():
    """From `AppConfig.ready()`."""
    keep_for(
        "contents",
        title=_("What a completed PLG made"),
        goes=_("Conversations, minutes, agendas and files go. Its members are told a month before."),
        days=1095,
        least=365,
        most=3650,
        kept=_("It stays until %(term)s after the PLG was completed."),
        clear=clear_contents,
    )
    keep_for(
        "addresses",
        title=_("Addresses that said no"),
        goes=_("The address of who did not want to join a PLG, or did not answer, goes."),
        days=30,
    )
