"""Topics, what is written in them, and how far everybody has read."""

from communities.discussions.models.post import (
    Attachment,
    Post,
    Posts,
    PostVersion,
    Reaction,
    Report,
    beside,
    shown,
    who_wrote,
)
from communities.discussions.models.reading import Draft, ReadState
from communities.discussions.models.topic import PER_PAGE, Topic, Topics

__all__ = [
    "PER_PAGE",
    "Attachment",
    "Draft",
    "Post",
    "PostVersion",
    "Posts",
    "Reaction",
    "ReadState",
    "Report",
    "Topic",
    "Topics",
    "beside",
    "shown",
    "who_wrote",
]
