"""How soon each kind of news comes by mail, and why so."""

from datetime import timedelta

import pytest

from activity import paces
from activity.choices import Pace
from activity.models import PaceChoice
from core.time import today


@pytest.fixture
def amina(signed_in, cast, news):
    return signed_in(cast.amina)


def choices(client, **changed):
    """The form as the page shows it, with some of it changed."""
    form = client.get("/activity/mail/").context["form"]
    return {name: form[name].initial for name in form.fields} | changed


def test_the_page_says_the_level_and_why(amina, cast):
    usual = paces.of_person(cast.amina)["tests.happened"]
    PaceChoice.objects.create(person=cast.amina, kind="tests.happened", pace=Pace.LETTER)
    chosen = paces.of_person(cast.amina)["tests.happened"]
    page = amina.get("/activity/mail/").content.decode()
    assert str(chosen.why) in page
    assert usual.why != chosen.why


def test_only_what_differs_becomes_a_choice(amina, cast):
    answer = amina.post("/activity/mail/", choices(amina, **{"tests.happened": "letter"}))
    assert answer.status_code == 302
    assert list(cast.amina.paces.values_list("kind", "pace")) == [("tests.happened", "letter")]


def test_a_pace_that_does_not_exist_is_refused_and_nothing_kept(amina, cast):
    answer = amina.post("/activity/mail/", choices(amina, **{"tests.happened": "weekly"}))
    assert answer.status_code == 422
    assert not cast.amina.paces.exists()


def test_what_is_mail_only_cannot_stand_in_the_letter(amina, news):
    news(told=False)
    form = amina.get("/activity/mail/").context["form"]
    assert [value for value, _label in form.fields["tests.happened"].choices] == ["at_once", "never"]


def test_fixed_kinds_are_not_offered(amina, news):
    news(fixed=True)
    assert "tests.happened" not in amina.get("/activity/mail/").context["form"].fields


def test_all_mail_off_and_on_again_keeps_the_choices(amina, cast):
    PaceChoice.objects.create(person=cast.amina, kind="tests.happened", pace=Pace.LETTER)
    amina.post("/activity/mail/off/")
    assert paces.of_person(cast.amina)["tests.happened"].pace == Pace.NEVER
    assert amina.get("/activity/mail/").status_code == 200
    amina.post("/activity/mail/on/")
    assert paces.of_person(cast.amina)["tests.happened"].pace == Pace.LETTER


def test_a_pause_ends_by_itself_or_at_once(amina, cast):
    until = today() + timedelta(days=10)
    amina.post("/activity/mail/pause/", {"until": until.isoformat()})
    cast.amina.refresh_from_db()
    assert cast.amina.paused_until == until
    assert amina.get("/activity/mail/").context["paused_until"] == until
    amina.post("/activity/mail/pause/", {"stop": "1"})
    cast.amina.refresh_from_db()
    assert cast.amina.paused_until is None


@pytest.mark.parametrize("until", ["", "gisteren", "2020-01-01", "2999-01-01"])
def test_a_pause_that_makes_no_sense_is_refused(amina, cast, until):
    answer = amina.post("/activity/mail/pause/", {"until": until})
    assert answer.status_code == 422
    cast.amina.refresh_from_db()
    assert cast.amina.paused_until is None


def test_the_page_leads_to_where_day_and_hour_are_chosen(signed_in, cast):
    browser = signed_in(cast.amina)
    assert 'href="/people/rhythm/#letter"' in browser.get("/activity/mail/").text.partition('id="letter"')[2]
    assert browser.get("/people/rhythm/").status_code == 200
