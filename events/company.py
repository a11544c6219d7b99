"""Who takes part in the speed-dates of a session, as `dating` wants to know it; and where everybody is now."""

from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import now

from communities.choices import MembershipState
from communities.models import Membership
from events.choices import Direction, RegistrationState
from events.dating import Dater, Rules, pair
from events.models import Block, CheckIn, Registration, TableSeat
from organisations.models import Affiliation


def rules_of(dates, rounds=None):
    """What the organiser asked."""
    return Rules(
        size=dates.size, rounds=dates.rounds if rounds is None else rounds, other_school=dates.other_school,
        other_plg=dates.other_plg, other_board=dates.other_board,
    )  # fmt: skip


def taking_part(dates):
    """The registrations that sit down: who has a place in the session when places are given, else everybody who comes.
    Once people were checked in at the door, only who is there; who went or was not found at her table is not."""
    session = dates.session
    rows = Registration.objects.filter(event=session.event_id, state=RegistrationState.CONFIRMED, dates_opt_out=False)
    if session.seats.exclude(state="left").exists():
        rows = rows.filter(seats__session=session, seats__state="confirmed")
    seen = CheckIn.objects.filter(registration=OuterRef("pk"))
    rows = rows.annotate(
        here=Subquery(seen.filter(session=None).order_by("-at", "-pk").values("direction")[:1]),
        at_table=Subquery(seen.filter(session=session).order_by("-at", "-pk").values("direction")[:1]),
    ).filter(Q(at_table=None) | ~Q(at_table=Direction.OUT))
    if CheckIn.objects.filter(event=session.event_id, session=None).exists():
        rows = rows.filter(here=Direction.IN)
    return rows.order_by("pk")


def daters(rows):
    """What `dating` knows of them. Who named no themes shares those of her PLGs."""
    rows = list(rows)
    people = {row.person_id for row in rows if row.person_id}
    plgs, themes, schools, boards = {}, {}, {}, {}
    members = Membership.objects.filter(person__in=people, state=MembershipState.ACTIVE)
    for person, community, theme in members.values_list("person", "community", "community__theme"):
        plgs.setdefault(person, set()).add(community)
        themes.setdefault(person, set()).add(theme)
    work = Affiliation.objects.current().filter(person__in=people).order_by("-from_on", "-pk")
    for person, school, of_school, board in work.values_list("person", "school", "school__board", "board"):
        schools.setdefault(person, school)
        boards.setdefault(person, of_school or board)
    return [
        Dater(
            row.pk,
            frozenset(row.interests or themes.get(row.person_id, ())),
            school=schools.get(row.person_id),
            plgs=frozenset(plgs.get(row.person_id, ())),
            board=boards.get(row.person_id),
        )
        for row in rows
    ]


def blocked(dates):
    """Pairs of whom one does not want to meet the other."""
    rows = Block.objects.filter(by__event=dates.session.event_id)
    return {pair(*two) for two in rows.values_list("by", "other")}


def begun(dates, at=None):
    """The rounds that have begun: they are never planned anew."""
    return [each for each in dates.all_rounds.all() if each.began_at and each.began_at <= (at or now())]


def happened(rounds):
    """(pairs that met, who sat out) in these rounds."""
    met, out = set(), set()
    tables = {}
    for number, table, row in TableSeat.objects.filter(round__in=rounds).values_list("round", "table", "registration"):
        if table:
            tables.setdefault((number, table), []).append(row)
        else:
            out.add(row)
    for who in tables.values():
        met |= {pair(one, other) for n, one in enumerate(who) for other in who[n + 1 :]}
    return met, out


def round_at(dates, at):
    """(the round that is going on, the next one) at this instant, by the server's clock."""
    rounds = list(dates.all_rounds.all())
    current = next((each for each in rounds if each.began_at and each.began_at <= at < each.ends_at), None)
    following = next((each for each in rounds if each.began_at is None or each.began_at > at), None)
    return current, following


def table_of(round_, registration):
    """(her seat, the others at her table) in a round; (None, []) where she is not in it."""
    seat = TableSeat.objects.filter(round=round_, registration=registration).first() if round_ else None
    if seat is None or not seat.table:
        return seat, []
    others = TableSeat.objects.filter(round=round_, table=seat.table).exclude(pk=seat.pk)
    return seat, [each.registration for each in others.select_related("registration__person").order_by("pk")]
