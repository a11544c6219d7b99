"""Speed-dates: planning them, beginning and shifting the rounds, planning anew from who is there, and talking on.

A round has begun when the server's clock passes its beginning; from then on nobody changes it. All deeds hold the row
of the speed-dates, so that two plans never mix.
"""

from datetime import timedelta
from itertools import combinations

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.journal import record
from core.models import apart
from core.refusals import Refused
from core.streams import tell as tell_pages
from events import company, dating
from events.actions.moving import parts_of
from events.choices import DatesState, Direction, Part, RegistrationState, SessionKind
from events.models import Block, CheckIn, Dates, Registration, Round, TableSeat, Wish

D = DatesState
WISH_DAYS = 14


def hold(dates):
    """The speed-dates as they are now, locked."""
    rows = Dates.objects.select_for_update(of=("self",), no_key=True).select_related("session__event", "session__slot")
    return rows.get(pk=dates.pk)


def _organised(dates, by):
    dates = hold(dates)
    if Part.ORGANISER not in parts_of(dates.session.event_id, by):
        raise Refused(_("Only who organises this event can do that."))
    return dates


@transaction.atomic
def set_up(session, *, by, **wanted):
    """How many rounds, at which tables, with whom. Refused once they have begun."""
    if session.kind != SessionKind.SPEED_DATES:
        raise Refused(_("This session has no speed-dates."))
    if Part.ORGANISER not in parts_of(session.event_id, by):
        raise Refused(_("Only who organises this event can do that."))
    dates, _made = Dates.objects.get_or_create(session=session)
    dates = hold(dates)
    if dates.state in (D.RUNNING, D.OVER):
        raise Refused(_("These speed-dates have begun."))
    for name, value in wanted.items():
        setattr(dates, name, value)
    dates.state = D.CONCEPT
    dates.save()
    dates.all_rounds.all().delete()
    record("events.dates_set_up", by=by, about=session)
    return dates


@transaction.atomic
def plan(dates, *, by):
    """Put everybody at a table in every round. Raises Refused with the sentence why the rules cannot be kept."""
    dates = _organised(dates, by)
    if dates.state in (D.RUNNING, D.OVER):
        raise Refused(_("These speed-dates have begun."))
    people, rules, never = company.daters(company.taking_part(dates)), company.rules_of(dates), company.blocked(dates)
    reason = dating.why_not(people, rules, blocked=never)
    made = None if reason else dating.plan(people, rules, blocked=never, seed=dates.seed)
    if reason := reason or dating.why_not(people, rules, blocked=never, made=made):
        raise Refused(reason)
    dates.all_rounds.all().delete()
    rows = Round.objects.bulk_create(Round(dates=dates, number=number) for number in range(1, dates.rounds + 1))
    _seat(rows, made, people)
    dates.state, dates.figures = D.PLANNED, made.figures() | {"people": len(people)}
    dates.save(update_fields=["state", "figures"])
    record("events.dates_planned", by=by, about=dates.session, rounds=dates.rounds)
    tell_pages(dates.session.event.channel, "dates")
    return dates


def _seat(rounds, made, people):
    """Write who sits where; what they share is told to them."""
    likes = {person.key: person.interests for person in people}
    seats = []
    for row, tables, out in zip(rounds, made.rounds, made.out, strict=True):
        for number, table in enumerate(tables, 1):
            common = sorted(frozenset.intersection(*(likes[key] for key in table)))
            seats += [TableSeat(round=row, registration_id=key, table=number, shares=common) for key in table]
        seats += [TableSeat(round=row, registration_id=key, table=0) for key in out]
    TableSeat.objects.bulk_create(seats)


@transaction.atomic
def start(dates, *, by):
    """The clock runs: the first round begins now, the others follow by themselves."""
    dates = _organised(dates, by)
    if dates.state != D.PLANNED:
        raise Refused(_("Make a plan first.") if dates.state == D.CONCEPT else _("These speed-dates have begun."))
    at = now()
    for row in dates.all_rounds.order_by("number"):
        row.began_at, row.ends_at = at, at + timedelta(minutes=dates.minutes)
        row.save(update_fields=["began_at", "ends_at"])
        at = row.ends_at + timedelta(seconds=dates.break_s)
    dates.state = D.RUNNING
    dates.save(update_fields=["state"])
    record("events.dates_begun", by=by, about=dates.session)
    tell_pages(dates.session.event.channel, "dates")
    return dates


@transaction.atomic
def shift(dates, *, by, minutes):
    """The rounds that have not begun come later by so many minutes."""
    dates = _organised(dates, by)
    if dates.state != D.RUNNING:
        raise Refused(_("These speed-dates have not begun."))
    for row in dates.all_rounds.filter(began_at__gt=now()):
        row.began_at += timedelta(minutes=minutes)
        row.ends_at += timedelta(minutes=minutes)
        row.save(update_fields=["began_at", "ends_at"])
    record("events.dates_shifted", by=by, about=dates.session, minutes=minutes)
    tell_pages(dates.session.event.channel, "dates")
    return dates


@transaction.atomic
def stop(dates, *, by):
    """It is over; what was still to come does not happen."""
    dates = _organised(dates, by)
    if dates.state != D.RUNNING:
        raise Refused(_("These speed-dates have not begun."))
    at = now()
    dates.all_rounds.filter(began_at__gt=at).delete()
    dates.all_rounds.filter(ends_at__gt=at).update(ends_at=at)
    dates.state = D.OVER
    dates.save(update_fields=["state"])
    record("events.dates_ended", by=by, about=dates.session)
    tell_pages(dates.session.event.channel, "dates")
    return dates


@transaction.atomic
def plan_anew(dates, *, by):
    """From who is there now. Rounds that have begun stay as they were; nobody meets again or sits out again."""
    dates = hold(dates)
    if dates.state not in (D.PLANNED, D.RUNNING):
        raise Refused(_("Make a plan first."))
    was_begun = company.begun(dates)
    ahead = [row for row in dates.all_rounds.all() if row not in was_begun]
    if not ahead:
        return dates
    people = company.daters(company.taking_part(dates))
    met, out = company.happened(was_begun)
    rules = company.rules_of(dates, rounds=len(ahead))
    made = dating.plan(people, rules, blocked=company.blocked(dates), met=met, sat_out=out, seed=dates.seed)
    TableSeat.objects.filter(round__in=ahead).delete()
    _seat(ahead, made, people)
    dates.figures |= made.figures() | {"people": len(people), "out_twice": len(made.out_twice)}
    dates.save(update_fields=["figures"])
    record("events.dates_planned_anew", by=by, about=dates.session, people=len(people))
    tell_pages(dates.session.event.channel, "dates")
    return dates


@transaction.atomic
def not_here(round_, registration, other, *, by):
    """Who should sit with her is not there: the rounds to come are planned without. That round itself stays."""
    _together(round_, registration, other)
    dates = hold(round_.dates)
    _at_table(dates, other, Direction.OUT, by)
    return plan_anew(dates, by=by)


@transaction.atomic
def here_again(dates, registration, *, by):
    """She is there after all, or came late: the rounds to come are planned with her."""
    dates = hold(dates)
    if registration.event_id != dates.session.event_id or registration.state != RegistrationState.CONFIRMED:
        raise Refused(_("Register first. Then you can choose."))
    _at_table(dates, registration, Direction.IN, by)
    return plan_anew(dates, by=by)


def _at_table(dates, registration, direction, by):
    CheckIn.objects.create(
        event_id=dates.session.event_id, registration=registration, session=dates.session, direction=direction, by=by
    )


def _together(round_, registration, other):
    """They sit at one table in a round that has begun; nobody else says something of them."""
    tables = TableSeat.objects.filter(round=round_, registration__in=[registration, other], table__gt=0)
    if (
        round_.began_at is None
        or round_.began_at > now()
        or len({seat.table for seat in tables}) != 1
        or len(tables) != 2
    ):
        raise Refused(_("You do not sit at a table with each other."))


@transaction.atomic
def talk_on(round_, registration, other, *, by):
    """Say that she wants to talk on. Only when both say so do both hear it, with each other's address."""
    _together(round_, registration, other)
    if round_.ends_at < now() - timedelta(days=WISH_DAYS):
        raise Refused(_("You could say so until two weeks after the speed-dates."))
    hold(round_.dates)  # two who tap at the same instant: one of them sees the other's
    wish, made = Wish.objects.get_or_create(by=registration, other=other, defaults={"round": round_})
    if made and (theirs := Wish.objects.filter(by=other, other=registration).first()):
        for each in (wish, theirs):
            people, addresses = apart([each.by])
            record("events.talk_on", about=each, tell=people, addresses=addresses)
    return wish


@transaction.atomic
def keep_silent(registration, other, *, by):
    """She changed her mind, as long as the other has not said so too."""
    if Wish.objects.filter(by=other, other=registration).exists():
        raise Refused(_("You both said so already."))
    Wish.objects.filter(by=registration, other=other).delete()


@transaction.atomic
def avoid(registration, *, by, address):
    """She is never put at a table with the person of this address. Whether that person comes stays unsaid."""
    others = Registration.objects.filter(event=registration.event_id, person__emailaddress__email__iexact=address)
    for other in others.exclude(pk=registration.pk).distinct():
        Block.objects.get_or_create(by=registration, other=other)


@transaction.atomic
def stay_out(registration, *, by, out):
    """No speed-dates for her, or all the same."""
    registration.dates_opt_out = out
    registration.save(update_fields=["dates_opt_out"])
    record("events.dates_choice", by=by, about=registration)


def feasible(dates):
    """(how many take part, why the rules cannot be kept or ""): before anything is planned."""
    people = company.daters(company.taking_part(dates))
    return len(people), dating.why_not(people, company.rules_of(dates), blocked=company.blocked(dates))


def said_of(dates):
    """How good the plan is, in a sentence."""
    figures = dates.figures
    if not figures:
        return ""
    share = _("%(share)d%% of the best that could be") % {"share": int(figures["share"] * 100)}
    if figures.get("is_proven"):
        share = _("proven to be the best there is")
    out = ngettext("%(n)d person sits out once", "%(n)d people sit out once", figures["out"]) % {"n": figures["out"]}
    return " · ".join([
        ngettext("%(n)d person", "%(n)d people", figures["people"]) % {"n": figures["people"]}, share,
        out if figures["out"] else _("nobody sits out"),
    ])  # fmt: skip


def met_pairs(dates):
    """All pairs of a plan: for tests and for who checks it."""
    seats = TableSeat.objects.filter(round__dates=dates, table__gt=0)
    tables = {}
    for number, table, row in seats.values_list("round__number", "table", "registration"):
        tables.setdefault((number, table), []).append(row)
    return [dating.pair(*two) for who in tables.values() for two in combinations(who, 2)]
