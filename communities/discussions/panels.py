"""What discussions lay on pages of lower floors: a tab and a card on the page of a PLG, and accounts that unite."""

from django.utils.translation import gettext as _

from communities.choices import Role
from communities.discussions import drawing
from communities.discussions.models import Draft, Post, Reaction, ReadState, Report, Topic
from communities.rules import standing
from core.links import address

MOST_ON_CARD, FETCHED = 4, 12


def place():
    """How the addresses of our pages about one PLG begin."""
    return f"{address('discussions:network')}of/"


def tab(community, user):
    """The tab of all topics, for who may enter."""
    if community.pk not in standing(user).member_of | standing(user).reads_on:
        return None
    return {"url": address("discussions:index", community.pk), "label": _("Conversations"), "order": 30}


def panel(community, user):
    """What is new for her, or what was written last: one query."""
    if community.pk not in standing(user).member_of | standing(user).reads_on:
        return None
    rows = list(Topic.objects.for_list(user).filter(community=community).order_by("-last_post_at", "-pk")[:FETCHED])
    fresh = [row for row in rows if row.new and not row.is_muted]
    context = {
        "community": community,
        "is_new": bool(fresh),
        "topics": drawing.topics((fresh or rows)[:MOST_ON_CARD]),
        "more": max(len(fresh) - MOST_ON_CARD, 0),
        "may_write": community.pk in standing(user).member_of and not community.why_not_add,
    }
    return "discussions/panel.html", context


def arrived(membership):
    """What was written before somebody came is there to be read, but not new for her."""
    if not membership.person_id or membership.role == Role.GUEST:
        return
    topics = Topic.objects.filter(community=membership.community_id).values_list("pk", "post_count")
    ReadState.objects.bulk_create(
        [
            ReadState(topic_id=pk, person_id=membership.person_id, last_read=count, last_told=count)
            for pk, count in topics
        ],
        ignore_conflicts=True,
    )


def merge(kept, gone):
    """Two accounts of one person become one; where both read or reacted, the kept one's row stands."""
    Topic.objects.filter(author=gone).update(author=kept)
    Post.objects.filter(author=gone).update(author=kept)
    Post.objects.filter(removed_by=gone).update(removed_by=kept)
    ReadState.objects.filter(person=gone).exclude(
        topic__in=ReadState.objects.filter(person=kept).values("topic")
    ).update(person=kept)
    ReadState.objects.filter(person=gone).delete()
    for row in Reaction.objects.filter(person=gone):
        Reaction.objects.get_or_create(post_id=row.post_id, person=kept, kind=row.kind)
    Reaction.objects.filter(person=gone).delete()
    for row in Draft.objects.filter(person=gone):
        if not Draft.objects.filter(
            person=kept, community=row.community_id, topic=row.topic_id, post=row.post_id
        ).exists():
            Draft.objects.filter(pk=row.pk).update(person=kept)
    Draft.objects.filter(person=gone).delete()
    theirs = Report.objects.filter(by=kept, settled_at=None).values("post")
    Report.objects.filter(by=gone, settled_at=None, post__in=theirs).delete()
    Report.objects.filter(by=gone).update(by=kept)
