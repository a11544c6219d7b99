"""A rule asked of a row in Python says what the database says."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import Exists, F, Q
from django.db.models.functions import Now
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.kinds import ask_kinds, kinds
from communities.meetings.models import ActionPoint, Meeting
from communities.models import Community
from communities.search.models import SearchText
from core import holding, standing
from people.models import User
from tests.cast import meeting, member, person, plg


@pytest.fixture
def world(cast):
    """Rows of which many columns are empty, and others not."""
    other = plg(cast.other_board, "PLG Taal", state="closed")
    member(other, cast.dele)
    meeting(other, -3, state="cancelled", school=None)
    for n, who in enumerate((cast.amina, None, cast.tom)):
        at = meeting(cast.maths, 7 * n)
        by = cast.fatima if n else None
        address = "" if who else "zij@school.example"
        ActionPoint.objects.create(
            community=cast.maths, person=who, address=address, by=by, text=f"{n}", meeting=at if n < 2 else None
        )
    return cast


def comparisons():
    """Left sides of every kind that our rules know: own columns, empty ones, through one relation and through two."""
    ids = st.sampled_from([1, 2, 3, None])
    some = st.sets(st.integers(0, 5))
    by_id = st.sampled_from(["pk", "community", "meeting", "person", "by", "meeting__school", "meeting__community"])
    far = st.sampled_from(["meeting__school__board", "community__owner_school", "community__owner_board__pk"])
    words = st.sampled_from(["planned", "cancelled", "closed", "active", ""])
    moments = st.sampled_from([Now(), now(), now() + timedelta(days=6)])
    return st.one_of(
        st.tuples(by_id | far, ids),
        st.tuples((by_id | far).map("{}__in".format), some),
        st.tuples((by_id | far).map("{}__isnull".format), st.booleans()),
        st.tuples(st.sampled_from(["meeting__state", "community__state", "text"]), words),
        st.tuples(st.sampled_from(["meeting__state__in", "community__state__in"]), st.sets(words)),
        st.tuples(
            st.sampled_from(["meeting__ends_at__gt", "meeting__starts_at__lte", "meeting__ends_at__gte"]), moments
        ),
    )


def shifted(name, value):
    """Small numbers become ids that are there."""
    first = {"pk": ActionPoint, "community": Community, "person": User, "by": User, "meeting": Meeting}
    parts = name.removesuffix("__in").split("__")
    model = first.get(parts[-1])
    if model is None or name.endswith("__isnull"):
        return name, value
    least = model.objects.order_by("pk").values_list("pk", flat=True).first() - 1
    if isinstance(value, set):
        return name, {least + each for each in value}
    return name, None if value is None else least + value


@st.composite
def rules(draw):
    return draw(
        st.recursive(
            comparisons().map(lambda each: ("leaf", each)),
            lambda inner: st.tuples(st.sampled_from(["and", "or", "not"]), st.lists(inner, min_size=1, max_size=3)),
            max_leaves=6,
        )
    )


def built(tree):
    kind, inner = tree
    if kind == "leaf":
        return Q(shifted(*inner))
    rule = Q(_connector=Q.OR if kind == "or" else Q.AND)
    for each in inner:
        rule.add(built(each), rule.connector)
    return ~rule if kind == "not" else rule


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tree=rules())
def test_python_and_postgresql_answer_alike(world, tree):
    rule = built(tree)
    found = set(ActionPoint.objects.filter(rule).values_list("pk", flat=True))
    try:
        test = holding.test_of(rule, ActionPoint)
    except holding.Unfit:
        return  # of what lies behind an empty reference; the next test says which
    rows = ActionPoint.objects.select_related(*holding.related_to(rule, ActionPoint) or [None])
    assert {row.pk for row in rows if test(row)} == found


@pytest.mark.parametrize(
    "rule", [~Q(meeting__community=1), ~Q(Q(meeting=1) | Q(meeting__held_on=None)), ~Q(~Q(text="a"), meeting__pk=1)]
)
def test_a_negation_of_what_lies_behind_an_empty_reference_is_refused(rule):
    with pytest.raises(holding.Unfit):
        holding.test_of(rule, ActionPoint)
    holding.test_of(~Q(meeting=1) & Q(meeting__community=1) & ~Q(community__state="closed"), ActionPoint)


@pytest.mark.parametrize(
    "rule",
    [
        Q(community=F("meeting__community")),
        Q(community__memberships=1),
        Q(text__icontains="a"),
        Q(nothing=1),
        Q(Exists(Community.objects.all())),
    ],
)
def test_what_is_no_comparison_of_the_rows_own_columns_is_refused(rule):
    with pytest.raises(holding.Unfit):
        holding.test_of(rule, ActionPoint)


def test_a_queryset_as_value_is_refused(world):
    with pytest.raises(holding.Unfit):
        holding.test_of(Q(community__in=Community.objects.all()), ActionPoint)


def test_every_rule_that_news_and_requests_ask_can_be_asked_so(world):
    """A rule that cannot costs a query for each reader of a letter."""
    powers = {kind.power for kind in [*kinds.values(), *ask_kinds.values()]}
    asked = 0
    for model in set(apps.get_models()) - {SearchText}:  # of a copy that can be found nobody is told
        for power in powers & set(getattr(model, "rules", {})):
            for who in User.objects.all():
                rule = model.rules[power](who)
                holding.test_of(rule, model)
                holding.related_to(rule, model)
                asked += 1
    assert asked > 100


def test_the_standing_of_many_is_that_of_each(world):
    everybody = list(User.objects.order_by("pk"))
    standing.fetch(everybody)
    assert all(len(each._standings) >= 4 for each in everybody)
    assert all(standing.is_as_it_was(each) for each in everybody)


def test_a_standing_that_changed_meanwhile_is_noticed(world):
    amina = person("Nieuw Hier")
    standing.fetch([amina])
    member(world.maths, amina)
    assert not standing.is_as_it_was(amina)
