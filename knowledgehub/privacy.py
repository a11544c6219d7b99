"""What the KennisHub holds of a person."""

from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep, write_here
from core.terms import keep_for
from knowledgehub.actions import uploads
from knowledgehub.models import (
    Approval,
    AudienceChange,
    Author,
    Collection,
    CollectionItem,
    Experience,
    FollowedTheme,
    Objection,
    Remark,
    Resource,
    ResourceFile,
    ResourceVersion,
    Review,
    Saved,
    ShareLink,
    Upload,
)


def clear_addresses(over):
    """Of who reported something without an account, once she had time to ask on."""
    return over(Objection.objects.exclude(address=""), "settled_at").update(address="")


def register():
    """From `AppConfig.ready()`."""
    keep(
        "knowledgehub",
        Section(
            title=_("KennisHub"),
            seen_by=_("Who may see the resource. What you keep for yourself: you alone."),
            after=_("What you shared stays, under 'former member'. What you kept for yourself goes."),
            tables=[
                Table(Upload, hers=("person",), shows=("name", "size", "started_at")),
                Table(Saved, hers=("person",), shows=("resource__title", "at")),
                Table(FollowedTheme, hers=("person",), shows=("theme", "at")),
                Table(Collection, hers=("person",), did=("created_by",), shows=("name", "said", "created_at")),
                Table(CollectionItem, did=("added_by",)),
                Table(Author, said=("person",), shows=("resource__title", "is_shown")),
                Table(Resource, said=("created_by",), did=("hidden_by",), shows=("title", "summary", "created_at")),
                Table(ResourceVersion, said=("created_by",), shows=("title", "text", "created_at")),
                Table(
                    ResourceFile, said=("version__created_by",), shows=("version__title", "name", "media_type", "size")
                ),
                Table(Approval, said=("author__person",), shows=("version__title", "answer", "why", "answered_at")),
                Table(Review, did=("asked_by", "decided_by")),
                Table(Remark, said=("author",), shows=("text", "at")),
                Table(ShareLink, said=("made_by",), shows=("resource__title", "said", "made_at", "expires_on")),
                Table(AudienceChange, said=("by",), shows=("resource__title", "was", "became", "at")),
                Table(
                    Objection,
                    said=("by",),
                    did=("settled_by",),
                    address=("address",),
                    shows=("resource__title", "reason", "at"),
                ),
                Table(
                    Experience,
                    said=("person",),
                    shows=("resource__title", "used_on", "level", "changed", "pupils_did", "again"),
                ),
            ],
        ),
    )
    keep_for(
        "hub_uploads",
        title=_("Uploads that broke off"),
        goes=_("What had come of the file goes. You can choose it again."),
        days=uploads.KEPT.days,
        clear=uploads.clear_late,
    )
    keep_for(
        "hub_reports",
        title=_("Mail addresses with reports from outside"),
        goes=_("The address goes; what was reported and decided stays."),
        days=90,
        kept=_("It goes %(term)s after it was settled."),
        clear=clear_addresses,
    )
    # Of no PLG in particular: most of it is shared with schools, networks or everybody
    write_here(ResourceVersion, "title", "summary", "text", "html", community=None)
    write_here(Resource, "title", "summary", "origin_says", "adapted_from_says", community=None)
    write_here(Experience, "changed", "pupils_did", community=None)
    write_here(Remark, "text", "html", community=None)
    write_here(Objection, "reason", "outcome", community=None)
