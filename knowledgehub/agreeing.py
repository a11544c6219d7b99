"""For notices of making: what is still so, and examples for the previews."""

from datetime import timedelta

from core.time import today
from knowledgehub.models import Approval, Author
from knowledgehub.sharing import a_resource

RELATED = ("version__resource", "author")


def is_asked(delivery, approval, person):
    """Nothing to ask of who answered, or when it was taken back."""
    return not approval.answer and approval.version.offered_at is not None


def made_along(approval, person):
    """The makers read of each other whether they agree."""
    return approval.version.resource.authors.filter(person=person.pk).exists()


def an_approval():
    """(about, facts): a real one; where there is none, as if a fellow maker were asked."""
    found = Approval.objects.select_related(*RELATED).order_by("-pk").first()
    resource = a_resource()[0]
    if found or not resource:
        return found, {}
    author = Author.objects.filter(resource=resource).first()
    return Approval(
        pk=0, version=resource.current, author=author, due_on=today() + timedelta(days=14),
        why="De foto van mijn groep moet er nog uit.",
    ), {}  # fmt: skip


def a_withdrawn():
    resource = a_resource()[0]
    if resource:
        resource.withdrawn_why = "Antwoordblad: fout bij opgave 3."
    return resource, {}


__all__ = ["RELATED", "a_resource", "a_withdrawn", "an_approval", "is_asked", "made_along"]
