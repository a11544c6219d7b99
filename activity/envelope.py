"""A message whose own headers go out as they are.

Python folds a header that is longer than a line, and writes a long word in it, such as the signed address of
List-Unsubscribe, as an encoded word: then no mail program finds an address there (RFC 2047 forbids it, RFC 8058 needs
it). A line may have 998 characters (RFC 5322), which these never reach.
"""

from email.policy import EmailPolicy

from django.core.mail import EmailMultiAlternatives

OURS = {"message-id", "auto-submitted", "list-unsubscribe", "list-unsubscribe-post", "list-id"}
LONGEST = 998


class Policy(EmailPolicy):
    """As `email.policy.SMTP`; our headers are neither parsed nor folded."""

    def header_store_parse(self, name, value):
        if name.lower() not in OURS:
            return super().header_store_parse(name, value)
        if not (value.isascii() and value.isprintable() and len(name) + len(value) + 2 <= LONGEST):
            raise ValueError(f"{name}: {value!r}")
        return name, value

    def _fold(self, name, value, refold_binary=False):
        if name.lower() not in OURS:
            return super()._fold(name, value, refold_binary)
        return f"{name}: {value}{self.linesep}"


POLICY = Policy(linesep="\r\n")


class Message(EmailMultiAlternatives):
    """A letter in HTML and plain text."""

    def message(self, *, policy=POLICY):
        """As Python's own message, by our policy, whatever the mail server's backend wishes."""
        return super().message(policy=POLICY)
