from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from people import erasing


class Command(BaseCommand):
    """After a backup was put back: erase again who was erased since, by the list that is kept beside the files."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("list", nargs="?", default=str(settings.ERASURES), help="Lines of a number and a moment.")

    def handle(self, *args, **options):
        path = Path(options["list"])
        if not path.exists():
            raise CommandError(f"There is no list at {path}.")
        try:
            lines = erasing.read_journal(path.read_text())
        except ValueError as error:
            raise CommandError(f"This is not a list of erasures: {error}") from None
        count = erasing.replay(lines)
        self.stdout.write(f"{len(lines)} lines read, {count} people erased again.")
