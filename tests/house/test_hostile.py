"""What no form of ours sends: numbers without end, more than we read. Each gets a sentence or a page, none a crash."""

from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communities.meetings.actions import polls
from core.text import number
from core.time import today
from tests import cast as make

ENDLESS = "9" * 5000


@pytest.mark.parametrize(
    ("text", "found"), [("12", 12), ("٣", 3), ("", None), ("²", None), ("-1", None), ("1.5", None), (ENDLESS, None)]
)
def test_a_number_is_no_longer_than_an_id(text, found):
    assert number(text) == found


def _poll(cast):
    days = [today() + timedelta(days=n) for n in (20, 27)]
    options = [{"held_on": day, "starts": time(15, 30), "ends": time(17)} for day in days]
    return polls.open_poll(cast.maths, by=cast.fatima, deadline=today() + timedelta(days=5), options=options)


def test_numbers_without_end_choose_nothing(cast, signed_in):
    meeting, poll = make.meeting(cast.maths), _poll(cast)
    facilitator, board_admin = signed_in(cast.fatima), signed_in(cast.ben)
    school, board = cast.regenboog.pk, cast.board.pk
    for client, name, pk, data in [
        (facilitator, "meetings:decide_poll", poll.pk, {"option": ENDLESS}),
        (facilitator, "meetings:open_poll", cast.maths.pk, {"more": "1", "options-TOTAL_FORMS": ENDLESS}),
        (facilitator, "meetings:release_guest", meeting.pk, {"guest": ENDLESS, "membership": ENDLESS}),
        (board_admin, "organisations:link_schools", board, {"school": ENDLESS}),
        (board_admin, "organisations:save_study_days", school, {"take": ENDLESS}),
        (board_admin, "organisations:edit_school", school, {"board": ENDLESS, "school": ENDLESS}),
        (signed_in(cast.noor), "organisations:join_network", cast.network.pk, {"school": ENDLESS}),
        (signed_in(cast.noor), "organisations:leave_network", cast.network.pk, {"school": ENDLESS}),
    ]:
        answer = client.post(reverse(name, args=[pk]), data)
        assert answer.status_code in (200, 302, 404, 422), name


@pytest.mark.parametrize("much", ["words", "files"])
def test_more_than_we_read_in_one_go_is_answered_with_a_page_of_ours(cast, signed_in, much):
    said = {"words": {"text": "woord " * 500_000}, "files": {"text": "Kijk", "files": [_photo() for _n in range(501)]}}
    answer = signed_in(cast.noor).post(reverse("discussions:open_topic", args=[cast.maths.pk]), said[much])
    assert answer.status_code == 400
    assert 'data-error="400"' in answer.text  # what she typed stays on her device
    assert "te veel" in answer.text


def _photo():
    return SimpleUploadedFile("klas.jpg", b"x", content_type="image/jpeg")
