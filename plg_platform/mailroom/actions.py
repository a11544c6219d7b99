"""What operators do about letters that failed."""

from django.db import transaction

from activity import outbox
from activity.journal import record


@transaction.atomic
def resend(failed, *, by):
    """Let these letters go out again; returns how many."""
    count = outbox.again(failed)
    if count:
        record("activity.resent", by=by, count=count)
    return count
