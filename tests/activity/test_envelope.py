"""What a mail program reads in the headers: our addresses as they are, whatever their length."""

import pytest
from aiosmtpd.smtp import Envelope

from activity import sending
from activity.envelope import Message
from tests.mailserver import Mailserver


class Raw(Mailserver):
    """Keeps each letter as it came over the line."""

    async def handle_DATA(self, server, session, envelope: Envelope):  # noqa: N802
        self.raw = envelope.content
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def raw(settings):
    with Raw() as mailserver:
        options = {"host": mailserver.host, "port": mailserver.port, "timeout": 10}
        backend = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        yield mailserver


def headers(raw):
    head = raw.raw.partition(b"\r\n\r\n")[0].decode("ascii")
    return dict(line.partition(": ")[::2] for line in head.split("\r\n") if not line.startswith(" "))


def test_the_address_to_unsubscribe_stands_there_as_it_is(record_news, cast, raw, client):
    """RFC 8058: a mail program takes it from the line; as an encoded word it would be no address."""
    record_news(cast.amina)
    sending.send_due()
    line = headers(raw)["List-Unsubscribe"]
    assert line.startswith("<http://testserver/activity/unsubscribe/")
    assert line.endswith(">")
    assert len(line) > 78
    answer = client.post(line.strip("<>").removeprefix("http://testserver"), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert cast.amina.paces.filter(kind="tests.happened", pace="never").exists()


def test_words_in_a_subject_are_still_encoded_and_every_line_is_short(record_news, cast, raw):
    record_news(cast.amina, tail=" – hélemaal " * 20)
    sending.send_due()
    assert "=?utf-8?" in headers(raw)["Subject"]
    assert max(map(len, raw.raw.split(b"\r\n"))) <= 998
    assert raw.raw.isascii()


@pytest.mark.parametrize("value", ["a\r\nBcc: x@x.example", "é", "x" * 998])
def test_a_header_of_ours_takes_nothing_else(value):
    message = Message("Dag", "Dag", to=["zij@school.example"], headers={"List-ID": value})
    with pytest.raises(ValueError, match="List-ID"):
        message.message()
