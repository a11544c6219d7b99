"""What is still asked about a resource when it goes, or when what was wrong is put right."""

from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from core.text import of_the_house
from knowledgehub import editors, reach
from knowledgehub.choices import State
from knowledgehub.models import Approval, Objection, Resource, Review

#: Requests by their names.
REVIEW, OBJECTION, APPROVE, SHOW_AGAIN = (
    f"knowledgehub.{name}" for name in ("review", "objection", "approve", "show_again")
)


def nothing_is_asked_any_more(resource, *, by):
    """Withdrawn: nobody looks along, agrees or settles any more. Who reported it hears that it is gone."""
    for approval in Approval.objects.filter(version__resource=resource, answer=""):
        answered(APPROVE, about=approval)
    for review in Review.objects.filter(version__resource=resource, decided_at=None):
        review.decided_at = now()
        review.save(update_fields=["decided_at"])
        answered(REVIEW, about=review)
    with of_the_house():
        outcome = _("The makers withdrew it.")
    for objection in Objection.objects.filter(resource=resource, settled_at=None).select_related("by"):
        settled(objection, by=by, outcome=outcome)
    answered(SHOW_AGAIN, about=resource)


def settled(objection, *, by, outcome):
    """It was decided; whoever reported it reads what."""
    objection.settled_at, objection.settled_by, objection.outcome = now(), by, outcome.strip()[:500]
    objection.save(update_fields=["settled_at", "settled_by", "outcome"])
    answered(OBJECTION, about=objection)
    people, addresses = [objection.by] if objection.by_id else [], [objection.address] if objection.address else []
    record("knowledgehub.settled", by=by, about=objection, tell=people, addresses=addresses)


def ask_to_show_again(resource, *, by):
    """There is a new version of what is hidden: whoever looks after it is asked whether it can be shown."""
    people = [person for person in editors.moderators_of(resource) if person != by]
    record("knowledgehub.put_right", by=by, about=resource, tell=people)
    ask(SHOW_AGAIN, about=resource, url=resource.get_absolute_url(), people=people)


def tell_wider_versions(source, scope, *, by):
    """Fewer people see it from now on: who made a version that more people see hears of it. Theirs stays."""
    for own in wider_versions(source, scope):
        makers = [author.person for author in own.authors.all() if author.person]
        record("knowledgehub.source_narrowed", by=by, about=own, tell=makers)


def wider_versions(source, scope):
    """The versions of others that are seen by somebody who is outside this scope."""
    rows = Resource.objects.filter(adapted_from=source, state=State.PUBLISHED).order_by("pk")
    rows = rows.select_related("community", "school", "board", "network").prefetch_related("authors__person")
    return [own for own in rows if not reach.is_inside(reach.scope_of(own), scope)]


def tell_who_adapted(source, *, by, hidden=False):
    """What they made a version of is gone: theirs stays, and they look whether it holds what was wrong with it."""
    for own in source.adaptations.exclude(state=State.WITHDRAWN).prefetch_related("authors__person"):
        makers = [author.person for author in own.authors.all() if author.person]
        record("knowledgehub.source_gone", by=by, about=own, tell=makers, hidden=hidden)
