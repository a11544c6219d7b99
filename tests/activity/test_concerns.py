"""On the page of her mail somebody finds what may ever come to her, and no more."""

import pytest


@pytest.mark.parametrize(
    ("name", "label", "finds"),
    [
        ("amina", "Iemand meldt een bericht bij mij", False),
        ("fatima", "Iemand meldt een bericht bij mij", True),
        ("amina", "Iemand vraagt ruimte in het rooster", False),
        ("bram", "Iemand vraagt ruimte in het rooster", True),
        ("amina", "Een netwerk of bestuur vraagt mijn bestuur iets", False),
        ("ben", "Een netwerk of bestuur vraagt mijn bestuur iets", True),
    ],
)
def test_who_facilitates_leads_or_runs_nothing_is_not_asked_about_it(cast, signed_in, name, label, finds):
    page = signed_in(getattr(cast, name)).get("/activity/mail/").content.decode()
    assert (label in page) is finds


def test_a_choice_stays_when_its_kind_is_not_asked_about(cast, signed_in):
    cast.amina.paces.create(kind="organisations.room_asked", pace="never")
    amina = signed_in(cast.amina)
    amina.post("/activity/mail/", {})
    assert cast.amina.paces.filter(kind="organisations.room_asked").exists()
