"""Links from a mail: signed, for one purpose, for a limited time."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from core import links


def test_a_link_tells_what_was_put_in_it():
    token = links.sign("meetings.answer", meeting=3, member=5)
    assert links.read("meetings.answer", token, days=60) == {"meeting": 3, "member": 5}


def test_a_link_for_one_purpose_does_not_serve_another():
    with pytest.raises(links.BadLink):
        links.read("organisations.accept", links.sign("meetings.answer", meeting=3), days=60)


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: t[1:], lambda t: "", lambda t: t + "x", lambda t: "é"])
def test_a_forged_or_cut_link_is_refused(spoil):
    with pytest.raises(links.BadLink):
        links.read("meetings.answer", spoil(links.sign("meetings.answer", meeting=3)), days=60)


def test_a_link_expires(time_machine):
    token = links.sign("meetings.answer", meeting=3)
    time_machine.move_to(now() + timedelta(days=61))
    with pytest.raises(links.BadLink):
        links.read("meetings.answer", token, days=60)


def test_addresses_in_mail_come_from_a_setting_and_not_from_a_request(settings):
    settings.BASE_URL = "https://plg.example"
    assert links.absolute("/x/") == "https://plg.example/x/"
