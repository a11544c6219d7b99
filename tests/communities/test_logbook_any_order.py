"""Whatever happens in whatever order: nobody reads an entry but its writer and who takes part where it is shared."""

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.models import Delivery, Notification
from communities import actions as plgs
from communities.actions import logbook as actions
from communities.choices import JoinPolicy, MembershipState, Role
from communities.models import Community, LogbookEntry
from core.refusals import Refused
from core.standing import forget
from core.time import today
from tests import cast as people

CROWD, PLACES = 3, 2
OWN = ("write", "write_for_plg", "share", "take_back", "edit", "delete", "join", "leave")
LED = ("remove", "to_guest", "to_member", "reads_on", "close")
verbs = st.sampled_from(OWN * 2 + ("share", "leave", "reads_on") * 2 + LED)
steps = st.lists(
    st.tuples(verbs, st.integers(0, CROWD - 1), st.integers(0, PLACES - 1), st.integers(0, 5)),
    min_size=12,
    max_size=30,
)


class Undo(Exception):
    """Take back what an example did."""


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_no_order_of_deeds_shows_an_entry_to_anybody_else(cast, steps):
    try:
        with transaction.atomic():
            places = [_plg(cast, name) for name in ("PLG Lezen", "PLG Spelen")]
            crowd = [people.person(f"Collega {n}") for n in range(CROWD)]
            for one, place in zip(crowd, [*places, places[0]], strict=True):
                people.works(one, cast.regenboog)
                people.member(place, one)
                entry = actions.write_entry(one, happened_on=today(), words={"saw": f"Iets van {one.pk}"})
                actions.share_entry(entry, by=one, community=place)
            for verb, who, where, which in steps:
                try:
                    with transaction.atomic():
                        _do(verb, crowd[who], Community.objects.get(pk=places[where].pk), which, cast.fatima)
                except Refused:
                    pass
                for one in [*crowd, cast.fatima]:
                    forget(one)
                _promises_hold([*crowd, cast.fatima, cast.bram, cast.ben, cast.noor, cast.paula, cast.dele])
            raise Undo
    except Undo:
        pass


def _plg(cast, name):
    plg = people.plg(cast.regenboog, name, join_policy=JoinPolicy.OPEN, seats_min=2, seats_max=8)
    people.member(plg, cast.fatima, Role.FACILITATOR)
    return plg


def _do(verb, one, plg, which, facilitator):
    place = plg.memberships.filter(person=one).first()
    own = list(LogbookEntry.objects.allowing(one, "edit").order_by("pk"))
    entry = own[which % len(own)] if own else None
    words = {"saw": f"Iets van {one.pk}"}
    if verb == "write":
        actions.write_entry(one, happened_on=today(), words=words)
    elif verb == "write_for_plg":
        actions.write_entry(one, happened_on=today(), words=words, community=plg, of_the_plg=True)
    elif verb == "join":
        plgs.join(plg, by=one, promised=True)
    elif verb == "close":
        plgs.close(plg, by=facilitator, outcome="Klaar.")
    elif verb == "reads_on":
        Community.objects.filter(pk=plg.pk).update(leavers_read=True)
    elif verb in ("share", "take_back", "edit", "delete"):
        _with_entry(verb, entry, one, plg, words)
    elif place and verb == "leave":
        plgs.leave(place, by=one)
    elif place and verb == "remove":
        plgs.remove(place, by=facilitator)
    elif place:
        plgs.change_role(place, by=facilitator, role=Role.GUEST if verb == "to_guest" else Role.MEMBER)


def _with_entry(verb, entry, one, plg, words):
    if entry is None:
        return
    if verb == "share":
        actions.share_entry(entry, by=one, community=plg)
    elif verb == "edit":
        actions.edit_entry(entry, by=one, happened_on=today(), words=words, community=plg)
    else:
        getattr(actions, f"{verb}_entry")(entry, by=one)


def _promises_hold(everybody):
    for entry in LogbookEntry.objects.select_related("community"):
        may = _who_may(entry)
        for one in everybody:
            sees = LogbookEntry.objects.allowing(one, "view").filter(pk=entry.pk).exists()
            assert sees == (one.pk in may), (one, entry)
            edits = LogbookEntry.objects.allowing(one, "edit").filter(pk=entry.pk).exists()
            assert edits == (one.pk == entry.person_id and sees)
        if entry.shared_at is None:
            about = {"activity__about_id": entry.pk, "activity__kind": actions.SHARED}
            assert not Notification.objects.filter(read_at=None, **about).exists(), "told of what is not shared"
            assert not Delivery.objects.filter(kind=actions.SHARED, about_id=entry.pk, state="pending").exists()


def _who_may(entry):
    """Told anew from the rows, not from the rules: the writer, and who has a seat where it is shared."""
    seated = set()
    if entry.shared_at is not None:
        here = entry.community.memberships.filter(state=MembershipState.ACTIVE).exclude(role=Role.GUEST)
        seated = set(here.values_list("person", flat=True))
        if not entry.is_of_the_plg:
            assert entry.person_id in seated, "shared by somebody who takes no part"
    return seated if entry.is_of_the_plg else seated | {entry.person_id}
