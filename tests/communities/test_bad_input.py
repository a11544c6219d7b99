"""What should not be typed: each gets a sentence or its right shape, and nothing half-done."""

import pytest

from communities.choices import Role
from communities.models import Community

GOOD = {
    "name": "PLG Lezen",
    "theme": "reading",
    "question": "Wanneer gaan kinderen uit zichzelf lezen?",
    "cadence_weeks": 6,
    "seats_min": 6,
    "seats_max": 10,
    "join_policy": "request",
    "listed": "board",
    "commitments": "Ik ben er.",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "x" * 300},
        {"name": "   "},
        {"question": ""},
        {"question": "?" * 501},
        {"theme": "sailing"},
        {"seats_min": 1},
        {"seats_max": 41},
        {"seats_max": 99_999_999_999},
        {"seats_min": 9, "seats_max": 3},
        {"seats_max": "tien"},
        {"cadence_weeks": 0},
        {"cadence_weeks": 27},
        {"join_policy": "everybody"},
        {"listed": "world"},
        {"name": "PLG\x00Lezen"},
    ],
)
def test_a_wrong_field_gives_the_form_back_with_everything_in_it(cast, signed_in, wrong):
    answer = signed_in(cast.els).post("/communities/start/", GOOD | wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert "Ik ben er." in answer.text
    assert Community.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["مجموعة القراءة", "PLG 🧮 rekenen", "<script>alert(1)</script>", "PLG\r\nBcc: boef@kwaad.example", "Ŵéïrd"]
)
def test_an_unusual_name_is_kept_on_one_line_and_shown_as_text(cast, signed_in, name):
    els = signed_in(cast.els)
    assert els.post("/communities/start/", GOOD | {"name": name}).status_code == 302
    made = Community.objects.exclude(pk=cast.maths.pk).get()
    assert "\n" not in made.name
    page = els.get(made.get_absolute_url()).text
    assert "<script>alert(1)" not in page


def test_another_place_than_ones_own_cannot_be_the_owner(cast, signed_in):
    els = signed_in(cast.els)
    els.post("/communities/start/", GOOD | {"owner": f"school-{cast.waterlelie.pk}"})
    els.post("/communities/start/", GOOD | {"name": "Nog een", "owner_school": cast.waterlelie.pk, "state": "active"})
    for made in Community.objects.exclude(pk=cast.maths.pk):
        assert (made.owner, made.state) == (cast.regenboog, "concept")


def test_somebody_without_a_place_is_told_what_to_do(cast, signed_in):
    paula = signed_in(cast.paula)
    assert paula.get("/communities/start/").status_code == 200
    assert paula.post("/communities/start/", GOOD).status_code == 422
    assert Community.objects.count() == 1


def test_whoever_starts_facilitates_and_is_counted(cast, signed_in):
    signed_in(cast.els).post("/communities/start/", GOOD)
    place = Community.objects.get(name="PLG Lezen").memberships.get()
    assert (place.person, place.role, place.school) == (cast.els, Role.FACILITATOR, cast.regenboog)


@pytest.mark.parametrize(
    "address", ["geen adres", "a@b", "x" * 300 + "@school.example", "a@school.example\nBcc: b@c.example"]
)
def test_a_wrong_address_gives_the_form_back(cast, signed_in, address):
    answer = signed_in(cast.fatima).post(
        f"/communities/{cast.maths.pk}/invite/", {"address": address, "role": "member", "message": "Kom je?"}
    )
    assert answer.status_code == 422
    assert "Kom je?" in answer.text


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(cast, signed_in):
    for path in ("", "directory/", "start/", f"{cast.maths.pk}/", f"{cast.maths.pk}/members/", "complaints/"):
        answer = signed_in().get(f"/communities/{path}")
        assert answer.status_code == 302
        assert answer.url.startswith("/account/login/")
