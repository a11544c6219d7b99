"""The same for many people at once, each by the verb that also does it for one."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.journal import record
from core.refusals import Refused
from core.templatetags.ui import day as in_words
from core.time import today
from organisations.actions.affiliations import (
    add_affiliation,
    built_on,
    change_function,
    end_affiliation,
    why_not_end,
)
from organisations.actions.invitations import invite, resend
from organisations.bulk import BulkDeed
from organisations.choices import BulkVerb, Function
from organisations.models import Affiliation, Invitation, School

MOST = 500
KEPT_DAYS = 30


@dataclass(frozen=True)
class Row:
    """What would happen with one place of work: `why_not` says why nothing will."""

    affiliation: Affiliation
    sentence: str
    why_not: str = ""


@transaction.atomic
def prepare(affiliations, verb, wishes, *, by):
    """Note what is meant; nothing of it is carried out. Raises Refused for nobody, or for more than 500."""
    ids = sorted({row.pk for row in affiliations})
    if not ids:
        raise Refused(_("Choose at least one person."))
    if len(ids) > MOST:
        raise Refused(_("At most %(most)d people at once. Choose fewer, for instance one school.") % {"most": MOST})
    deed = BulkDeed.objects.create(by=by, verb=verb, affiliations=ids, wishes=wishes)
    record("organisations.bulk_prepared", by=by, about=deed, verb=verb, people=len(ids))
    return deed


def rows_of(deed, user):
    """Row by row what would happen now: one query for the places, and few for what might refuse them."""
    rows = Affiliation.objects.allowing(user, "manage").filter(pk__in=deed.affiliations)
    rows = rows.select_related("person", "school__board", "board", "partner").order_by("person__sort_name", "pk")
    say, why_not = JUDGES[deed.verb](deed, user)
    over = _("This has ended already.")
    return [Row(row, say(row), over if row.ended_at else why_not(row)) for row in rows]


def _last_day(deed, user):
    day = date.fromisoformat(deed.wishes["day"])
    words = _("Last day: %(day)s.") % {"day": in_words(day)}

    def why_not(row):
        if day < today():
            return _("This day is over. Choose these people anew.")
        if row.until_on == day:
            return _("This is the last day already.")
        if day < row.from_on:
            return _("The last day lies before the first day.")
        return why_not_end(row, by=user, until_on=day)

    return lambda row: words, why_not


def _move(deed, user):
    day, school = date.fromisoformat(deed.wishes["day"]), School.objects.get(pk=deed.wishes["school"])
    words = _("To %(school)s from %(day)s.") % {"school": school, "day": in_words(day)}
    is_open = School.objects.open().allowing(user, "manage").filter(pk=school.pk).exists()
    lasting = Affiliation.objects.filter(Q(until_on=None) | Q(until_on__gte=today()), school=school)
    there = set(lasting.values_list("person", flat=True))

    def why_not(row):
        if not is_open:
            return _("Nobody can go to %(school)s any more.") % {"school": school}
        if day <= today():
            return _("This day is over. Choose these people anew.")
        if row.person_id in there:
            return _("%(person)s works at %(place)s already.") % {"person": row.person, "place": school}
        if day <= row.from_on:
            return _("The last day lies before the first day.")
        return why_not_end(row, by=user, until_on=day - timedelta(days=1))

    return lambda row: words, why_not


def _function(deed, user):
    function = deed.wishes["function"]
    words = _("Becomes %(function)s.") % {"function": Function(function).label}
    return lambda row: words, lambda row: _("Has this function already.") if row.function == function else ""


def _invite(deed, user):
    joined = _("Signed in already. There is nothing to invite for.")
    return (
        lambda row: _("A letter to %(email)s.") % {"email": row.person.email},
        lambda row: joined if row.person.has_joined else "",
    )


#: What would happen with a row, and why not: verb -> function(deed, user) -> two functions of a row.
JUDGES = {
    BulkVerb.END: _last_day,
    BulkVerb.MOVE: _move,
    BulkVerb.FUNCTION: _function,
    BulkVerb.INVITE: _invite,
}


@transaction.atomic
def carry_out(deed, chosen, *, by):
    """Do it for the chosen rows that can be done, each with its own line in the journal and its own message.

    Returns how many were done; the rest stands in `deed.outcome` with the reason. Raises Refused when it was done
    already, or when nothing can be done.
    """
    deed = BulkDeed.objects.select_for_update().get(pk=deed.pk)
    if deed.done_at:
        raise Refused(_("This was carried out already. Nothing was done twice."))
    wanted = [row for row in rows_of(deed, by) if row.affiliation.pk in chosen]
    doing = DOING[deed.verb]
    for row in wanted:
        reason = row.why_not
        if not reason:
            try:
                with transaction.atomic():
                    deed.undo[str(row.affiliation.pk)] = doing(row.affiliation, deed.wishes, by)
            except Refused as refused:
                reason = str(refused)
        deed.outcome.append([row.affiliation.pk, reason])
    if not deed.undo:
        raise Refused(_("None of this can be done. Nothing was changed."))
    deed.done_at = now()
    deed.save(update_fields=["outcome", "undo", "done_at"])
    record("organisations.bulk_done", by=by, about=deed, verb=deed.verb, people=len(deed.undo))
    return len(deed.undo)


def _do_end(row, wishes, by):
    before = row.until_on and row.until_on.isoformat()
    end_affiliation(row, by=by, until_on=date.fromisoformat(wishes["day"]))
    return {"until": before}


def _do_move(row, wishes, by):
    day, before = date.fromisoformat(wishes["day"]), row.until_on and row.until_on.isoformat()
    school = School.objects.allowing(by, "manage").get(pk=wishes["school"])
    there = add_affiliation(
        row.person, school, row.function, by=by, from_on=day, until_on=row.until_on, title=row.title
    )
    end_affiliation(row, by=by, until_on=day - timedelta(days=1))
    return {"until": before, "there": there.pk}


def _do_function(row, wishes, by):
    before = {"function": row.function, "title": row.title}
    change_function(row, wishes["function"], by=by)
    return before


def _do_invite(row, wishes, by):
    where = {"school": row.school, "board": row.board, "partner": row.partner}
    open_one = Invitation.objects.filter(email=row.person.email, used_at=None, revoked_at=None, **where).first()
    if open_one:
        resend(open_one, by=by)
    else:
        invite(row.person.email, row.place, row.function, by=by, name=row.person.name, person=row.person)
    return {}


DOING = {
    BulkVerb.END: _do_end,
    BulkVerb.MOVE: _do_move,
    BulkVerb.FUNCTION: _do_function,
    BulkVerb.INVITE: _do_invite,
}


@transaction.atomic
def take_back(deed, *, by):
    """Put back what still stands as this deed left it; returns for whom something else came since.

    Those are names; whom `by` manages no longer is only counted. Raises Refused when it was not done, is too old, or
    was letters only.
    """
    deed = BulkDeed.objects.select_for_update().get(pk=deed.pk)
    if reason := deed.why_not_undo:
        raise Refused(reason)
    rows = Affiliation.objects.allowing(by, "manage").filter(pk__in=deed.undo).select_for_update(of=("self",))
    backing, stays, back = BACK[deed.verb], [], []
    for row in rows.select_related("person").order_by("person__sort_name"):
        if not row.ended_at and backing(row, deed.undo[str(row.pk)], deed.wishes):
            back.append(row.person)
        else:
            stays.append(str(row.person))
    if lost := len(deed.undo) - len(back) - len(stays):
        stays.append(ngettext("%(count)d person elsewhere", "%(count)d people elsewhere", lost) % {"count": lost})
    deed.undone_at = now()
    deed.save(update_fields=["undone_at"])
    tell = [person for person in back if person.has_joined]
    record("organisations.bulk_undone", by=by, about=deed, tell=tell, verb=deed.verb, people=len(back))
    return stays


def _back_end(row, before, wishes):
    if row.until_on != date.fromisoformat(wishes["day"]):
        return False
    row.until_on = before["until"]
    row.save(update_fields=["until_on"])
    return True


def _back_move(row, before, wishes):
    day = date.fromisoformat(wishes["day"])
    made = {"school": wishes["school"], "from_on": day, "until_on": before["until"], "function": row.function}
    there = Affiliation.objects.filter(pk=before["there"], ended_at=None, **made)
    if day <= today() or row.until_on != day - timedelta(days=1) or built_on(there).exists() or not there.delete()[0]:
        return False
    row.until_on = before["until"]
    row.save(update_fields=["until_on"])
    return True


def _back_function(row, before, wishes):
    if row.function != wishes["function"]:
        return False
    row.function, row.title = before["function"], before["title"]
    row.save(update_fields=["function", "title"])
    return True


BACK = {BulkVerb.END: _back_end, BulkVerb.MOVE: _back_move, BulkVerb.FUNCTION: _back_function}


def forget_deeds():
    """Every night: what was prepared and never done, and what can no longer be taken back, goes. Returns how many."""
    before = now() - timedelta(days=KEPT_DAYS)
    return BulkDeed.objects.filter(made_at__lt=before).delete()[0]
