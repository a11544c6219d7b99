"""*Vandaag*: each voice sees what is hers, in a number of queries that does not grow."""

import re
from datetime import timedelta

import pytest

from communities.choices import Role, State
from communities.meetings.models import Attendance, Meeting
from communities.models import Membership
from core.time import today
from participation import months
from participation.needs import less_than_half
from tests.cast import meeting, member, person, plg, works


def home(signed_in, user, query=""):
    return signed_in(user).get(f"/{query}")


def test_a_stranger_sees_the_landing_page(signed_in):
    response = home(signed_in, None)
    assert response.templates[0].name == "landing.html"


def test_a_teacher_sees_her_next_meeting_and_her_plgs(cast, signed_in):
    meeting(cast.maths, 30, title="Later")
    meeting(cast.maths, 5, title="We geven de onderzoeksles")
    response = home(signed_in, cast.amina)
    assert response.context["meeting"].title == "We geven de onderzoeksles"
    assert [row.name for row in response.context["communities"]] == ["PLG Rekenen"]
    assert "Goede" in response.text
    assert "We geven de onderzoeksles" in response.text


def test_a_guest_reads_only_the_dates_to_which_she_is_invited(cast, signed_in):
    meeting(cast.maths, 5)
    invited = meeting(cast.maths, 30)
    [row] = home(signed_in, cast.gijs).context["communities"]
    assert row.next_at is None
    invited.guests.add(cast.maths.memberships.get(person=cast.gijs))
    [row] = home(signed_in, cast.gijs).context["communities"]
    assert row.next_at == Meeting.objects.get(pk=invited.pk).starts_at


def test_who_is_in_no_plg_is_shown_the_way_to_one(cast, signed_in):
    response = home(signed_in, cast.els)
    assert "/communities/directory/" in response.text
    assert "/communities/start/" in response.text


def test_a_teacher_sees_nothing_of_another_plg(cast, signed_in):
    meeting(plg(cast.waterlelie, "PLG Geheim", listed="nobody"), 1, title="Achter de deur")
    assert "Achter de deur" not in home(signed_in, cast.amina).text


@pytest.mark.parametrize("count", [1, 3])
def test_vandaag_of_a_teacher_takes_four_queries_at_most(cast, signed_in, count, django_assert_max_num_queries):
    for number in range(count):
        group = plg(cast.regenboog, f"PLG {number}")
        member(group, cast.amina)
        meeting(group, 3 + number)
    browser = signed_in(cast.amina)
    browser.get("/")
    with django_assert_max_num_queries(4):
        browser.get("/")


@pytest.mark.parametrize("count", [1, 3])
def test_vandaag_of_a_facilitator_does_not_grow_with_her_plgs(cast, signed_in, count, django_assert_num_queries):
    meeting(cast.maths, -20)
    meeting(cast.maths, 2)
    for number in range(count):
        group = plg(cast.regenboog, f"PLG {number}")
        member(group, cast.fatima, Role.FACILITATOR)
        meeting(group, 3 + number)
    browser = signed_in(cast.fatima)
    browser.get("/")
    with django_assert_num_queries(7):
        browser.get("/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_of_a_school_leader_does_not_grow_with_the_plgs(cast, signed_in, count, django_assert_num_queries):
    for number in range(count):
        group = plg(cast.regenboog, f"PLG {number}")
        member(group, cast.els)
        meeting(group, 3 + number)
    browser = signed_in(cast.bram)
    browser.get("/")
    with django_assert_num_queries(11):
        browser.get("/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_of_a_network_does_not_grow_with_the_plgs(cast, signed_in, count, django_assert_num_queries):
    for number in range(count):
        member(plg(cast.regenboog, f"PLG {number}"), cast.els)
    browser = signed_in(cast.noor)
    browser.get("/")
    with django_assert_num_queries(8):
        browser.get("/")


def test_a_facilitator_sees_who_comes_and_what_each_plg_lacks(cast, signed_in):
    coming = meeting(cast.maths, 2)
    coming.answers.create(person=cast.amina, coming="room")
    coming.answers.create(person=cast.tom, coming="absent")
    idle = plg(cast.regenboog, "PLG Zonder Datum")
    member(idle, cast.fatima, Role.FACILITATOR)
    response = home(signed_in, cast.fatima)
    who = response.context["who"]
    assert (who["coming"], who["total"], who["absent"], who["silent"]) == (1, 3, ["Tom"], ["Fatima"])
    assert [row["community"].name for row in response.context["rows"]] == ["PLG Rekenen", "PLG Zonder Datum"]
    assert not response.context["rows"][1]["is_fine"]


def test_a_school_leader_reads_agreed_facts_and_no_behaviour(cast, signed_in):
    held = meeting(cast.maths, -7, preparation="Neem de toets van Joris mee")
    Attendance.objects.create(meeting=held, person=cast.amina, was_there=False, minutes=0)
    meeting(cast.maths, 7, preparation="Neem de toets van Joris mee")
    response = home(signed_in, cast.bram)
    context = response.context
    facts = context["agreed"].facts
    assert (facts.taking_part, facts.staff) == (2, 4)
    assert context["agreed"].rows[0]["from_us"] == "Amina, Fatima"
    assert context["agreed"].rows[0]["others"] == "De Wissel"
    assert "Joris" not in response.text
    assert cast.maths.question not in response.text


def test_an_invited_colleague_does_not_count_as_taking_part(cast, signed_in):
    member(cast.maths, cast.els, state="invited")
    assert home(signed_in, cast.bram).context["agreed"].facts.taking_part == 2


def test_a_network_admin_sees_which_plgs_need_help(cast, signed_in):
    Membership.objects.filter(community=cast.maths, role="facilitator").update(role="member")
    dateless = plg(cast.wissel, "PLG Zonder Datum")
    member(dateless, cast.tom, Role.FACILITATOR)
    fine = plg(cast.wissel, "PLG Loopt")
    member(fine, cast.tom, Role.FACILITATOR)
    meeting(fine, 5)
    plg(cast.waterlelie, "PLG Van Een Ander")
    needs = {
        group["name"]: [row.name for row in group["rows"]] for group in home(signed_in, cast.noor).context["needs"]
    }
    assert needs == {"facilitator": ["PLG Rekenen"], "date": ["PLG Zonder Datum"], "attendance": []}


@pytest.mark.parametrize("who", ["noor", "ben"])
def test_every_button_of_a_network_or_board_opens(cast, signed_in, who):
    """A network sees that a PLG has no facilitator; only the owner's administrator is sent to appoint one."""
    Membership.objects.filter(community=cast.maths, role="facilitator").update(role="member")
    own = plg(cast.network, "PLG Van Het Netwerk")
    browser = signed_in(getattr(cast, who))
    page = browser.get("/").text
    links = set(re.findall(r'href="(/communities/[^"#?]+)"', page.partition('id="needs"')[2]))
    assert f"/communities/{cast.maths.pk}/" in {re.sub(r"appoint/$", "", link) for link in links}
    assert {link: browser.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    assert ("PLG Van Het Netwerk" in page) is (who == "noor"), own


def test_a_resting_plg_needs_no_date(cast, signed_in):
    cast.maths.state = State.RESTING
    cast.maths.save()
    assert not home(signed_in, cast.noor).context["helped"]


def attendance(cast, community, people, days, there):
    held = meeting(community, days)
    for number, each in enumerate(people):
        Attendance.objects.create(meeting=held, person=each, was_there=number < there, minutes=90)


@pytest.mark.parametrize(
    ("size", "there", "is_told"),
    [(6, 2, True), (6, 3, False), (4, 1, False)],
    ids=["few came", "half came", "too small"],
)
def test_low_attendance_is_one_word_from_five_people_on(cast, size, there, is_told):
    people = [works(person(f"Lid {chr(65 + n)}aa"), cast.regenboog).person for n in range(size)]
    last_month = (months.last_day(months.last_closed()) - timedelta(days=3) - today()).days
    attendance(cast, cast.maths, people, last_month, there)
    assert (cast.maths.pk in less_than_half([cast.maths.pk])) is is_told


def test_this_month_is_not_told_yet(cast):
    people = [works(person(f"Lid {chr(65 + n)}aa"), cast.regenboog).person for n in range(6)]
    attendance(cast, cast.maths, people, 0, 0)
    assert not less_than_half([cast.maths.pk])


def test_a_leader_who_is_in_a_plg_changes_homes_with_one_tap(cast, signed_in):
    member(cast.maths, cast.bram)
    browser = signed_in(cast.bram)
    assert browser.get("/").templates[0].name == "home/leader.html"
    assert browser.get("/?as=teacher").templates[0].name == "home/teacher.html"
    assert browser.get("/?as=network").templates[0].name == "home/leader.html"


def test_two_boards_that_share_a_plg_are_counted_together(cast, signed_in):
    cast.network.boards.add(cast.other_board)
    member(cast.maths, cast.dele)
    together = home(signed_in, cast.noor).context["together"]
    assert (together.busy, together.total, together.best["count"]) == (2, 2, 1)
