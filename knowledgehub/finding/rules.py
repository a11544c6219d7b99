"""Who finds a resource: the door of `knowledgehub.rules`, said in SQL for the index, and whose saved searches are."""

from django.db.models import Q

from knowledgehub.rules import doors_of

#: Of `finding_entry e`. The same as `rules.found(user) | rules.made(user)` of what is published.
MAY_FIND = "(e.door = ANY(%(doors)s::varchar[]) OR e.makers @> ARRAY[%(me)s::int])"


def rights(user):
    """The parameters of `MAY_FIND` for this person."""
    is_known = user.is_authenticated and user.is_active
    return {"doors": list(doors_of(user)), "me": user.pk if is_known else 0}


def hers(user):
    """Only her own."""
    return Q(person=user.pk)
