"""What is written down in a session: nothing twice, nothing lost, nobody's words on somebody else's name."""

import uuid

import pytest
from django.urls import reverse

from communities.meetings.actions import running, writing
from communities.meetings.models import ActionPoint, Line
from core.refusals import Refused


def test_a_line_is_seen_by_all_with_its_author(cast, run, tap, signed_in):
    answer = tap(cast.amina, "write_line", run, kind="insight", text="Eerst kijken,\ndan vragen", key=uuid.uuid4())
    assert answer.status_code == 200 and "Eerst kijken,<br>dan vragen" in answer.text
    page = signed_in(cast.tom).get(run.get_absolute_url()).text
    assert "Eerst kijken" in page and "Amina" in page


def test_sending_it_twice_writes_it_once(cast, run, tap):
    key = uuid.uuid4()
    for _n in range(3):
        assert tap(cast.amina, "write_line", run, kind="parked", text="Voor later", key=key).status_code == 200
    assert Line.objects.count() == 1


def test_a_key_of_somebody_else_gives_nothing_away(cast, run, write, tap):
    line = write(cast.amina, "Van Amina", kind="decision")
    assert tap(cast.tom, "write_line", run, kind="note", text="Van Tom", key=line.key).status_code == 422
    assert Line.objects.get().text == "Van Amina"


def test_ten_thousand_characters_fit_and_more_is_a_sentence(cast, run, tap):
    assert tap(cast.amina, "write_line", run, text="a" * 10_000).status_code == 200
    answer = tap(cast.amina, "write_line", run, text="a" * 10_001)
    assert answer.status_code == 422 and "10001" in answer.text
    assert Line.objects.count() == 1


def test_a_refused_line_comes_back_on_a_page_without_script(cast, run, tap):
    answer = tap(cast.amina, "write_line", run, script=False, kind="decision", text="b" * 10_001)
    assert answer.status_code == 422 and "b" * 10_001 in answer.text and 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("text", ["", "   ", "\n\t\x00"])
def test_nothing_is_no_line(cast, run, tap, text):
    assert tap(cast.amina, "write_line", run, text=text).status_code == 422


def test_markup_is_only_text(cast, run, tap):
    answer = tap(cast.amina, "write_line", run, text="<script>alert(1)</script>")
    assert "<script>alert" not in answer.text and "&lt;script&gt;" in answer.text


def test_a_note_stays_at_the_step_where_it_was_begun(cast, run, tap):
    first = run.steps.get(order=0)
    running.next_step(run, by=cast.fatima)
    tap(cast.amina, "write_line", run, kind="note", text="Nog bij het inchecken", step=first.pk)
    assert Line.objects.get().step == first


def test_a_step_of_another_session_is_none_of_ours(cast, run, write):
    line = write(cast.amina, "x", step=999_999)
    assert line.step.run == run


def test_with_a_case_notes_are_off_until_the_facilitator_says_so_to_all(cast, case, tap, fresh, signed_in):
    assert tap(cast.amina, "write_line", case, kind="note", text="Het kind heet …").status_code == 422
    assert tap(cast.amina, "write_line", case, kind="decision", text="We nemen deze casus").status_code == 200
    assert tap(cast.fatima, "take_notes", case, version=fresh(case).version, on="1").status_code == 200
    assert tap(cast.amina, "write_line", case, kind="note", text="Zonder namen").status_code == 200
    assert "note-off--on" in signed_in(cast.tom).get(case.get_absolute_url()).text  # he is told


def test_one_changes_and_takes_back_ones_own_line(cast, run, write, signed_in):
    line = write(cast.amina, "Besluit", kind="decision")
    amina = signed_in(cast.amina)
    url = reverse("meetings:edit_line", args=[line.pk])
    assert "Besluit" in amina.get(url).text
    assert amina.post(url, {"text": "Beter besluit"}).status_code == 302
    assert amina.post(url, {"text": ""}).status_code == 422
    line.refresh_from_db()
    assert line.text == "Beter besluit"
    assert amina.post(reverse("meetings:withdraw_line", args=[line.pk])).status_code == 302
    assert "Beter besluit" not in amina.get(run.get_absolute_url()).text
    assert amina.get(url).status_code == 404


@pytest.mark.parametrize(
    ("who", "look", "change", "away"),
    [("amina", 200, 302, 302), ("fatima", 200, 403, 302), ("tom", 403, 403, 403), ("dele", 404, 404, 404)],
)
def test_words_are_changed_by_their_author_and_taken_away_by_a_facilitator_too(
    cast, write, signed_in, who, look, change, away
):
    line = write(cast.amina, "Besluit", kind="decision")
    browser = signed_in(getattr(cast, who))
    assert browser.get(reverse("meetings:edit_line", args=[line.pk])).status_code == look
    assert browser.post(reverse("meetings:edit_line", args=[line.pk]), {"text": "Anders"}).status_code == change
    assert browser.post(reverse("meetings:withdraw_line", args=[line.pk])).status_code == away


def test_my_own_notes_are_mine(cast, run, tap, signed_in):
    assert tap(cast.amina, "write_own", run, text="Ik twijfel", was="").text == "Ik twijfel"
    assert "Ik twijfel" in signed_in(cast.amina).get(run.get_absolute_url()).text
    for other in (cast.fatima, cast.tom):
        assert "Ik twijfel" not in signed_in(other).get(run.get_absolute_url()).text
        assert "Ik twijfel" not in signed_in(other).get(reverse("meetings:run_state", args=[run.pk])).text
    line = Line.objects.get()
    for who in (cast.fatima, cast.amina):  # nor is it a line like the others
        assert signed_in(who).get(reverse("meetings:edit_line", args=[line.pk])).status_code == 404


def test_two_devices_of_mine_lose_nothing(cast, run):
    writing.write_own(run, by=cast.amina, text="Van mijn telefoon", was="")
    writing.write_own(run, by=cast.amina, text="Van mijn laptop", was="")
    assert Line.objects.get().text == "Van mijn telefoon\nVan mijn laptop"
    writing.write_own(run, by=cast.amina, text="Samen", was="Van mijn telefoon\nVan mijn laptop")
    assert Line.objects.get().text == "Samen"


def test_own_notes_that_are_too_long_stay_on_the_page(cast, run, tap):
    assert tap(cast.amina, "write_own", run, text="c" * 10_001).status_code == 422
    answer = tap(cast.amina, "write_own", run, script=False, text="c" * 10_001)
    assert answer.status_code == 422 and "c" * 10_001 in answer.text


def test_an_action_point_is_agreed_once_however_often_it_is_sent(cast, run, tap, membership):
    data = {
        "agree-text": "Stil begin na de pauze",
        "agree-holders": [membership(cast.amina).pk, membership(cast.tom).pk],
        "agree-kind": "try_out",
        "agree-key": uuid.uuid4(),
    }
    for _n in range(2):
        answer = tap(cast.amina, "agree_in_run", run, **data)
        assert answer.status_code == 200 and "Stil begin na de pauze" in answer.text
    assert set(ActionPoint.objects.values_list("person__name", "meeting")) == {
        ("Amina Yildiz", run.about_id),
        ("Tom Hendriks", run.about_id),
    }
    assert ActionPoint.objects.count() == 2


def test_an_action_point_of_nobody_or_of_a_stranger_is_none(cast, run, tap):
    assert tap(cast.amina, "agree_in_run", run, **{"agree-text": "Iets", "agree-kind": "task"}).status_code == 422
    data = {"agree-text": "Iets", "agree-kind": "task", "agree-holders": ["999999"]}
    assert tap(cast.amina, "agree_in_run", run, **data).status_code == 422
    answer = tap(cast.amina, "agree_in_run", run, script=False, **data)
    assert answer.status_code == 422 and "Iets" in answer.text
    assert not ActionPoint.objects.exists()


def test_what_was_typed_without_a_network_arrives_after_the_end(cast, run, tap, during, write):
    running.end(run, by=cast.fatima)
    during.shift(3600)
    assert tap(cast.amina, "write_line", run, kind="insight", text="Te laat verzonden").status_code == 200
    sections = str(run.what.report.versions.first().sections)
    assert "Te laat verzonden" in sections  # also in the minutes
    during.shift(3 * 24 * 3600)
    with pytest.raises(Refused):
        write(cast.amina, "Veel te laat")


@pytest.mark.parametrize(
    ("who", "answer"), [("fatima", 200), ("amina", 200), ("gijs", 404), ("els", 404), ("noor", 404)]
)
def test_who_takes_part_writes(cast, run, tap, who, answer):
    assert tap(getattr(cast, who), "write_line", run, text="Een regel").status_code == answer


def test_a_guest_of_this_meeting_takes_part_and_of_another_does_not(cast, run, tap, thursday, membership):
    assert tap(cast.gijs, "write_line", run, text="Van de gast").status_code == 404
    thursday.guests.add(membership(cast.gijs))
    assert tap(cast.gijs, "write_line", run, text="Van de gast").status_code == 200


def test_nobody_takes_the_place_of_what_another_keeps_for_herself(cast, run, tap):
    guessed = uuid.uuid5(uuid.NAMESPACE_OID, f"own:{run.pk}:{cast.tom.pk}")  # as these keys were made once
    assert tap(cast.amina, "write_line", run, kind="decision", text="Bezet", key=guessed).status_code == 200
    assert tap(cast.tom, "write_own", run, text="Alleen voor mij").text == "Alleen voor mij"


def test_nobody_hangs_names_beneath_what_another_agreed(cast, run, tap, membership):
    agreed = {"agree-key": uuid.uuid4(), "agree-kind": "task"}
    tom, amina = membership(cast.tom).pk, membership(cast.amina).pk
    tap(cast.tom, "agree_in_run", run, **agreed, **{"agree-text": "Ik bel", "agree-holders": tom})
    tap(cast.amina, "agree_in_run", run, **agreed, **{"agree-text": "Iets anders", "agree-holders": amina})
    assert ActionPoint.objects.values("given_together").distinct().count() == ActionPoint.objects.count() == 2


def test_what_is_agreed_while_a_case_is_told_is_known_to_be_of_a_case(cast, case):
    holder = cast.maths.memberships.get(person=cast.amina)
    first = writing.agree(case, by=cast.fatima, holders=[holder], text="Bel de ouders van Sem", key=uuid.uuid4())[0]
    assert first.is_case
    assert "Sem" not in first.said_outside
