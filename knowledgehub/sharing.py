"""For notices of sharing: whom they may concern, what is still so, and examples for the previews."""

from communities.rules import standing
from knowledgehub.models import Objection, Resource, ResourceVersion, Review
from organisations.rules import standing as at_work


def looks_along(person):
    """Who may ever be asked to look along: facilitators and connectors."""
    return bool(standing(person).leads or at_work(person).connects)


def looks_after(person):
    """Who may ever have to settle something: they, and who keeps the platform."""
    return looks_along(person) or at_work(person).is_platform_admin


def is_open(delivery, review, person):
    return review.decided_at is None


def is_unsettled(delivery, objection, person):
    return objection.settled_at is None


def made_it(objection, person):
    """What is decided about their work, its makers hear; never who reported it."""
    return objection.resource.authors.filter(person=person.pk).exists()


def a_resource():
    """(about, facts) for the previews."""
    return Resource.objects.filter(state="published").order_by("pk").first(), {}


def an_adaptation():
    made = Resource.objects.filter(state="published", adapted_from__isnull=False).order_by("pk").first()
    return made or a_resource()[0], {}


def an_own_version():
    """With what it was made of; where nobody did that, as if one were made of another."""
    own = Resource.objects.select_related("adapted_from").filter(adapted_from__isnull=False).order_by("pk").first()
    if own is None and (own := a_resource()[0]):
        own.adapted_from = own
    return own, {}


def a_review():
    """A real one; where there is none, as if the first version were offered."""
    rows = Review.objects.select_related("version__resource", "community", "network")
    if found := rows.order_by("-pk").first():
        return found, {}
    version = ResourceVersion.objects.select_related("resource").order_by("pk").first()
    return version and Review(pk=0, version=version), {}


def an_objection():
    rows = Objection.objects.select_related("resource").order_by("-pk")
    resource = a_resource()[0]
    example = resource and Objection(
        pk=0, resource=resource, what="pupils", reason="Op de tweede foto herken je twee kinderen.",
        outcome="De foto is weg. De rest blijft staan.",
    )  # fmt: skip
    return rows.first() or example, {}
