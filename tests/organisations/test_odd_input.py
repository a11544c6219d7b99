"""Numbers that are none, or larger than any row: an answer for the reader, never an error."""

import pytest
from django.urls import reverse

ODD = ["²", "9" * 30, "-1", "\x00", "1 OR 1=1", "٣"]


@pytest.mark.parametrize("odd", ODD)
def test_odd_numbers_in_addresses(cast, signed_in, odd):
    paula = signed_in(cast.paula)
    for name, field in [
        ("people", "board"), ("people", "school"), ("people", "q"), ("people", "page"), ("invite", "school"),
        ("invite", "board"), ("index", "q"), ("networks", "q"), ("partners", "q"), ("school_search", "q"),
        ("invitations", "page"), ("school_account", "q"),
    ]:  # fmt: skip
        answer = paula.get(reverse(f"organisations:{name}"), {field: odd})
        assert answer.status_code in (200, 404), (name, field)
    for name, field in [("directory", "q"), ("directory", "level"), ("directory", "page"), ("start", "theme")]:
        assert paula.get(reverse(f"communities:{name}"), {field: odd}).status_code == 200, (name, field)
    assert paula.get(reverse("meetings:agenda"), {"month": odd}).status_code == 200


@pytest.mark.parametrize("odd", ODD)
def test_odd_numbers_in_forms(cast, signed_in, odd):
    paula = signed_in(cast.paula)
    board, network = cast.board.pk, cast.network.pk
    for name, pk, field in [
        ("link_schools", board, "school"), ("leave_network", network, "board"), ("leave_network", network, "school"),
        ("join_network", network, "board"), ("add_affiliation", cast.amina.pk, "school"),
    ]:  # fmt: skip
        answer = paula.post(reverse(f"organisations:{name}", args=[pk]), {field: odd})
        assert answer.status_code in (302, 404, 422), (name, field)
