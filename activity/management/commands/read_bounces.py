import email
import email.policy
import mailbox
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from activity import bounces


class Command(BaseCommand):
    """`manage.py read_bounces FOLDER`, or a delivery report on standard input: any mail server can pipe into it."""

    help = "Reads delivery reports (RFC 3464) from a maildir, from a folder of .eml files, or from standard input."

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", nargs="?", help="a maildir, or a folder of .eml files; without it, one mail on stdin"
        )

    def handle(self, *, folder, **options):
        if folder and not Path(folder).is_dir():
            raise CommandError(f"{folder} is no folder.")
        read = noted = 0
        for source in self.mails(folder):
            message = email.message_from_bytes(source[: bounces.LONGEST_REPORT], policy=email.policy.compat32)
            found = [bounces.note(report) for report in bounces.read(message)]
            read, noted = read + 1, noted + sum(bounce is not None for bounce in found)
        self.stdout.write(f"{read} mails read, {noted} letters came back.")

    def mails(self, folder):
        """The text of each mail. What is new in a maildir counts as seen once it was handled."""
        if not folder:
            yield sys.stdin.buffer.read(bounces.LONGEST_REPORT)
        elif (Path(folder) / "new").is_dir():
            yield from self.of_maildir(mailbox.Maildir(folder, create=False))
        else:
            for path in sorted(Path(folder).glob("*.eml")):
                with path.open("rb") as file:
                    yield file.read(bounces.LONGEST_REPORT)

    def of_maildir(self, box):
        for key in sorted(box.keys()):
            message = box.get_message(key)
            if message.get_subdir() == "new":
                yield box.get_bytes(key)
                message.set_subdir("cur")
                message.add_flag("S")
                box[key] = message
