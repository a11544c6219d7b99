"""The figures of a school, a board and a network, as those see them who may."""

import re
from datetime import date, time, timedelta

import pytest

from core.time import today
from organisations.innovation_time import TimeBudget, TimeRule
from organisations.models import RoomRequest
from participation import months, paper
from participation.facts import Facts
from participation.figures import Month, Place, YearFigures
from participation.shown import Counted
from people.calendar import school_year
from tests import cast as people
from tests.participation.figures import closed, counted

YEAR = school_year(today())
LAST = YEAR - 1


@pytest.fixture
def bram(cast, signed_in):
    return signed_in(cast.bram)


@pytest.fixture
def team(cast):
    """De Regenboog has ten people."""
    for name in ("Dewi", "Ezra", "Finn", "Guus", "Hind", "Ivo"):
        people.works(people.person(name), cast.regenboog)


@pytest.fixture
def two_years(cast, team):
    """Last year 10 hours of maths each month, and this year 20 hours with reading beside it."""
    for month in closed(LAST):
        counted(cast.regenboog, month, 600)
    for month in [*closed(LAST)[:1], *closed(YEAR)]:
        counted(cast.regenboog, month, 900, "reading", asked=20, were=17, most=1)


def figures_of(place):
    return f"/participation/{type(place).__name__.lower()}/{place.pk}/"


def zone(page):
    """The zone of what is counted, without the addresses of its links and the line that only its leader has."""
    found = re.search(r'<section class="zone zone--counted".*?\n</section>\n', page, re.DOTALL)[0]
    found = re.sub(r'<div class="too">.*?</div>', "", found)
    return re.sub(r"\s+", " ", re.sub(r'href="[^"]*"', "", found))


# Finding them ----------------------------------------------------------------------------------
def test_a_leader_finds_her_figures_in_the_menu(cast, bram):
    assert 'href="/participation/"' in bram.get("/").text
    assert bram.get("/participation/").headers["Location"] == figures_of(cast.regenboog)


def test_who_has_several_places_chooses(cast, signed_in):
    people.role(cast.ben, "school_leader", cast.wissel)
    page = signed_in(cast.ben).get("/participation/").text
    assert figures_of(cast.board) in page
    assert figures_of(cast.wissel) in page


def test_the_page_of_a_board_leads_to_its_figures(cast, signed_in):
    assert figures_of(cast.board) in signed_in(cast.ben).get(cast.board.get_absolute_url()).text
    assert figures_of(cast.board) not in signed_in(cast.paula).get(cast.board.get_absolute_url()).text


def test_who_leads_two_schools_finds_the_figures_of_the_other_from_her_home(cast, bram, signed_in):
    people.role(cast.bram, "school_leader", cast.wissel)
    page = bram.get("/").text
    assert figures_of(cast.wissel) in page
    assert bram.get("/").context["agreed"].facts.staff == 6


def test_a_teacher_has_no_line_for_figures_but_one_for_what_her_leader_sees(cast, signed_in):
    page = signed_in(cast.amina).get("/").text
    assert 'href="/participation/"' not in page
    assert 'href="/participation/what-my-leader-sees/"' in page


# What they say ---------------------------------------------------------------------------------
def test_sentences_come_before_the_tables(cast, bram, two_years):
    page = bram.get(f"{figures_of(cast.regenboog)}?year={LAST}").text
    assert "leerden jullie 115 uur samen" in page  # ten months of 10 hours, and 15 hours of reading
    assert page.index("leerden jullie") < page.index("<table")


def test_the_same_months_of_last_year_stand_beside_it(cast, bram, two_years):
    sentences = bram.get(figures_of(cast.regenboog)).context["counted"].sentences
    hours = sum(10 + 15 * (month == closed(LAST)[0]) for month in closed(LAST)[: len(closed(YEAR))])
    assert f"In dezelfde maanden van vorig jaar was het {hours} uur." in sentences


def test_a_school_year_that_is_over_stands_beside_the_whole_year_before(cast, bram, two_years):
    counted(cast.regenboog, closed(LAST - 1)[0], 1200)
    page = bram.get(f"{figures_of(cast.regenboog)}?year={LAST}").text
    assert f"In schooljaar {LAST}–{LAST + 1} leerden jullie 115 uur samen" in page
    assert "In het schooljaar ervoor was het 20 uur." in page


def test_a_small_school_reads_the_sum_of_a_year_that_stands_in_no_month(cast, bram, team):
    counted(cast.regenboog, closed(LAST)[-1], 1800, "", spread=True)
    page = bram.get(f"{figures_of(cast.regenboog)}?year={LAST}").text
    assert f"In schooljaar {LAST}–{LAST + 1} leerden jullie 30 uur samen" in page
    assert "Daarvan staat 30 uur bij geen maand" in page
    assert 'class="months' not in page
    assert bram.get(f"/participation/school/{cast.regenboog.pk}/{LAST}/pdf/").status_code == 200


def test_a_theme_in_the_address_narrows_the_months(cast, bram, two_years):
    whole = bram.get(f"{figures_of(cast.regenboog)}?year={LAST}").context["counted"]
    reading = bram.get(f"{figures_of(cast.regenboog)}?year={LAST}&theme=reading").context["counted"]
    assert [bar.this for bar in whole.bars if bar.this] == [1500] + [600] * 9
    assert [bar.this for bar in reading.bars if bar.this] == [900]


def test_the_months_of_a_chosen_theme_never_hide_the_sum(cast, bram, two_years):
    page = bram.get(f"{figures_of(cast.regenboog)}?year={LAST}&theme=reading").text
    assert "leerden jullie 115 uur samen" in page
    assert "Hieronder alleen Lezen: 15 uur." in page


@pytest.mark.parametrize(
    "query", ["year=abc", "year=99999999999", "year=-1", "theme=%3Cscript%3E", "theme=nergens", "year=2099&theme="]
)
def test_nonsense_in_the_address_shows_this_year(cast, bram, query):
    answer = bram.get(f"{figures_of(cast.regenboog)}?{query}")
    assert answer.status_code == 200
    assert answer.context["counted"].year == YEAR
    assert "<script>" not in answer.text.replace("<script src", "")


@pytest.mark.parametrize("path", ["school/99999999999999999999999/", "board/0/", "school/1/2026/CSV/", "network/7/"])
def test_addresses_of_nothing_do_not_exist(cast, bram, path):
    assert bram.get(f"/participation/{path}").status_code == 404


def test_attendance_is_told_in_steps(cast, bram, team):
    month = months.last_closed()
    counted(cast.regenboog, month, 900, asked=40, were=33, most=1)
    year = school_year(month)
    sentences = " ".join(bram.get(f"{figures_of(cast.regenboog)}?year={year}").context["counted"].sentences)
    assert "80 tot 85 %" in sentences


# Empty -----------------------------------------------------------------------------------------
def test_a_new_school_reads_when_its_first_figure_comes(cast, bram, team):
    assert "Hier staat nog niets." in bram.get(figures_of(cast.regenboog)).text


def test_a_team_of_three_reads_in_kind_words_why_nothing_stands_there(cast, signed_in):
    people.role(people.works(people.person("Lot"), cast.wissel).person, "school_leader", cast.wissel)
    page = signed_in(cast.ben).get(figures_of(cast.wissel)).text
    assert "Jullie team is klein." in page
    assert "<svg viewBox" not in zone(page)


def test_in_the_first_month_of_the_year_it_has_just_begun():
    year = [Month(first, 0, 0, closed=False) for first in months.of_school_year(2026)]
    shown = Counted(Place("school", 1, "De Regenboog"), 2026, YearFigures(year, []), Facts(staff=20), "/")
    assert shown.sentences == ["Het schooljaar is net begonnen. De eerste cijfers komen als een hele maand voorbij is."]


# Parts -----------------------------------------------------------------------------------------
def test_schools_stand_by_the_alphabet_whatever_their_hours(cast, signed_in, two_years):
    appel = people.school("De Appel", "11AA00", cast.board)
    counted(appel, closed(LAST)[0], 60)
    counted(cast.wissel, closed(LAST)[0], 6000)
    shown = signed_in(cast.ben).get(f"{figures_of(cast.board)}?year={LAST}").context["counted"]
    assert [part["name"] for part in shown.parts] == ["De Appel", "De Regenboog", "De Wissel"]


def test_a_network_sees_boards_and_no_school_of_them(cast, signed_in, two_years):
    page = signed_in(cast.noor).get(f"{figures_of(cast.network)}?year={LAST}").text
    assert cast.board.name in page
    assert cast.regenboog.name not in page
    assert figures_of(cast.regenboog) not in page


def test_facts_of_a_part_stand_beside_its_figures(cast, signed_in):
    facts = signed_in(cast.ben).get(figures_of(cast.board)).context["counted"].facts
    assert (facts.staff, facts.taking_part, facts.plgs) == (6, 3, 1)
    assert (facts.parts[cast.wissel.pk].staff, facts.parts[cast.wissel.pk].taking_part) == (2, 1)


def test_the_country_is_for_the_platform(cast, signed_in):
    assert "Nederland" in signed_in(cast.paula).get("/participation/nation/").text


# The same for all who may ------------------------------------------------------------------------
def test_a_teacher_sees_exactly_what_her_leader_sees(cast, bram, signed_in, two_years):
    query = f"?year={LAST}&theme=reading"
    hers = signed_in(cast.amina).get(f"/participation/what-my-leader-sees/{cast.regenboog.pk}/{query}").text
    theirs = bram.get(f"{figures_of(cast.regenboog)}{query}").text
    board = signed_in(cast.ben).get(f"{figures_of(cast.regenboog)}{query}").text
    assert "15 uur" in zone(hers)
    assert zone(hers) == zone(theirs) == zone(board)


def test_the_home_of_the_leader_shows_the_same_zone(cast, bram, signed_in, two_years):
    home = bram.get("/").text
    hers = signed_in(cast.amina).get(f"/participation/what-my-leader-sees/{cast.regenboog.pk}/").text
    assert zone(home) == zone(hers)
    assert f"/participation/what-my-leader-sees/{cast.regenboog.pk}/" in home


def test_a_teacher_sees_the_facts_of_her_own_plgs_as_her_leader_has_them(cast, bram, signed_in):
    other = people.plg(cast.regenboog, "PLG Van Els", listed="nobody")
    people.member(other, cast.els)
    page = signed_in(cast.amina).get(f"/participation/what-my-leader-sees/{cast.regenboog.pk}/").text
    row = re.search(r"<tr>\s*<th.*?PLG Rekenen.*?</tr>", page, re.DOTALL)[0]
    assert row in bram.get("/").text
    assert "PLG Van Els" not in page
    assert "PLG Van Els" in bram.get(f"/participation/what-my-leader-sees/{cast.regenboog.pk}/").text


def test_who_works_at_no_school_reads_that_no_leader_sees_her(cast, signed_in):
    assert "geen schoolleider iets van jou" in signed_in(cast.noor).get("/participation/what-my-leader-sees/").text


def test_who_works_at_two_schools_chooses(cast, signed_in):
    people.works(cast.amina, cast.wissel)
    page = signed_in(cast.amina).get("/participation/what-my-leader-sees/").text
    assert f"/participation/what-my-leader-sees/{cast.wissel.pk}/" in page


def test_her_hours_and_the_privacy_page_lead_there(cast, signed_in):
    browser = signed_in(cast.amina)
    for path in ("/organisations/hours/", "/privacy/"):
        assert 'href="/participation/what-my-leader-sees/"' in browser.get(path).text


# Weight ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_figures_do_not_ask_more_for_more_schools(cast, signed_in, two_years, count, django_assert_num_queries):
    for number in range(count):
        place = people.school(f"De {number}", f"1{number}AA00", cast.board)
        for subject in ("maths", "reading", ""):
            counted(place, closed(LAST)[0], 600, subject)
        people.works(people.person(f"Lid {'ABC'[number]}aa"), place)
    asked = {cast.bram: (cast.regenboog, 7), cast.ben: (cast.board, 9), cast.noor: (cast.network, 9)}
    for person, (place, queries) in asked.items():
        browser = signed_in(person)
        browser.get(f"{figures_of(place)}?year={LAST}")
        with django_assert_num_queries(queries):
            browser.get(f"{figures_of(place)}?year={LAST}")


@pytest.mark.parametrize("count", [1, 3])
def test_a_home_with_everything_on_it_asks_twelve_times_at_most(
    cast, bram, two_years, count, django_assert_num_queries
):
    rule = TimeRule.objects.create(board=cast.board, year=YEAR, name="PLG-tijd", minutes=2400)
    for number, person in enumerate([cast.amina, cast.els, cast.fatima][:count]):
        TimeBudget.objects.create(person=person, school=cast.regenboog, rule=rule, factor=1, minutes=2400)
        people.meeting(cast.maths, 7 + number)
        RoomRequest.objects.create(
            person=person,
            school=cast.regenboog,
            held_on=today() + timedelta(days=9),
            starts=time(10),
            ends=time(11 + number),
            community_id=cast.maths.pk,
        )
    bram.get("/")
    with django_assert_num_queries(12):
        page = bram.get("/")
    assert page.context["room"].waiting == count
    assert page.context["counted"].budget.agreed == 2400 * count


def test_hours_stand_beside_what_was_agreed(cast, bram, two_years):
    rule = TimeRule.objects.create(board=cast.board, year=LAST, name="PLG-tijd", minutes=6000)
    TimeBudget.objects.create(person=cast.amina, school=cast.regenboog, rule=rule, factor=1, minutes=6000)
    page = bram.get(f"{figures_of(cast.regenboog)}?year={LAST}").text
    assert "Van de afgesproken 100 uur is alles gebruikt of gepland, en nog 15 uur extra." in page
    TimeBudget.objects.update(minutes=9000)
    page = bram.get(f"{figures_of(cast.regenboog)}?year={LAST}").text
    assert "Van de afgesproken 150 uur is nog <strong>35 uur vrij</strong>." in page


def test_what_was_agreed_with_one_colleague_is_seen_by_the_leader_and_by_no_other_colleague(cast, bram, signed_in):
    rule = TimeRule.objects.create(board=cast.board, year=YEAR, name="PLG-tijd", minutes=2400)
    TimeBudget.objects.create(person=cast.els, school=cast.regenboog, rule=rule, factor=1, minutes=2400)
    page = f"/participation/what-my-leader-sees/{cast.regenboog.pk}/"
    hers = signed_in(cast.amina).get(page)
    assert hers.context["counted"].budget is None
    assert "alleen op de pagina van je schoolleider" in hers.text
    assert bram.get(figures_of(cast.regenboog)).context["counted"].budget.agreed == 2400
    for name in ("Dewi", "Ezra", "Finn", "Guus"):
        more = people.works(people.person(name), cast.regenboog).person
        TimeBudget.objects.create(person=more, school=cast.regenboog, rule=rule, factor=1, minutes=2400)
    hers = signed_in(cast.amina).get(page)
    assert hers.context["counted"].budget.people == 5
    assert "alleen op de pagina van je schoolleider" not in hers.text


def test_it_is_said_that_hours_are_rounded(cast, bram, two_years):
    said = "Uren zijn afgerond."
    assert said in bram.get(f"{figures_of(cast.regenboog)}?year={LAST}").text
    assert said in paper.of(bram.get(f"{figures_of(cast.regenboog)}?year={LAST}").context["counted"])["note"]


def test_a_board_of_57_schools_with_every_theme_weighs_no_more_than_60_kb(cast, signed_in):
    from communities.choices import Theme

    for number in range(55):
        place = people.school(f"De School Met Een Lange Naam {number}", f"{number:02}QQ00", cast.board)
        counted(place, closed(LAST)[0], 6000)
    for month in closed(LAST):
        for theme in Theme.values:
            counted(cast.wissel, month, 60_000, theme)
    page = signed_in(cast.ben).get(f"{figures_of(cast.board)}?year={LAST}")
    assert len(page.content) <= 60_000, len(page.content)


def test_a_month_that_is_open_says_nothing(cast, bram, team):
    open_month = months.after(months.last_closed())
    shown = bram.get(f"{figures_of(cast.regenboog)}?year={school_year(open_month)}").context["counted"]
    assert all(bar.this is None for bar in shown.bars if bar.first >= open_month)


def test_dates_of_figures_are_first_days(two_years):
    assert all(isinstance(month, date) and month.day == 1 for month in closed(LAST))
