"""Two accounts of one person become one: what she made, told and kept goes along; where both have one, the kept one's
stands."""

from knowledgehub.actions.using import count
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
    ResourceVersion,
    Review,
    Saved,
    ShareLink,
    Upload,
)

#: Columns in which a person stands at most once beside these others.
ONCE = [
    (Saved, "person", ["resource"]),
    (FollowedTheme, "person", ["theme"]),
    (Author, "person", ["resource"]),
    (Experience, "person", ["resource", "used_on"]),
]
MANY = [
    (Resource, "created_by"), (Resource, "hidden_by"), (ResourceVersion, "created_by"), (Upload, "person"),
    (Review, "asked_by"), (Review, "decided_by"), (Remark, "author"), (ShareLink, "made_by"), (AudienceChange, "by"),
    (Objection, "settled_by"), (Collection, "person"), (Collection, "created_by"), (CollectionItem, "added_by"),
]  # fmt: skip


def merge(kept, gone):
    """From `core.registry.merges`."""
    touched = set(Experience.objects.filter(person=gone).values_list("resource", flat=True))
    _join_approvals(kept, gone)
    for model, column, beside in ONCE:
        everyone = model._base_manager
        theirs = set(everyone.filter(**{column: kept}).values_list(*beside))
        for row in everyone.filter(**{column: gone}):
            if tuple(getattr(row, model._meta.get_field(name).attname) for name in beside) in theirs:
                row.delete()
        everyone.filter(**{column: gone}).update(**{column: kept})
    open_of_both = Objection.objects.filter(by=kept, settled_at=None).values("resource")
    Objection.objects.filter(by=gone, settled_at=None, resource__in=open_of_both).delete()
    Objection.objects.filter(by=gone).update(by=kept)
    for model, column in MANY:
        model.objects.filter(**{column: gone}).update(**{column: kept})
    for resource in Resource.objects.filter(pk__in=touched).order_by("pk").select_for_update():
        count(resource)


def _join_approvals(kept, gone):
    """Where both were makers of one resource, what the account that goes said of a version stays said."""
    mine = dict(Author.everyone.filter(person=kept).values_list("resource", "pk"))
    for row in Author.everyone.filter(person=gone, resource__in=mine):
        for said in Approval.objects.filter(author=row):
            known, is_new = Approval.objects.get_or_create(
                version=said.version,
                author_id=mine[row.resource_id],
                defaults={"due_on": said.due_on, "asked_at": said.asked_at, "answer": said.answer, "why": said.why,
                          "answered_at": said.answered_at},
            )  # fmt: skip
            if not is_new and not known.answer and said.answer:
                known.answer, known.why, known.answered_at = said.answer, said.why, said.answered_at
                known.save()
