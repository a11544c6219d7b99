"""A small word with a post, and the answer that helped."""

from django.db import transaction
from django.utils.translation import gettext as _

from activity.journal import record
from communities.discussions.actions.posting import changed, hold, refuse_unless_open
from communities.discussions.models import Post, Reaction
from core import streams
from core.refusals import Refused


@transaction.atomic
def react(post, *, by, kind):
    """Give one of the four reactions, or take it back."""
    if reason := post.why_not_react:
        raise Refused(reason)
    reaction, is_new = Reaction.objects.get_or_create(post=post, person=by, kind=kind)
    if not is_new:
        reaction.delete()
    changed(post)


@transaction.atomic
def accept(post, *, by):
    """This is the answer to the question; a second time takes that back. Its writer hears of it."""
    topic = hold(post.topic)
    refuse_unless_open(topic.community)
    if not topic.is_question:
        raise Refused(_("Only a question has an answer."))
    if post.number == 1 or Post.objects.filter(pk=post.pk, removed_at__isnull=False).exists():
        raise Refused(_("Choose a post that answers the question."))
    is_taken_back = topic.accepted_id == post.pk
    before = Post.objects.filter(pk=topic.accepted_id).first()
    topic.accepted = None if is_taken_back else post
    topic.save(update_fields=["accepted"])
    if not is_taken_back:
        record(
            "discussions.accepted",
            by=None if topic.is_for_network else by,
            about=post,
            tell=[post.author] if post.author and post.author != by else [],
            community=None if topic.is_for_network else topic.community_id,
        )
    for each in {before, post} - {None}:
        changed(each)
    streams.tell(f"topic:{topic.pk}", "state")
    return not is_taken_back
