"""Whoever shares what with whom, in whatever order: nobody finds, counts or guesses what a page would refuse her."""

from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.choices import MembershipState
from communities.models import Membership
from core import dutch
from core.standing import forget
from core.time import today
from knowledgehub import registry
from knowledgehub.actions import publishing
from knowledgehub.finding import alerts, facets, finding, index, panels, suggesting
from knowledgehub.finding.models import Entry, SavedSearch
from knowledgehub.models import Author, Resource
from organisations.models import Affiliation
from tests import cast as people

WORD = "kikkervisje"
NAMES = ["alfa", "bravo", "charlie", "delta", "echo", "foxtrot"]
AUDIENCES = ["private", "plg", "school", "board", "network", "members", "public"]
VERBS = ["audience", "withdraw", "hide", "show", "leave", "stop_working", "join_makers", "move", "concept"]
KINDS = ["lesson", "video", "tool"]

resources = st.lists(
    st.tuples(st.sampled_from(AUDIENCES), st.integers(0, 1), st.sampled_from(KINDS), st.booleans()),
    min_size=2,
    max_size=len(NAMES),
)
steps = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 9), st.integers(0, 9), st.sampled_from(AUDIENCES)), max_size=8
)


class Undo(Exception):
    """Take back what an example did."""


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(resources=resources, steps=steps)
def test_nobody_finds_what_a_page_would_refuse_her(cast, resources, steps):
    try:
        with transaction.atomic():
            world = _world(cast, resources)
            _promises_hold(world)
            for step in steps:
                _do(world, *step)
            _promises_hold(world)
            raise Undo
    except Undo:
        pass


def _world(cast, wanted):
    places = {
        "plg": [cast.maths, people.plg(cast.waterlelie, "PLG Lezen")],
        "school": [cast.regenboog, cast.waterlelie],
        "board": [cast.board, cast.other_board],
        "network": [cast.network, cast.network],
    }
    people.member(places["plg"][1], cast.dele)
    makers = [cast.amina, cast.dele]
    everybody = [
        cast.amina, cast.tom, cast.els, cast.fatima, cast.gijs, cast.bram, cast.noor, cast.ben, cast.paula, cast.dele,
    ]  # fmt: skip
    world = SimpleNamespace(cast=cast, places=places, everybody=everybody, rows=[])
    for name, (audience, which, kind, is_published) in zip(NAMES, wanted, strict=False):
        row = people.resource(
            makers[which], title=f"{WORD.title()} {name}", tags=[f"kik{name}"], kind=kind, text="Zie het blad.",
            audience=audience, of=places[audience][which] if audience in places else None, published=is_published,
        )  # fmt: skip
        world.rows.append(row.pk)
    return world


def _do(world, verb, which, who, audience):
    row = Resource.objects.get(pk=world.rows[which % len(world.rows)])
    one = world.everybody[who % len(world.everybody)]
    if verb == "leave":
        Membership.objects.filter(person=one).update(state=MembershipState.ENDED, ended_at=now())
    elif verb == "stop_working":
        Affiliation.objects.filter(person=one).update(until_on=today().replace(year=today().year - 1))
    elif verb == "withdraw":
        if not row.why_not_withdraw:
            publishing.withdraw(row, by=world.cast.amina, why="Dat klopte niet.")
    else:
        _change(world, verb, row, one, who % 2, audience)
        registry.tell_changed(row)


def _change(world, verb, row, one, place, audience):
    """What a deed would write, also where the deeds themselves would say no."""
    if verb == "audience":
        of = {"community": "plg"} | {name: name for name in ("school", "board", "network")}
        found = {column: world.places[name][place] for column, name in of.items() if name == audience}
        Resource.objects.filter(pk=row.pk).update(audience=audience, **found)
    elif verb == "move" and row.audience == "plg":
        Resource.objects.filter(pk=row.pk).update(community=world.places["plg"][place])
    elif verb in ("hide", "show"):
        Resource.objects.filter(pk=row.pk).update(hidden_at=now() if verb == "hide" else None)
    elif verb == "concept":
        Resource.objects.filter(pk=row.pk).update(state="concept")
    elif verb == "join_makers":
        Author.objects.get_or_create(resource=row, person=one, defaults={"position": 9})


def _promises_hold(world):
    for one in [*world.everybody, AnonymousUser()]:
        forget(one)
        _hold_for(one)
    assert index.heal() == 0, "the deeds kept the index themselves"


def _hold_for(one):
    opens = Resource.objects.allowing(one, "view").filter(state="published", hidden_at=None)
    may_see = dict(opens.values_list("title", "pk"))
    found = finding.find(one, dutch.asked(WORD, typing=False))
    assert {hit.pk for hit in found.hits} == set(may_see.values()), "all of it, and nothing else"
    assert found.total == found.exact == len(may_see)
    assert sum(found.counts["kind"].values()) == len(may_see)
    assert sum(found.counts["language"].values()) == len(may_see)
    mistyped = finding.find(one, dutch.asked("kikervisje", typing=False))
    assert {hit.pk for hit in mistyped.hits} <= set(may_see.values())
    newest = finding.find(one, dutch.asked(""))
    assert {hit.pk for hit in newest.hits} == set(may_see.values())
    assert newest.total == sum(newest.counts["kind"].values()) == len(may_see)
    video = {"kind": [facets.KINDS["video"]]}
    assert finding.find(one, dutch.asked(WORD), video).total <= len(may_see)
    tags = {f"kik{title.split()[1]}" for title in may_see}
    for typed in ("kik", "kikkervis", *(f"kik{name}" for name in NAMES)):
        assert set(suggesting.suggestions(one, typed)) <= may_see.keys() | tags
    for pk in Entry.objects.values_list("pk", flat=True)[:1]:
        beside = panels.similar(Resource.objects.get(pk=pk), one)
        assert not beside or {row.pk for row in beside["context"]["rows"]} <= set(may_see.values())
    if one.is_authenticated:
        search = SavedSearch(person=one, query=f"q={WORD}", told_until=now().replace(year=2000))
        assert {row.pk for row in alerts.new_for(one, search)} <= set(may_see.values())
