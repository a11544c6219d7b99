"""The choice: prepared by whoever organises, each seeing what the others do, and then sent to all in one go."""

import json
from collections import Counter
from datetime import timedelta
from zlib import crc32

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import ask, record
from core.refusals import Refused
from core.streams import tell as tell_pages
from core.time import today
from events import calling
from events.actions import calling as deeds
from events.actions import moving
from events.choices import ContributionState, Decision, Part
from events.models import Contribution

C = ContributionState
CONFIRM_DAYS = 14
SENT = {
    Decision.ACCEPT: "events.contribution_accepted",
    Decision.RESERVE: "events.contribution_in_reserve",
    Decision.REJECT: "events.contribution_rejected",
}


def _held(event, by):
    event = moving.hold(event)
    if Part.ORGANISER not in moving.parts_of(event, by):
        raise Refused(_("Only who organises this event can do that."))
    return event


def waiting(event):
    """What waits for a decision."""
    rows = event.contributions.filter(state__in=calling.TO_DECIDE).order_by("kind", "pk")
    return rows.select_related("community", "decided_by").prefetch_related("authors__person", "reviews__reviewer")


@transaction.atomic
def prepare(event, *, by, decisions):
    """Write down decisions that nobody hears yet: [(contribution id, decision, words, as she saw it)].

    Raises Refused where another organiser decided otherwise meanwhile, and where she is too near to decide.
    """
    event = _held(event, by)
    rows = {row.pk: row for row in waiting(event)}
    near, changed = calling.why_too_near(list(rows.values()), by), []
    for pk, decision, says, seen in decisions:
        row = rows.get(pk)
        if row is None or (decision, says) == (row.decision, row.decision_says):
            continue
        if seen != row.decision:
            raise Refused(
                _("%(name)s decided something else on “%(title)s” meanwhile. Look at it again.")
                % {"name": row.decided_by or _("Another organiser"), "title": row.title}
            )
        if decision != row.decision and pk in near:
            raise Refused(_("“%(title)s”: %(reason)s") % {"title": row.title, "reason": near[pk]})
        row.decision, row.decision_says, row.decided_by = decision, says, by
        changed.append(row)
    Contribution.objects.bulk_update(changed, ["decision", "decision_says", "decided_by"])
    if changed:
        record("events.decisions_prepared", by=by, about=event, count=len(changed))
        tell_pages(event.channel, "contributions")
    return len(changed)


def prepared(event):
    """What is decided and not sent; a reserve that stays one is no news."""
    rows = [row for row in waiting(event) if row.decision]
    return [row for row in rows if not (row.state == C.RESERVE and row.decision == Decision.RESERVE)]


def fingerprint(rows):
    """What somebody saw before she sent it."""
    said = [[row.pk, row.decision, row.decision_says] for row in sorted(rows, key=lambda row: row.pk)]
    return f"{crc32(json.dumps(said).encode()):08x}" if said else ""


def why_not_send(event, rows):
    """Why nothing is sent now."""
    if calling.is_open(event):
        return _("The call is still open. Close it before people hear of the choice.")
    return "" if rows else _("No decision waits to be sent.")


@transaction.atomic
def send(event, *, by, seen):
    """All that was decided goes out at once: each contribution takes its step and its authors hear it.

    Raises Refused when there is nothing to send, or when it is not what she saw.
    """
    event = _held(event, by)
    rows = prepared(event)
    if not rows and seen:
        raise Refused(_("These decisions were sent already."))
    if reason := why_not_send(event, rows):
        raise Refused(reason)
    if fingerprint(rows) != seen:
        raise Refused(_("Another organiser changed decisions meanwhile. Nothing was sent. Look at them again."))
    for row in rows:
        _send(event, row, by)
    event.decided_at = now()
    event.save(update_fields=["decided_at"])
    record("events.decisions_sent", by=by, about=event, **Counter(row.decision for row in rows))
    tell_pages(event.channel, "contributions")
    return len(rows)


def _send(event, row, by):
    row.event = event
    decision = row.decision
    deeds.move(row, calling.VERBS[decision])
    row.decision = ""
    row.save(update_fields=["decision"])
    authors = list(row.authors.all())
    people = [author.person for author in authors if author.person_id]
    addresses = [author.address for author in authors if not author.person_id]
    if decision == Decision.ACCEPT:
        due_on = max(today(), min(today() + timedelta(days=CONFIRM_DAYS), event.held_on - timedelta(days=1)))
        ask(
            deeds.CONFIRM, about=row, url=reverse("events:contribution", args=[row.pk]), people=people,
            addresses=addresses, due_on=due_on,
        )  # fmt: skip
    record(SENT[decision], by=by, about=row, tell=people, addresses=addresses)
