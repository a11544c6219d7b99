"""Reading a PLG letter is reading its news: one link in the letter marks all that stood in it as read."""

from itertools import accumulate, pairwise

from core import links
from core.links import BadLink

PURPOSE = "activity.read_letter"
DAYS = 60


def url_for(person, notifications):
    """The signed address at which these rows of her bell are marked as read.

    Of the numbers the first stands whole and the others as steps, so that the address of a long letter stays short.
    """
    first, *others = numbers = sorted(notifications)
    steps = [later - earlier for earlier, later in pairwise(numbers)] if others else []
    return links.url_for("activity:read_letter", links.sign(PURPOSE, person=person.pk, rows=[first, *steps]))


def read(token):
    """(id of the person, ids of the rows) behind such a link. Raises BadLink."""
    facts = links.read(PURPOSE, token, days=DAYS)
    try:
        return int(facts["person"]), [int(row) for row in accumulate(facts["rows"])]
    except (KeyError, TypeError, ValueError):
        raise BadLink from None
