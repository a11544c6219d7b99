"""Who fits a wish: a pure function whose every step can be explained."""

from hypothesis import given
from hypothesis import strategies as st

from training.actions.matching import MOST, Offer, Wish, fits, ranked

WISH = Wish("coaching", frozenset({"maths", "reading"}), frozenset({1}))


def offer(pk, themes=(), **more):
    more = {"capacity": 2, "kinds": ("coaching",)} | more
    more["schools"] = frozenset(more.get("schools", {9}))
    return Offer(pk=pk, themes=frozenset(themes), **(more | {"kinds": frozenset(more["kinds"])}))


def order(*offers):
    return [match.offer.pk for match in ranked(WISH, offers)]


def test_who_shares_most_themes_comes_first():
    assert order(offer(1), offer(2, ["maths"]), offer(3, ["maths", "reading", "arts"])) == [3, 2, 1]


def test_then_who_works_elsewhere_then_who_has_most_room():
    same, far, roomy = offer(1, schools={1}), offer(2), offer(3, capacity=5, busy=1)
    assert order(same, far, roomy) == [3, 2, 1]


def test_who_is_full_offers_something_else_or_may_not_is_left_out():
    full = offer(1, ["maths"], capacity=2, busy=2)
    mentor = offer(2, ["maths"], kinds=("mentoring",))
    leader = offer(3, ["maths"], is_barred=True)
    assert order(full, mentor, leader) == []


def test_a_match_says_what_speaks_for_it():
    (match,) = ranked(WISH, [offer(1, ["maths", "arts"], capacity=3, busy=1)])
    assert (match.themes, match.room, match.is_outside) == (frozenset({"maths"}), 2, True)


themes = st.frozensets(st.sampled_from(["maths", "reading", "arts"]))
offers = st.lists(
    st.builds(
        Offer, pk=st.integers(1, 99), kinds=st.frozensets(st.sampled_from(["coaching", "mentoring"])), themes=themes,
        capacity=st.integers(0, 3), busy=st.integers(0, 4), schools=st.frozensets(st.integers(1, 3)),
        is_barred=st.booleans(),
    ),
    unique_by=lambda each: each.pk,
)  # fmt: skip


@given(offers, st.randoms())
def test_any_offers_in_any_order_give_the_same_who_fit_and_no_other(found, chance):
    mixed = list(found)
    chance.shuffle(mixed)
    first = ranked(WISH, found)
    assert first == ranked(WISH, mixed)
    assert len(first) == min(MOST, sum(fits(WISH, each) for each in found))
    assert all(fits(WISH, match.offer) for match in first)
    shared = [len(match.themes) for match in first]
    assert shared == sorted(shared, reverse=True)
