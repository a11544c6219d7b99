"""A real SMTP server inside the test process."""

import email
import email.policy
import time
from email.message import EmailMessage
from typing import Self, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from plg_platform.embedded import free_port


class Mailserver:
    """Keeps every letter it accepts in `letters`. `refuse("451 Later")` makes it refuse from then on."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer = "250 OK"
        self.host, self.port = "127.0.0.1", free_port()
        self.controller = Controller(self, hostname=self.host, port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            text = cast("bytes", envelope.content).replace(b"\r\n", b"\n")
            letter = email.message_from_bytes(text, policy=email.policy.default)
            self.letters.append(cast("EmailMessage", letter))
        return self.answer

    def __enter__(self) -> Self:
        self.controller.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.controller.stop()

    @property
    def url(self) -> str:
        """As EMAIL_URL takes it."""
        return f"smtp://{self.host}:{self.port}"

    def forget(self) -> None:
        """As if nothing had happened."""
        self.letters.clear()
        self.accept()

    def refuse(self, answer: str) -> None:
        self.answer = answer

    def accept(self) -> None:
        self.answer = "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to one address, oldest first."""
        return [letter for letter in self.letters if address in str(letter["To"])]

    def wait_for(self, count: int, seconds: float = 15) -> list[EmailMessage]:
        """The letters, as soon as there are that many (sent by another process, for instance)."""
        until = time.monotonic() + seconds
        while len(self.letters) < count and time.monotonic() < until:
            time.sleep(0.05)
        assert len(self.letters) >= count, f"{len(self.letters)} letters came, {count} were expected"
        return self.letters
