"""Funding: written down, changed, reported on in time."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from activity.models import Ask
from communities.actions import seats
from communities.models import Community
from core.refusals import Refused
from core.text import one_line
from core.time import today
from organisations.choices import RoleKind
from organisations.models import Board, Network
from organisations.models import Role as Office
from participation.funding.models import DueDate, Grant

KIND = "funding.report"
AHEAD = timedelta(weeks=4)  # since when whoever runs the place is asked
AFTERWARDS = timedelta(days=5 * 365)  # so long one may still be asked
MOST_DATES = 40
OF = {Network: "network", Board: "board", Community: "community"}


@transaction.atomic
def add(place, *, by, communities=(), **fields):
    """Write down that there is money for a network, board or PLG."""
    grant = Grant.objects.create(**{OF[type(place)]: place}, created_by=by, **fields)
    _lay_plgs(grant, communities)
    record("funding.added", by=by, about=grant)
    return grant


@transaction.atomic
def edit(grant, *, by, communities=(), **fields):
    """Change what is written down about it."""
    grant = _hold(grant)
    for name, value in fields.items():
        setattr(grant, name, value)
    grant.save()
    _lay_plgs(grant, communities)
    record("funding.changed", by=by, about=grant)
    return grant


def _lay_plgs(grant, communities):
    grant.communities.set([grant.community] if grant.community_id else communities)


@transaction.atomic
def remove(grant, *, by):
    """Throw it away, where nothing was reported yet."""
    grant = _hold(grant)
    if reason := grant.why_not_remove:
        raise Refused(reason)
    for due in grant.dates.all():
        _forget_asks(due)
    record("funding.removed", by=by, about=grant.place)
    grant.delete()


@transaction.atomic
def add_date(grant, *, by, what, due_on):
    """A day before which something must be reported; four weeks ahead whoever runs the place is asked."""
    grant, what = _hold(grant), one_line(what)
    if grant.dates.count() >= MOST_DATES:
        raise Refused(_("At most %(most)d days. Take one away first.") % {"most": MOST_DATES})
    if grant.dates.filter(what=what, due_on=due_on).exists():
        raise Refused(_("This stands there already."), field="what")
    if due_on < grant.starts_on:
        raise Refused(_("This lies before the first day of the term."), field="due_on")
    if due_on - grant.ends_on > AFTERWARDS:
        raise Refused(_("This lies more than five years after the term."), field="due_on")
    due = grant.dates.create(what=what, due_on=due_on)
    _ask(due, runners(grant))
    record("funding.date_added", by=by, about=grant)
    return due


@transaction.atomic
def remove_date(due, *, by):
    """Nothing needs to be reported then. Refused once it was."""
    due = _hold_date(due)
    if due.done_at:
        raise Refused(_("This was reported already."))
    _forget_asks(due)
    record("funding.date_removed", by=by, about=due.grant)
    due.delete()


@transaction.atomic
def report(due, *, by):
    """It is reported: nobody is asked any more. A second tap changes nothing."""
    due = _hold_date(due)
    if not due.done_at:
        due.done_at, due.done_by = now(), by
        due.save(update_fields=["done_at", "done_by"])
        answered(KIND, about=due)
        record("funding.reported", by=by, about=due)
    return due


@transaction.atomic
def report_undone(due, *, by):
    """It was not reported after all."""
    due = _hold_date(due)
    if due.done_at:
        due.done_at = due.done_by = None
        due.save(update_fields=["done_at", "done_by"])
        _forget_asks(due)
        _ask(due, runners(due.grant))
        record("funding.report_undone", by=by, about=due)
    return due


# Asking -------------------------------------------------------------------------------------------


def runners(grant):
    """Whoever runs the place now."""
    if grant.community_id:
        return seats.leaders(grant.community)
    kind = RoleKind.NETWORK_ADMIN if grant.network_id else RoleKind.BOARD_ADMIN
    rows = Office.objects.current().filter(kind=kind, network=grant.network_id, board=grant.board_id)
    return [row.person for row in rows.select_related("person")]


def _ask(due, people):
    ask(
        KIND,
        about=due,
        url=due.get_absolute_url(),
        people=people,
        opens_on=due.due_on - AHEAD,
        due_on=due.due_on,
    )


def _forget_asks(due):
    Ask.objects.filter(kind=KIND, about_id=due.pk, about_type=ContentType.objects.get_for_model(DueDate)).delete()


def ask_again():
    """Each night: who came to run a place is asked as well; asked twice stays asked once. Returns how many days."""
    soon = DueDate.objects.filter(done_at=None, due_on__lte=today() + AHEAD)
    rows = list(soon.select_related("grant__community").order_by("pk"))
    for due in rows:
        _ask(due, runners(due.grant))
    return len(rows)


def _hold(grant):
    return (
        Grant.objects.select_for_update(of=("self",)).select_related("network", "board", "community").get(pk=grant.pk)
    )


def _hold_date(due):
    rows = DueDate.objects.select_for_update(of=("self",)).select_related("grant__network", "grant__community")
    return rows.get(pk=due.pk)
