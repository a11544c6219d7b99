"""Names and titles that try to be more: another header, another direction, a thousand letters."""

import email
import email.policy
import re
from types import SimpleNamespace

import pytest
from django.utils import translation

from activity import letters
from communities.discussions.models import Topic
from communities.meetings.models import Meeting, Poll
from communities.models import Community, HomeTask
from organisations.models import Network, School
from people.models import User
from tests.activity._every_letter import every_letter, everything

TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
NASTY = "x\r\nBcc: dief@evil.example\n\nDag \u202eachter\u2066 \x0b<b>&amp;</b> {{ x }} %s"


@pytest.fixture
def messages(cast):
    """[(name of the kind, the message as the mail server would get it)], where every name and title is nasty."""
    everything(cast)
    for model, field in (
        (Community, "name"), (Meeting, "title"), (Topic, "title"), (Poll, "title"), (HomeTask, "title"),
        (Network, "name"), (School, "name"), (User, "name"),
    ):  # fmt: skip
        model.objects.update(**{field: NASTY})
    reader = User.objects.get(pk=cast.amina.pk)
    with translation.override("nl"):
        made = [(kind, made.letter) for kind, made in every_letter(reader)]
    return [(kind.name, message_of(kind.name, letter, cast.amina.email)) for kind, letter in made]


def message_of(kind, letter, to):
    delivery = SimpleNamespace(pk=1, kind=kind, occasion="one", channel="mail", slot="")
    raw = letters.envelope(delivery, letter, to).message().as_bytes()
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_no_name_becomes_a_header(messages):
    allowed = {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
        "List-Unsubscribe", "List-Unsubscribe-Post", "List-ID",
    }  # fmt: skip
    assert {name: set(message.keys()) - allowed for name, message in messages if set(message.keys()) - allowed} == {}


def test_a_subject_is_one_line_that_every_program_takes(messages):
    for _name, message in messages:
        assert len(message["Subject"].splitlines()) == 1
        assert 0 < len(message["Subject"]) <= letters.LONGEST_SUBJECT


def test_no_title_turns_the_words_around_it(messages):
    turned = set()
    for name, message in messages:
        parts = [
            message["Subject"],
            *(part.get_content() for part in message.walk() if part.get_content_maintype() == "text"),
        ]
        turned |= {name} if any(TURNS.search(part) for part in parts) else set()
    assert turned == set()


def test_no_name_becomes_html(messages):
    for _name, message in messages:
        assert "<b>&amp;</b>" not in message.get_body(("html",)).get_content()


@pytest.mark.parametrize("length", [179, 180, 181, 1000])
def test_a_subject_of_a_thousand_letters_ends_in_time(length):
    subject = letters.shorten("x" * length)
    assert len(subject) <= 180
    assert subject.endswith("…") == (length > 180)
