"""Resources, their versions and files, who sees them, and what colleagues do with them."""

from knowledgehub.models.resource import Author, Resource, Resources
from knowledgehub.models.sharing import AudienceChange, DayCount, Objection, ShareLink
from knowledgehub.models.using import Collection, CollectionItem, Experience, FollowedTheme, Saved
from knowledgehub.models.version import (
    MOST_FILES,
    MOST_STEPS,
    Approval,
    Remark,
    ResourceFile,
    ResourceVersion,
    Review,
    Upload,
)
from knowledgehub.models.vocabulary import Term

__all__ = [
    "MOST_FILES",
    "MOST_STEPS",
    "Approval",
    "AudienceChange",
    "Author",
    "Collection",
    "CollectionItem",
    "DayCount",
    "Experience",
    "FollowedTheme",
    "Objection",
    "Remark",
    "Resource",
    "ResourceFile",
    "ResourceVersion",
    "Resources",
    "Review",
    "Saved",
    "ShareLink",
    "Term",
    "Upload",
]
