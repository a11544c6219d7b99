from django.core.management.base import BaseCommand, CommandError

from training.credentials import keys


class Command(BaseCommand):
    help = "Make a new key that signs credentials; the last one is retired, and its public half stays known."

    def add_arguments(self, parser):
        parser.add_argument("--if-missing", action="store_true", help="do nothing where a key signs already")
        parser.add_argument("--stolen", action="store_true", help="nothing counts any more that the last key signed")

    def handle(self, **options):
        """Make it, and say which key signs from now on."""
        if options["if_missing"] and not keys.why_not_sign():
            return
        try:
            row = keys.rotate(stolen=options["stolen"])
        except OSError as error:
            raise CommandError(f"The key could not be written: {error}") from error
        self.stdout.write(f"{keys.method(row)} signs from now on; it stands in {keys.path_of(row)}.")
