"""What a mail program reads in the headers: our addresses as they are, whatever their length."""

from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.smtp import Envelope
from hypothesis import given, settings
from hypothesis import strategies as st

from activity import sending
from activity.envelope import Message
from core.text import one_line
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


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300)
lines = st.lists(words, max_size=8).map("\n".join)


@settings(max_examples=200, deadline=None)
@given(subject=words, text=lines, html=lines)
def test_whatever_is_written_is_what_is_read(subject, text, html):
    """By Python's own parser; and no line is longer than a mail server takes."""
    message = Message(subject, text, to=["zij@school.example"], headers={"List-ID": "<a.plg.example>"})
    message.attach_alternative(html, "text/html")
    data = message.message().as_bytes()
    read = message_from_bytes(data, policy=default)
    plain, rich = read.iter_parts()
    assert one_line(read["Subject"]) == one_line(subject)
    for part, said in ((plain, text), (rich, html)):
        assert part.get_content().replace("\r\n", "\n") == "".join(f"{line}\n" for line in said.splitlines() or [""])
    assert [read["To"], read["List-ID"]] == ["zij@school.example", "<a.plg.example>"]
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_letter_with_an_attachment_bears_the_same_headers():
    url = f"<https://plg.example/{'x' * 200}>"
    message = Message("Dag", "Dag", to=["zij@school.example"], headers={"List-Unsubscribe": url})
    message.attach("a.ics", "BEGIN:VCALENDAR", "text/calendar")
    assert f"List-Unsubscribe: {url}\r\n".encode() in message.message().as_bytes()


@pytest.mark.parametrize("field", ["subject", "from_email", "to"])
def test_a_line_break_in_a_header_is_refused(field):
    message = Message("Dag", "Dag", "zij@plg.example", ["zij@school.example"])
    setattr(message, field, ["a@b.example\nBcc: c@d.example"] if field == "to" else "Dag\nBcc: c@d.example")
    with pytest.raises(ValueError, match="one line"):
        message.message()
