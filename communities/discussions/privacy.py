"""What conversations hold of a person."""

from django.utils.translation import gettext_lazy as _

from communities.discussions.models import Attachment, Draft, Post, PostVersion, Reaction, ReadState, Report, Topic
from communities.search import index
from core.privacy import Section, Table, keep, write_here


def found_anew(posts):
    """What is found of these posts is what they say now."""
    index.follow(*Topic.objects.filter(posts__in=[post.pk for post in posts]).distinct())


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
    write_here(Report, "reason", community="post__topic__community")
