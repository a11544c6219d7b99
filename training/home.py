"""What *Vandaag* shows of training: the next step of what somebody learns."""

from training import progress
from training.rules import standing


def card(user):
    """The next step of what she is busy with, and how far she is; None where she learns nothing."""
    row = progress.going_of(user) if standing(user).learns else None
    if row is None:
        return None
    how = progress.of(row)
    parts = how.modules if len(how.modules) > 1 else how.parts  # of a short course that is one module: its pages
    done = sum(part.is_done for part in parts)
    return {
        "enrolment": row,
        "next": how.next,
        "progress": how,
        "done": done,
        "total": len(parts),
        "number": min(done + 1, len(parts)),
    }
