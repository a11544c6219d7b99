"""A prepared query finds what Django's own finds, for everybody, and asks the rules anew each time."""

from datetime import timedelta

import pytest
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils.timezone import now

from activity.models import Ask
from activity.words import Subjects
from communities.meetings.models import ActionPoint, Answer, Meeting
from communities.models import Community, Membership
from core import prepared
from core.models import FETCH_MODE
from core.standing import forget
from participation import agreed, needs
from people.models import User
from plg_platform.homes import teacher

PAGES = {
    "meetings": Meeting.objects.for_list,
    "next meeting": lambda user: Meeting.objects.for_list(user).upcoming().filter(can_answer=True)[:1],
    "meeting": lambda user: Meeting.objects.for_detail(user).filter(pk=first(Meeting)),
    "series": lambda user: Meeting.objects.for_list(user).filter(community=first(Community)).select_related("series"),
    "inside": Community.objects.for_inside,
    "card": lambda user: Community.objects.for_detail(user).filter(pk=first(Community)),
    "directory": Community.objects.for_cards,
    "asks": Ask.objects.for_today,
    "with a photo": lambda user: ActionPoint.objects.for_list(user).filter(~Q(sentence="", photo="")),
    "subjects": lambda user: Subjects(Meeting).seen_by(user, "view", "community").filter(pk__in=everything(Meeting)),
    "said": lambda user: Answer.objects.filter(person=user).exclude(coming="absent").order_by("-pk"),
    "mine first": lambda user: (
        Meeting.objects.for_list(user)
        .annotate(near=ExpressionWrapper(Q(community=first(Community), state="planned"), BooleanField()))
        .order_by("-near", F("held_on").desc(nulls_last=True))
    ),
    "counted": lambda user: Meeting.objects.filter(
        community__in=Community.objects.order_by("pk")[:9][::1]
    ).with_counts(),
    "name": lambda user: Membership.objects.filter(person=user, role__in=["facilitator", "member"], name=""),
}


VALUES = {
    "flat": lambda user: Membership.objects.filter(person=user).values_list("community_id", flat=True),
    "pairs": lambda user: (
        Membership.objects.filter(person=user).order_by("role").values_list("community__name", "role")
    ),
    "once": lambda user: Membership.objects.filter(community__in=[first(Community)]).values_list("role").distinct(),
}


def first(model):
    return model.objects.order_by("pk").values_list("pk", flat=True).first()


def everything(model):
    return set(model.objects.values_list("pk", flat=True))


def facts(rows):
    """All that these rows know, with what came along."""
    return [
        {name: value for name, value in vars(row).items() if name != "_state"}
        | {name: value and vars(value)["id"] for name, value in row._state.fields_cache.items()}
        | {"fetches": row._state.fetch_mode}
        for row in rows
    ]


@pytest.fixture
def meetings(cast):
    """One to come with an answer, one behind us."""
    soon = now().date() + timedelta(days=3)
    for day in (soon, soon - timedelta(days=30)):
        row = Meeting.objects.create(community=cast.maths, held_on=day, starts="15:30", ends="17:00")
    Answer.objects.create(meeting=row, person=cast.amina, coming="room")


@pytest.mark.parametrize("page", PAGES)
def test_everybody_finds_the_same(cast, meetings, page):
    for person in User.objects.all():
        rows, plain = PAGES[page](person), PAGES[page](person)
        assert plain.query  # from here on Django's own
        assert not plain.steps
        found = prepared.rows_of(rows)
        again = prepared.rows_of(PAGES[page](person))
        assert facts(found) == facts(again) == facts(plain)


@pytest.mark.parametrize("page", VALUES)
def test_lists_of_values_are_the_same_too(cast, meetings, page):
    for person in User.objects.all():
        plain = VALUES[page](person)
        assert plain.query
        assert sorted(prepared.rows_of(VALUES[page](person))) == sorted(plain)


def test_homes_are_prepared(cast, meetings):
    prepared.rows_of(teacher.Groups(Community).for_home(now()).filter(pk__in=[cast.maths.pk]))
    prepared.rows_of(agreed.Members(Membership).beside({cast.regenboog.pk}))
    prepared.rows_of(needs.in_view(cast.noor))
    prepared.rows_of(Membership.objects.for_overview(cast.maths))


def test_the_same_shape_is_compiled_once(cast, meetings):
    list(Meeting.objects.for_list(cast.amina))
    known = len(prepared.PLANS)
    assert known
    forget(cast.amina)
    assert len(Meeting.objects.for_list(cast.amina)) == 2
    assert len(prepared.PLANS) == known


def test_a_right_that_was_taken_is_gone_at_once(cast, meetings):
    assert Meeting.objects.for_list(cast.amina).first().can_answer
    Membership.objects.filter(person=cast.amina).update(state="ended")
    forget(cast.amina)
    assert not Meeting.objects.for_list(cast.amina).exists()
    assert Meeting.objects.for_list(cast.amina).first() is None


def test_another_number_of_groups_needs_no_other_words_than_none_at_all(cast, meetings):
    assert prepared.outline(Meeting.rules["view"](cast.amina), ids := []) != prepared.outline(
        Meeting.rules["view"](cast.dele), []
    )
    assert [*ids] == [(cast.maths.pk,)]


def test_what_does_not_fit_simply_runs(cast, meetings):
    with pytest.raises(prepared.Unfit):
        prepared.rows_of(Meeting.objects.for_list(cast.amina).filter(community__in=Community.objects.all()))
    assert Meeting.objects.for_list(cast.amina).filter(community__in=Community.objects.all()).first()
    with pytest.raises(prepared.Unfit):
        prepared.rows_of(Membership.objects.filter(expertise__icontains=""))


def test_rows_of_one_subject_are_no_table(cast, meetings):
    """What a related manager gives knows whose it is; it goes the usual way."""
    assert [row.community for row in cast.maths.meetings.filter(state="planned")] == [cast.maths] * 2
    assert not cast.maths.meetings.filter(state="planned").steps


def test_a_wrong_number_is_a_wrong_number(cast):
    with pytest.raises(ValueError, match="expected a number"):
        Meeting.objects.for_detail(cast.amina).get(pk="abc")
    with pytest.raises(Meeting.DoesNotExist):
        Meeting.objects.for_detail(cast.amina).get(pk=0)
    with pytest.raises(Membership.MultipleObjectsReturned):
        Membership.objects.filter(community=cast.maths).get()


def test_the_clock_may_not_be_read_while_preparing(cast):
    class Careless(type(Meeting.objects.all())):
        @prepared.prepared
        def of_now(self):
            return self.filter(ends_at__gt=now())

    with pytest.raises(TypeError, match="must be an argument"):
        list(Careless(Meeting).of_now())


def test_a_page_still_fetches_nothing_behind_our_back(cast, meetings):
    assert Meeting.objects.for_list(cast.amina).first()._state.fetch_mode is FETCH_MODE


def test_a_number_too_large_for_its_column_finds_nothing(cast, meetings):
    assert Meeting.objects.for_list(cast.amina).filter(pk=10**30).first() is None
    assert not list(Meeting.objects.for_list(cast.amina).filter(pk__in=[2**63, 10**30]))
    assert not list(Community.objects.for_cards(cast.amina).filter(seats_max=99_999))
    assert len(Meeting.objects.for_list(cast.amina).exclude(pk=2**63)) == 2


def test_what_many_rows_share_is_made_once(cast, meetings):
    one, other = Meeting.objects.for_list(cast.amina)
    assert one.community is other.community
    assert one.community == cast.maths
