from django.core.management.base import BaseCommand, CommandError

from participation import closing, rollups


class Command(BaseCommand):
    """Sums the ledger of hours anew and proves that sums, figures and what waits equal it. Figures never change."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--close", action="store_true", help="first make the figures of months that are over")
        parser.add_argument("--check", action="store_true", help="only compare, change nothing")

    def handle(self, *, close, check, **options):
        if not check:
            if close:
                self.stdout.write(f"{closing.close_due()} months closed.")
            rollups.rebuild()
        found = rollups.prove()
        self.stdout.write(f"The ledger has {found.ledger} minutes, the sums by day {found.daily}.")
        self.stdout.write(
            f"Figures were made of {found.figures}, and {found.waiting} wait; of the figures {found.not_shown} are"
            " not shown, where nearly everybody was there."
        )
        if found.no_more:
            self.stdout.write(f"{found.no_more} minutes of figures are of rows that are no more.")
        for wrong in found.wrong:
            self.stderr.write(": ".join(map(str, wrong)))
        if found.wrong:
            raise CommandError("Sums and ledger differ.")
        self.stdout.write("Sums and ledger agree.")
