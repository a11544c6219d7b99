"""Class visits as people live them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from activity.models import Ask, Delivery, Notification
from communities.choices import State as PLGState
from core import privacy
from core.refusals import Refused
from core.time import today
from lessonstudy.visits import feedback as talk
from lessonstudy.visits import shown
from lessonstudy.visits.actions import open_visit, say, swap, take
from lessonstudy.visits.choices import Direction, State, Way
from lessonstudy.visits.models import CoverNeed, Feedback, Slot, Visit
from organisations.actions import room as rooms
from organisations.models import Hours, RoomRequest
from tests import cast as make
from tests.lessonstudy.visits import world

DAY, STARTS, ENDS = "day_0", "starts_0", "ends_0"


def typed(**more):
    day, starts, ends = world.school_day()
    return {
        "direction": "come", "manner": "live", "question": world.QUESTION, DAY: day.isoformat(),
        STARTS: f"{starts:%H:%M}", ENDS: f"{ends:%H:%M}",
    } | more  # fmt: skip


def planner(cast):
    """Pien plans De Wissel, which Bram leads."""
    pien = make.person("Pien de Jong")
    make.works(pien, cast.wissel, "support")
    make.role(pien, "planner", cast.wissel)
    make.role(cast.bram, "school_leader", cast.wissel)
    return pien


def test_a_whole_visit_from_question_to_what_is_taken_along(cast, signed_in):
    """Amina invites, Tom comes; the planner of his school finds somebody; they talk in order; both have their hours."""
    pien, hers, his = planner(cast), signed_in(cast.amina), signed_in(cast.tom)
    assert hers.post(reverse("visits:open_visit", args=[cast.maths.pk]), typed()).status_code == 302
    visit = Visit.objects.get()
    assert (visit.state, visit.visited, visit.visitor) == (State.OFFERED, cast.amina, None)
    page = his.get(reverse("lessonstudy:in_plg", args=[cast.maths.pk])).content.decode()
    assert world.QUESTION in page

    step = lambda verb: reverse("visits:step", args=[visit.pk, verb])  # noqa: E731 - a word for what follows
    his.post(step("accept"), {"slot": visit.slots.get().pk})
    his.post(step("need_cover"), {"kind": "substitute", "school": cast.wissel.pk, "starts": "08:45", "ends": "10:00"})
    visit.refresh_from_db()
    assert visit.state == State.COVER
    request = RoomRequest.objects.get()
    assert (request.person, request.source, request.what) == (cast.tom, f"visit:{visit.pk}", "")

    rooms.grant_room(RoomRequest.objects.filter(pk=request.pk), by=cast.bram)
    rooms.cover_room(request, by=pien, cover="invaller Joke")
    his.post(step("plan"))
    visit.refresh_from_db()
    assert visit.state == State.PLANNED
    assert Ask.objects.get(kind="visits.was", closed_at=None).person == cast.tom

    Slot.objects.update(held_on=today() - timedelta(days=1))
    hers.post(step("visit"))
    talking = reverse("visits:feedback", args=[visit.pk])
    assert "Amina" in his.get(talking).content.decode()
    hers.post(talking, {"part": "speak", "went": "Rustiger dan anders.", "aims": "Redeneren."})
    his.post(talking, {"part": "tell", "facts": "Vier tweetallen pakten de strook.", "effect": "Ze legden het uit."})
    hers.post(talking, {"part": "choose", "first_step": "Ik wacht langer."})
    his.post(talking, {"part": "take", "takes_along": "Stroken op tafel."})
    his.post(step("discuss"), {"talked": 25})
    hers.post(step("close"))
    visit.refresh_from_db()
    assert visit.state == State.CLOSED
    assert {row.person: row.minutes for row in Hours.objects.all()} == {cast.tom: 75, cast.amina: 25}
    assert not Ask.objects.filter(kind__startswith="visits.", closed_at=None).exists()


def test_a_wish_to_look_is_answered_with_times(cast, signed_in):
    his, hers = signed_in(cast.tom), signed_in(cast.amina)
    his.post(
        reverse("visits:open_visit", args=[cast.maths.pk]), typed(direction="go", day_0="", starts_0="", ends_0="")
    )
    visit = Visit.objects.get()
    assert visit.state == State.OPEN
    day, starts, ends = world.school_day()
    hers.post(
        reverse("visits:step", args=[visit.pk, "offer"]),
        {DAY: day.isoformat(), STARTS: f"{starts:%H:%M}", ENDS: f"{ends:%H:%M}"},
    )
    visit.refresh_from_db()
    assert (visit.state, visit.visited, visit.visitor) == (State.OFFERED, cast.amina, cast.tom)
    assert Ask.objects.get(kind="visits.choose").person == cast.tom
    assert signed_in(cast.fatima).get(visit.get_absolute_url()).status_code == 404


def test_two_who_arranged_it_need_only_planned_and_done(cast, signed_in):
    his = signed_in(cast.tom)
    form = typed(other=cast.amina.pk, direction="go")
    assert his.post(reverse("visits:swap", args=[cast.maths.pk]), form).status_code == 302
    visit = Visit.objects.get()
    assert (visit.way, visit.state) == (Way.SHORT, State.PLANNED)
    assert Notification.objects.get(activity__kind="visits.planned").person == cast.amina
    Slot.objects.update(held_on=today() - timedelta(days=1))
    his.post(reverse("visits:step", args=[visit.pk, "visit"]))
    visit.refresh_from_db()
    assert visit.is_over
    assert Hours.objects.get().minutes == 50
    assert not Ask.objects.filter(closed_at=None, kind__startswith="visits.").exists()


def test_on_a_film_nobody_needs_a_class_looked_after(cast):
    visit = open_visit(cast.maths, by=cast.amina, question="?", manner="video", link="https://film.example/1")
    assert visit.state == State.OFFERED
    take(visit, "accept", by=cast.tom)
    take(visit, "visit", by=cast.tom, minutes=35)
    assert Hours.objects.get().minutes == 35
    assert not CoverNeed.objects.exists()


@pytest.mark.parametrize("missing", ["question", "other"])
def test_what_is_missing_is_asked_and_what_was_typed_comes_back(cast, signed_in, missing):
    form = typed(other=cast.amina.pk, direction="go") | {missing: ""}
    answer = signed_in(cast.tom).post(reverse("visits:swap", args=[cast.maths.pk]), form)
    assert answer.status_code == 422
    if missing != "question":
        assert world.QUESTION in answer.content.decode()
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{DAY: "2020-01-01"}, {ENDS: "08:00"}, {STARTS: ""}, {DAY: "2027-03-28", STARTS: "02:30", ENDS: "03:30"}],
)
def test_a_time_that_cannot_be_is_refused_with_a_sentence(cast, signed_in, change):
    answer = signed_in(cast.amina).post(reverse("visits:open_visit", args=[cast.maths.pk]), typed() | change)
    assert answer.status_code == 422
    assert world.QUESTION in answer.content.decode()
    assert not Visit.objects.exists()


def test_it_is_put_off_and_nobody_need_take_a_class_any_more(cast):
    planner(cast)
    visit = world.a_visit(cast, "accepted")
    visit.slots.update(held_on=world.school_day()[0])
    take(visit, "need_cover", by=cast.tom, kind="combined", school=cast.wissel)
    take(visit, "postpone", by=cast.amina, because="Studiedag")
    assert RoomRequest.objects.get().state == "withdrawn"
    assert not CoverNeed.objects.exists()
    take(visit, "offer", by=cast.amina, slots=[world.school_day(16)])
    visit.refresh_from_db()
    assert (visit.state, visit.slot) == (State.OFFERED, None)
    assert visit.slots.count() == 1


def test_what_one_arranges_oneself_asks_nobody_and_is_planned_at_once(cast):
    visit = world.a_visit(cast, "accepted")
    take(visit, "need_cover", by=cast.tom, kind="swap", school=cast.wissel, who="Yasmin")
    visit.refresh_from_db()
    assert visit.state == State.PLANNED
    assert not RoomRequest.objects.exists()
    assert [move.verb for move in visit.moves.all()] == ["need_cover", "plan"]


# Who sees what -------------------------------------------------------------------------------------


def test_the_planner_sees_the_gap_and_never_the_question(cast, signed_in, django_assert_num_queries):
    pien = planner(cast)
    visit = world.a_visit(cast, "accepted")
    visit.slots.update(held_on=world.school_day()[0])
    take(visit, "need_cover", by=cast.tom, kind="substitute", school=cast.wissel)
    browser = signed_in(pien)
    html = browser.get(reverse("visits:covers")).content.decode()
    assert "Tom Hendriks" in html
    for secret in (world.QUESTION, "Amina"):
        assert secret not in html
        assert secret not in browser.get(reverse("organisations:timetable")).content.decode()
    assert browser.get(visit.get_absolute_url()).status_code == 404
    assert browser.get(reverse("visits:feedback", args=[visit.pk])).status_code == 404


def test_a_leader_sees_hours_and_nothing_said(cast, signed_in):
    visit = world.a_visit(cast, "planned", days=-1)
    take(visit, "visit", by=cast.tom)
    say(visit, "speak", by=cast.amina, went="Onrustig.")
    browser = signed_in(cast.bram)
    assert browser.get(visit.get_absolute_url()).status_code == 404
    assert browser.get(reverse("visits:feedback", args=[visit.pk])).status_code == 404
    assert Hours.objects.get(source=f"visit:{visit.pk}").kind == "visit"


def test_once_agreed_other_members_see_it_no_more(cast, signed_in):
    visit, browser = world.a_visit(cast, "offered"), signed_in(cast.fatima)
    assert browser.get(visit.get_absolute_url()).status_code == 200
    take(visit, "accept", by=cast.tom, slot=visit.slots.get())
    assert browser.get(visit.get_absolute_url()).status_code == 404


def test_who_was_visited_speaks_first_and_chooses_at_most_two(cast):
    visit = world.a_visit(cast, "visited")
    with pytest.raises(Refused, match="Amina"):
        say(visit, "tell", by=cast.tom, facts="Ik zag …")
    with pytest.raises(Refused, match="Amina"):
        say(visit, "speak", by=cast.tom, went="Wat een les")
    say(visit, "speak", by=cast.amina, went="Goed")
    with pytest.raises(Refused, match="Tom"):
        say(visit, "choose", by=cast.amina, first_step="Wachten")
    say(visit, "tell", by=cast.tom, facts="Vier tweetallen")
    with pytest.raises(Refused):
        say(visit, "speak", by=cast.amina, went="Toch anders")
    with pytest.raises(Refused):
        say(visit, "choose", by=cast.tom, first_step="Doe dit")
    say(visit, "choose", by=cast.amina, first_step="Wachten", second_step="Stroken", third_step="nog een")
    said = Feedback.objects.get()
    assert (said.first_step, said.second_step) == ("Wachten", "Stroken")
    assert talk.turn(visit, said).key == "take"
    assert Ask.objects.get(kind="visits.talk", closed_at=None).person == cast.tom


# Letters and lists ---------------------------------------------------------------------------------


def test_both_are_reminded_and_not_of_a_time_that_was_moved(cast):
    slot = world.school_day(20)
    visit = swap(cast.maths, by=cast.tom, other=cast.amina, question="?", direction=Direction.GO, slot=slot)
    letters = Delivery.objects.filter(kind="visits.reminder", state="pending")
    assert {letter.person for letter in letters} == {cast.tom, cast.amina}
    assert all(now() < letter.due_at < visit.slot.starts_at for letter in letters)
    old = {letter.pk for letter in letters}
    take(visit, "move", by=cast.amina, slots=[world.school_day(27)])
    assert not old & set(Delivery.objects.filter(state="pending").values_list("pk", flat=True))
    assert letters.all().count() == 2
    take(visit, "cancel", by=cast.amina, because="Ziek")
    assert not letters.all().exists()


def test_a_calendar_gets_the_date_and_not_the_question(cast, signed_in):
    visit = world.a_visit(cast, "planned")
    answer = signed_in(cast.tom).get(reverse("visits:calendar", args=[visit.pk]))
    assert b"BEGIN:VEVENT" in answer.content
    assert world.QUESTION[:12].encode() not in answer.content


@pytest.mark.parametrize("count", [1, 3])
def test_my_visits_take_as_many_questions_for_three_as_for_one(cast, signed_in, django_assert_num_queries, count):
    for _n in range(count):
        world.a_visit(cast, "planned")
        world.a_visit(cast, "offered", visited=cast.fatima)
        world.a_visit(cast, "closed")
    browser = signed_in(cast.tom)
    browser.get(reverse("visits:index"))
    with django_assert_num_queries(INDEX):
        assert browser.get(reverse("visits:index")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_a_planner_too(cast, signed_in, django_assert_num_queries, count):
    pien = planner(cast)
    for _n in range(count):
        world.cared_for(world.a_visit(cast, "cover"), "substitute")
    browser = signed_in(pien)
    browser.get(reverse("visits:covers"))
    with django_assert_num_queries(COVERS):
        assert browser.get(reverse("visits:covers")).status_code == 200


INDEX, COVERS = 4, 3


# Coming and going ----------------------------------------------------------------------------------


def test_who_leaves_takes_her_offer_along_and_what_two_agreed_stays(cast):
    offered, planned = world.a_visit(cast, "offered"), world.a_visit(cast, "planned")
    shown.parted(cast.maths.memberships.get(person=cast.amina))
    for visit, state in ((offered, State.CANCELLED), (planned, State.PLANNED)):
        visit.refresh_from_db()
        assert visit.state == state


def test_a_completed_plg_has_no_offers(cast):
    visit = world.a_visit(cast, "offered")
    shown.ended(cast.maths, by=cast.fatima)
    visit.refresh_from_db()
    assert visit.state == State.CANCELLED
    cast.maths.state = PLGState.CLOSED
    cast.maths.save()
    with pytest.raises(Refused):
        open_visit(cast.maths, by=cast.amina, question="?")


def test_two_accounts_of_one_person_become_one(cast):
    visit = world.a_visit(cast, "planned")
    with_herself = world.a_visit(cast, "planned", visitor=cast.els)
    shown.merge(cast.amina, cast.els)
    visit.refresh_from_db()
    with_herself.refresh_from_db()
    assert visit.visited == cast.amina
    assert with_herself.visitor is None


def test_who_goes_leaves_the_visit_to_her_colleague_without_her_name(cast):
    visit = world.a_visit(cast, "visited")
    say(visit, "speak", by=cast.amina, went="Goed")
    privacy.exports["visits"].erase(cast.amina)
    visit.refresh_from_db()
    assert (visit.visited, visit.visitor) == (None, cast.tom)
