"""Keep a conversation in order: pin, close, move, remove, report."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import record
from communities import actions as of_plg
from communities.discussions import finding, people
from communities.discussions.actions.posting import changed, hold, refuse_unless_open
from communities.discussions.choices import TopicKind
from communities.discussions.models import Draft, Post, Report, Topic
from communities.rules import standing
from communities.search import index
from core import streams
from core.refusals import Refused


@transaction.atomic
def edit_topic(topic, *, by, title, kind, is_case):
    """Another title or kind; a case says nothing of itself in mail."""
    topic = hold(topic)
    refuse_unless_open(topic.community)
    if kind == TopicKind.ANNOUNCEMENT != topic.kind and topic.community_id not in standing(by).leads:
        raise Refused(_("Only the facilitators make announcements. Choose another kind."), field="kind")
    topic.title, topic.kind, topic.is_case = title, kind, is_case and not topic.is_for_network
    if not topic.is_question:
        topic.accepted = None
    topic.save(update_fields=["title", "kind", "is_case", "accepted"])
    index.follow(topic)
    _note("topic_edited", topic, by)


@transaction.atomic
def pin(topic, *, by):
    """Keep it at the head of the list."""
    refuse_unless_open(topic.community)
    Topic.objects.filter(pk=topic.pk, pinned_at=None).update(pinned_at=now())


@transaction.atomic
def unpin(topic, *, by):
    """Let it take its place among the others again."""
    Topic.objects.filter(pk=topic.pk).update(pinned_at=None)


@transaction.atomic
def close(topic, *, by):
    """Nothing is added any more; everything stays readable."""
    if Topic.objects.filter(pk=topic.pk, closed_at=None).update(closed_at=now()):
        _note("closed", topic, by)
    streams.tell(f"topic:{topic.pk}", "state")


@transaction.atomic
def reopen(topic, *, by):
    """Go on talking."""
    if Topic.objects.filter(pk=topic.pk, closed_at__isnull=False).update(closed_at=None):
        _note("reopened", topic, by)
    streams.tell(f"topic:{topic.pk}", "state")


def _note(verb, topic, by):
    """A line in the journal; about a question to the network it names nobody, and no PLG."""
    whose = {} if topic.is_for_network else {"by": by, "community": topic.community_id}
    record(f"discussions.{verb}", about=topic, **whose)


@transaction.atomic
def move(topic, *, by, community):
    """To another PLG that she leads: its members read it from now on, those of the old one do not.

    Refused for a question to the network, for a PLG she does not lead, and for a completed one.
    """
    topic = hold(topic)
    if reason := topic.why_not_move:
        raise Refused(reason)
    if community.pk not in standing(by).leads or community.is_closed or community.pk == topic.community_id:
        raise Refused(_("Choose another PLG that you lead."), field="community")
    topic.moved_from, topic.community, topic.pinned_at = topic.community, community, None
    topic.save(update_fields=["moved_from", "community", "pinned_at"])
    index.follow(topic)
    Draft.objects.filter(topic=topic, person__in=people.members(community).values("pk")).update(community=community)
    outbox.withdraw(topic)
    outbox.withdraw(about_type=ContentType.objects.get_for_model(Post), about_id__in=topic.posts.values("pk"))
    record("discussions.moved", by=by, about=topic, community=community, was=topic.moved_from_id)
    return topic


@transaction.atomic
def remove(post, *, by):
    """Take the words away; that something stood there stays visible. Reports about it are settled."""
    topic = hold(post.topic)
    taken = Post.objects.filter(pk=post.pk, removed_at=None).update(removed_at=now(), removed_by=by)
    if not taken:
        raise Refused(_("This post was removed already."))
    post.removed_at, post.topic = now(), topic
    finding.follow_post(post)
    if topic.accepted_id == post.pk:
        topic.accepted = None
        topic.save(update_fields=["accepted"])
    Report.objects.filter(post=post, settled_at=None).update(settled_at=now())
    outbox.withdraw(post)
    record("discussions.removed", by=None if post.is_nameless else by, about=post)
    changed(post)


@transaction.atomic
def restore(post, *, by):
    """Put a removed post back as it was. Nobody hears of it, and a report stays settled."""
    topic = hold(post.topic)
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    post.topic = topic
    if reason := post.why_not_restore:
        raise Refused(reason)
    post.removed_at = post.removed_by = None
    post.save(update_fields=["removed_at", "removed_by"])
    finding.follow_post(post)
    record("discussions.restored", by=None if post.is_nameless else by, about=post)
    changed(post)


def goes_to_confidant(post):
    """Whether a report is about a facilitator. Of who asks without a name nobody may find that out."""
    return not post.is_nameless and people.leaders(post.topic.community_id).filter(pk=post.author_id).exists()


@transaction.atomic
def report(post, *, by, reason):
    """Tell the facilitators that a post should not stand here; about a facilitator, tell the board's confidant.

    Refused when she reported it already, or when the board named no confidant.
    """
    if goes_to_confidant(post):
        text = f"{post.topic.title} (#{post.number}): {post.get_absolute_url()}\n\n{reason}"
        return of_plg.complain(post.topic.community, by=by, text=text)
    row, is_new = Report.objects.get_or_create(post=post, by=by, settled_at=None, defaults={"reason": reason})
    if not is_new:
        raise Refused(_("You reported this already. The facilitators look at it."))
    record(
        "discussions.reported",
        about=row,
        tell=[person for person in people.leaders(post.topic.community_id) if person != by],
        community=post.topic.community_id,
    )
    return row


@transaction.atomic
def settle_report(report, *, by):
    """It was looked at, and the post stays."""
    Report.objects.filter(pk=report.pk, settled_at=None).update(settled_at=now())
    record("discussions.report_settled", by=by, about=report)
