"""What conversations hold of a person."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities.discussions.finding import TOPIC
from communities.discussions.models import Attachment, Draft, Post, PostVersion, Reaction, ReadState, Report, Topic
from communities.registry import contents
from communities.search import index
from core.privacy import Section, Table, keep, write_here
from core.terms import keep_for


def found_anew(posts):
    """What is found of these posts is what they say now."""
    index.follow(*Topic.objects.filter(posts__in=[post.pk for post in posts]).distinct())


def clear_drafts(over):
    return over(Draft.objects.all(), "changed_at", person="person").delete()[0]


def clear_of(community):
    """The conversations of a PLG go, with their files, and nothing of them is found any more."""
    topics = Topic.objects.filter(community=community)
    for row in Attachment.objects.filter(post__topic__in=topics):
        transaction.on_commit(lambda file=row.file: file.storage.delete(file.name))
    index.forget(TOPIC, *topics.values_list("pk", flat=True))
    count = topics.count()
    topics.delete()
    return count


def register():
    """From `AppConfig.ready()`."""
    keep(
        "discussions",
        Section(
            title=_("Conversations"),
            seen_by=_("The members of the PLG. A question to your network: its PLGs, without your name."),
            after=_("What you wrote stays readable under 'former member'. Drafts and reactions go."),
            term="contents",
            tables=[
                Table(Draft, hers=("person",), shows=("title", "text", "changed_at")),
                Table(Reaction, hers=("person",), shows=("kind", "post__topic__title")),
                Table(ReadState, hers=("person",), shows=("topic__title", "last_read", "level")),
                Table(Topic, said=("author",), shows=("title", "at", "community__name")),
                Table(Post, said=("author",), did=("removed_by",), shows=("topic__title", "text", "at", "edited_at")),
                Table(
                    PostVersion,
                    said=("post__author",),
                    shows=("post__topic__title", "text", "written_at", "replaced_at"),
                ),
                Table(Attachment, said=("post__author",), shows=("name", "file", "post__topic__title")),
                Table(Report, said=("by",), shows=("reason", "at")),
            ],
        ),
    )
    write_here(Topic, "title", community="community", follow=lambda rows: index.follow(*rows))
    write_here(Post, "text", "html", community="topic__community", follow=found_anew)
    write_here(PostVersion, "text", "html", community="post__topic__community")
    write_here(Attachment, "name", community="post__topic__community")
    write_here(Draft, "title", "text", community="community")
    write_here(Report, "reason", community="post__topic__community")
    contents.add("discussions", clear_of)
    keep_for(
        "drafts",
        title=_("Drafts"),
        goes=_("What you began to write and did not send goes."),
        days=180,
        least=30,
        most=365,
        clear=clear_drafts,
    )
    keep_for(
        "removed_posts",
        title=_("Removed posts"),
        goes=_("The words and files go. That something stood there stays visible."),
        days=30,
    )
