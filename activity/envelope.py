"""A message as it goes over the line: subject, plain text, HTML and our own headers, as they are.

Made by hand, for two reasons. Python folds a header that is longer than a line, and writes a long word in it, such as
the signed address of List-Unsubscribe, as an encoded word: then no mail program finds an address there (RFC 2047
forbids it, RFC 8058 needs it). And parsing our own headers anew for each letter took a third of its time. A property-
based test holds what is made here against Python's own parser; what has attachments, or an address in other letters,
is made by Django.
"""

from binascii import b2a_qp
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from functools import lru_cache

from django.core.mail import EmailMultiAlternatives
from django.utils.timezone import now

OURS = {"message-id", "auto-submitted", "list-unsubscribe", "list-unsubscribe-post", "list-id"}
LONGEST = 998  # characters in a line (RFC 5322), which these never reach
BOUNDARY = (
    "=_plg_letter_="  # cannot occur in quoted-printable: there an equals sign stands before digits or a line's end
)


class Policy(EmailPolicy):
    """As `email.policy.SMTP`; our headers are neither parsed nor folded."""

    def header_store_parse(self, name, value):
        return (name, checked(name, value)) if name.lower() in OURS else super().header_store_parse(name, value)

    def _fold(self, name, value, refold_binary=False):
        if name.lower() not in OURS:
            return super()._fold(name, value, refold_binary)
        return f"{name}: {value}{self.linesep}"


POLICY = Policy(linesep="\r\n")


def checked(name, value):
    """The value of a header of ours. Raises ValueError when it is not plain ASCII on one line."""
    if not (value.isascii() and value.isprintable() and len(name) + len(value) + 2 <= LONGEST):
        raise ValueError(f"{name}: {value!r}")
    return value


@lru_cache(maxsize=1000)
def folded(name, value):
    """A header with words of people or an address in it, as Python writes it. Senders and subjects come back often."""
    return SMTP.fold(name, SMTP.header_factory(name, value))


class Message(EmailMultiAlternatives):
    """A letter in plain text and HTML, to one reader."""

    def message(self, *, policy=POLICY):
        """The message, whatever policy the mail server's backend wishes."""
        usual = not self.attachments and all(address.isascii() for address in self.to)
        return Written(self) if usual else super().message(policy=POLICY)


class Written:
    """The bytes of a message."""

    def __init__(self, message):
        for line in (message.subject, message.from_email, *message.to):
            if "\n" in line or "\r" in line:
                raise ValueError(f"A header has one line: {line!r}")
        headers = [
            "MIME-Version: 1.0\r\n",
            f'Content-Type: multipart/alternative; boundary="{BOUNDARY}"\r\n',
            folded("Subject", str(message.subject)),
            folded("From", str(message.from_email)),
            folded("To", ", ".join(message.to)),
            f"Date: {format_datetime(now())}\r\n",
            *(f"{name}: {checked(name, value)}\r\n" for name, value in message.extra_headers.items()),
        ]
        parts = [("plain", message.body), *(("html", each.content) for each in message.alternatives)]
        self.data = b"".join(
            [
                "".join(headers).encode("ascii"),
                *(_part(kind, text) for kind, text in parts),
                f"\r\n--{BOUNDARY}--\r\n".encode(),
            ]
        )

    def as_bytes(self):
        """What the mail server gets."""
        return self.data


def _part(kind, text):
    lines = "\r\n".join(text.splitlines())
    head = (
        f'\r\n--{BOUNDARY}\r\nContent-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable'
    )
    return f"{head}\r\n\r\n".encode() + b2a_qp(f"{lines}\r\n".encode(), istext=True)
