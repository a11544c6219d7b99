"""Who is there, with which role, and who is silent; in by a code, out when one is no longer a member."""

import pytest
from django.urls import reverse

from communities import actions as of_plg
from communities.meetings.actions import answering, running, seating
from communities.meetings.models import Attendance, RunSeat
from core.refusals import Refused


def seated(run):
    return set(RunSeat.objects.filter(run=run).values_list("person__name", flat=True))


def join(browser, code, way="room"):
    return browser.post(reverse("meetings:run_join"), {"code": code, "way": way})


def test_with_the_code_one_is_in_the_room_or_online(cast, run, signed_in):
    assert join(signed_in(cast.amina), run.spoken_code).url == run.get_absolute_url()
    join(signed_in(cast.tom), run.code, "online")
    assert dict(RunSeat.objects.values_list("person__name", "way")) == {
        "Fatima Aydin": "room", "Amina Yildiz": "room", "Tom Hendriks": "online",
    }  # fmt: skip


@pytest.mark.parametrize("who", ["els", "gijs", "bram", "noor", "dele"])
def test_a_code_opens_nothing_for_who_is_not_expected(cast, run, signed_in, who):
    answer = join(signed_in(getattr(cast, who)), run.code)
    assert answer.status_code == 422 and run.title not in answer.text
    assert seated(run) == {"Fatima Aydin"}


@pytest.mark.parametrize("code", ["", "abcd", "0000 0000", "٣"])
def test_a_wrong_code_is_a_sentence(cast, run, signed_in, code):
    assert join(signed_in(cast.amina), code).status_code == 422


def test_a_code_of_a_session_that_is_over_counts_no_more(cast, run, signed_in):
    running.end(run, by=cast.fatima)
    assert join(signed_in(cast.amina), run.code).status_code == 422


def test_codes_cannot_be_guessed_for_long(cast, run, signed_in, settings):
    settings.ACCOUNT_RATE_LIMITS = {"run_code": "3/m/key"}
    amina = signed_in(cast.amina)
    for _n in range(3):
        join(amina, "0")
    assert join(amina, run.code).status_code == 422


def test_who_is_not_signed_in_signs_in_first_and_then_types_the_code(run, signed_in):
    answer = signed_in().get(reverse("meetings:run_join"))
    assert answer.status_code == 302 and "next=" in answer.url


def test_from_the_page_one_says_how_one_takes_part(cast, run, tap, signed_in):
    assert "run-join" in signed_in(cast.amina).get(run.get_absolute_url()).text
    assert tap(cast.amina, "join_run", run, script=False, way="online").status_code == 302
    assert "run-join" not in signed_in(cast.amina).get(run.get_absolute_url()).text
    assert tap(cast.amina, "join_run", run, way="elsewhere").status_code == 422


def test_who_said_yes_is_there_in_one_tap_and_corrections_stay(cast, run, thursday, membership, tap):
    answering.answer(thursday, membership(cast.amina), coming="room")
    answering.answer(thursday, membership(cast.tom), coming="absent")
    tap(cast.fatima, "seat_all", run)
    assert seated(run) == {"Fatima Aydin", "Amina Yildiz"}
    tap(cast.fatima, "seat", run, membership=membership(cast.amina).pk, is_there="0")
    tap(cast.fatima, "seat", run, membership=membership(cast.tom).pk, is_there="1")
    tap(cast.fatima, "seat_all", run)  # a second tap undoes no correction
    assert seated(run) == {"Fatima Aydin", "Tom Hendriks"}
    tap(cast.amina, "join_run", run, way="online")  # she comes after all
    assert seated(run) == {"Fatima Aydin", "Amina Yildiz", "Tom Hendriks"}
    assert not Attendance.objects.filter(was_there=False).exists()


def test_an_address_without_account_can_be_there_too(cast, run, thursday):
    row = cast.maths.memberships.create(address="nieuw@school.example", state="active", joined_at=thursday.starts_at)
    seating.seat(run, row, by=cast.fatima, is_there=True)
    assert Attendance.objects.get().address == "nieuw@school.example"
    running.end(run, by=cast.fatima)
    assert Attendance.objects.filter(was_there=True).count() == 2


@pytest.mark.parametrize(("who", "answer"), [("fatima", 200), ("amina", 403), ("gijs", 404), ("dele", 404)])
@pytest.mark.parametrize("deed", ["seat", "seat_all", "give_roles"])
def test_only_who_leads_says_who_is_there(cast, run, tap, membership, who, answer, deed):
    data = {"membership": membership(cast.tom).pk, "is_there": "1", "name": "tijdbewaker", "role-0": ""}
    assert tap(getattr(cast, who), deed, run, **data).status_code == answer


def test_somebody_of_another_plg_gets_no_seat_and_no_role(cast, run, tap):
    from tests import cast as people

    other = people.plg(cast.wissel, "PLG Lezen")
    elsewhere = people.member(other, cast.els)
    assert tap(cast.fatima, "seat", run, membership=elsewhere.pk, is_there="1").status_code == 422
    tap(cast.fatima, "give_roles", run, **{"name": "tijdbewaker", "role-0": elsewhere.pk})
    assert seated(run) == {"Fatima Aydin"}


# Silent roles --------------------------------------------------------------------------------------


@pytest.fixture
def silent(cast, case, membership):
    """Step 6 of the incident method: Amina brought the case in, and is silent."""
    roles = {"casusinbrenger": membership(cast.amina), "tijdbewaker": membership(cast.tom)}
    seating.give_roles(case, by=cast.fatima, roles=roles)
    for _n in range(5):
        running.next_step(case, by=cast.fatima)
    return case


def test_it_stands_on_every_screen_who_is_silent_and_she_reads_that_it_is_she(cast, silent, signed_in):
    def step(who):
        return signed_in(who).get(reverse("meetings:run_state", args=[silent.pk]), {"only": "step"}).text

    assert "Amina" in step(cast.tom) and "Amina" in step(cast.fatima)
    assert 'class="silent"' in step(cast.amina) and "<strong>Amina" not in step(cast.amina)
    assert "<strong>Amina" in step(cast.tom)  # from the cache, and not hers


def test_who_gets_a_role_is_there(cast, silent):
    assert seated(silent) == {"Fatima Aydin", "Amina Yildiz", "Tom Hendriks"}


def test_a_new_role_stands_on_every_screen_at_once(cast, silent, tap, membership, signed_in):
    def step():
        return signed_in(cast.tom).get(reverse("meetings:run_state", args=[silent.pk]), {"only": "step"}).text

    assert "<strong>Amina" in step()
    tap(cast.fatima, "give_roles", silent, **{"name": "casusinbrenger", "role-0": membership(cast.fatima).pk})
    assert "<strong>Fatima" in step()


def test_a_guest_of_another_meeting_gets_no_seat_and_no_role(cast, run, membership, tap):
    guest = membership(cast.gijs).pk
    assert tap(cast.fatima, "seat", run, membership=guest, is_there="1").status_code == 422
    tap(cast.fatima, "give_roles", run, **{"name": "gespreksleider", "role-0": guest})
    assert not run.seats.filter(person=cast.gijs).exists()


def test_a_silent_role_of_nobody_stands_there_by_its_name(cast, case, signed_in):
    for _n in range(5):
        running.next_step(case, by=cast.fatima)
    assert "casusinbrenger" in signed_in(cast.tom).get(reverse("meetings:run_state", args=[case.pk])).text


def test_the_camera_of_a_phone_leads_to_the_code_typed_already(cast, run, signed_in):
    board = signed_in(cast.fatima).get(reverse("meetings:run_board", args=[run.pk])).text
    assert 'class="qr"' in board
    amina = signed_in(cast.amina)
    answer = amina.get(reverse("short_join"), {"code": run.code}, follow=True)
    assert f'value="{run.code}"' in answer.text
    assert not run.seats.filter(person=cast.amina).exists()  # a picture is looked at; only her tap takes a seat


def test_the_board_names_nobody_but_who_is_silent(cast, silent, signed_in):
    board = signed_in(cast.fatima).get(reverse("meetings:run_board", args=[silent.pk])).text
    assert "Amina" in board and silent.spoken_code in board
    for other in ("Tom", "Hendriks", "Yildiz", "Fatima", "Aydin"):
        assert other not in board


# In and out ----------------------------------------------------------------------------------------


def test_a_member_who_is_removed_is_out_at_the_next_fetch_with_a_sentence(cast, run, tap, signed_in, membership):
    tap(cast.amina, "join_run", run, way="room")
    amina = signed_in(cast.amina)
    state = reverse("meetings:run_state", args=[run.pk])
    assert amina.get(state).status_code == 200
    of_plg.remove(membership(cast.amina), by=cast.fatima)
    assert amina.get(state).status_code == 404
    page = amina.get(run.get_absolute_url())
    assert page.status_code == 403 and "data-refusal" in page.text and run.code not in page.text
    assert tap(cast.amina, "write_line", run, text="Nog iets").status_code == 404
    assert amina.get(reverse("meetings:run_board", args=[run.pk])).status_code == 404


def test_who_left_and_reads_on_does_not_look_into_a_session(cast, run, signed_in, membership):
    type(cast.maths).objects.filter(pk=cast.maths.pk).update(leavers_read=True)
    of_plg.remove(membership(cast.tom), by=cast.fatima)
    assert signed_in(cast.tom).get(run.get_absolute_url()).status_code == 404


def test_roles_are_for_who_has_an_account(cast, run, thursday):
    row = cast.maths.memberships.create(address="nieuw@school.example", state="active", joined_at=thursday.starts_at)
    with pytest.raises(Refused):
        seating.give_roles(run, by=cast.fatima, roles={"tijdbewaker": row})
