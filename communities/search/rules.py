"""Who finds a text: whoever has one of its doors. The doors are those of the pages, said as sets (see `registry`)."""

from django.db.models import Q

from communities.rules import standing
from communities.search.registry import doors, members, owner, readers
from core.models import NOBODY
from core.standing import remembered


@remembered
def doors_of(user):
    """Every door this person has now, in a fixed order; none for a stranger."""
    if not user.is_authenticated or not user.is_active:
        return ()
    return tuple(sorted({door for build in doors.values() for door in build(user)}))


def of_communities(user):
    """Of the PLGs she is in, of those she left and may read, and to her own."""
    mine = standing(user)
    yield owner(user.pk)
    yield from map(members, mine.member_of)
    yield from map(readers, mine.reads_on)


def view(user):
    """The rule as a `Q`; the search itself says the same in SQL."""
    found = doors_of(user)
    return Q(doors__overlap=list(found)) if found else NOBODY
