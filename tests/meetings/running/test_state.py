"""What forty screens fetch at once is cheap, the same for all, and tells nobody more than the page."""

import pytest
from django.urls import reverse

from communities.meetings.actions import running, seating
from tests import cast as people


def state(browser, run, only):
    return browser.get(reverse("meetings:run_state", args=[run.pk]), {"only": only})


@pytest.mark.parametrize(("only", "queries"), [("step", 4), ("lines", 7), ("people", 11), ("board", 11)])
def test_queries_do_not_grow_with_people_and_lines(cast, case, signed_in, django_assert_max_num_queries, only, queries):
    from communities.meetings.actions import writing

    def fill(count, name):
        for n in range(count):
            someone = people.person(f"{name} {n}")
            people.member(cast.maths, someone)
            seating.join_run(case, by=someone)
            import uuid

            writing.write(case, by=someone, text=f"{name} {n}", kind="decision", key=uuid.uuid4())

    amina = signed_in(cast.amina)
    state(amina, case, only)
    fill(1, "Een")
    with django_assert_max_num_queries(queries):
        assert state(amina, case, only).status_code == 200
    fill(3, "Meer")
    with django_assert_max_num_queries(queries):
        state(amina, case, only)


@pytest.mark.parametrize(
    ("who", "answer"),
    [("fatima", 200), ("amina", 200), ("gijs", 404), ("els", 404), ("bram", 404), ("noor", 404), ("dele", 404)],
)
@pytest.mark.parametrize("name", ["run", "run_state", "run_board"])
def test_only_who_takes_part_sees_it(cast, run, signed_in, name, who, answer):
    assert signed_in(getattr(cast, who)).get(reverse(f"meetings:{name}", args=[run.pk])).status_code == answer


def test_members_get_no_buttons_and_the_facilitator_does(cast, run, signed_in):
    assert "data-run-deed" not in state(signed_in(cast.amina), run, "step").text
    assert "data-run-deed" in state(signed_in(cast.fatima), run, "step").text


def test_each_reads_in_her_own_language(cast, run, signed_in):
    cast.tom.language = "en"
    cast.tom.save()
    assert "Step 1 of 3" in state(signed_in(cast.tom), run, "step").text
    assert "Stap 1 van 3" in state(signed_in(cast.amina), run, "step").text
    assert "Step 1 of 3" in state(signed_in(cast.tom), run, "step").text


def test_a_step_is_never_shown_from_before(cast, run, signed_in):
    amina = signed_in(cast.amina)
    assert 'data-number="1"' in state(amina, run, "step").text
    running.next_step(run, by=cast.fatima)
    assert 'data-number="2"' in state(amina, run, "step").text


def test_without_a_cache_it_works_as_well(cast, run, signed_in, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}}
    assert 'data-number="1"' in state(signed_in(cast.amina), run, "step").text


@pytest.mark.parametrize("only", ["", "nonsense", "step,step", "own"])
def test_what_is_no_part_is_left_out(cast, run, signed_in, only):
    assert state(signed_in(cast.amina), run, only).status_code == 200


def test_the_page_is_light(cast, case, signed_in, django_assert_max_num_queries):
    fatima = signed_in(cast.fatima)
    fatima.get(case.get_absolute_url())
    with django_assert_max_num_queries(20):
        page = fatima.get(case.get_absolute_url())
    assert len(page.content) < 60_000
