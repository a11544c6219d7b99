"""How often one person who is signed in may do what costs much.

Strangers (signing in, links from letters) are counted by allauth, over all processes. Here each process counts for
itself: what is guarded is its own time, and asking Redis would take more of it than counting.
"""

from time import time

MINUTE = 60
#: (what, who) -> how often in this minute.
COUNTS, _SINCE = {}, [0]


def is_too_often(what, who, *, most):
    """Count this once more; True when that is more than so often this minute."""
    minute = int(time() // MINUTE)
    if _SINCE[0] != minute:
        COUNTS.clear()
        _SINCE[0] = minute
    count = COUNTS[what, who] = COUNTS.get((what, who), 0) + 1
    return count > most
