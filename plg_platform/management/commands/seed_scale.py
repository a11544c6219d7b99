import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from organisations.models import Board
from plg_platform.demo import scale


class Command(BaseCommand):
    """`manage.py seed_scale --people N`: data in the proportions of the whole country, for measuring."""

    help = "Fills the database with N invented people, their schools, PLGs and meetings. Never in production."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=10_000)
        parser.add_argument("--boards", type=int, default=0, help="else in proportion")
        parser.add_argument("--schools", type=int, default=0, help="else in proportion")
        parser.add_argument("--years", type=int, default=0, help="so many school years of hours and figures")
        parser.add_argument("--rows", type=int, default=0, help="of the ledger for each person; 0: only figures")
        parser.add_argument("--quiet", action="store_true", help="people, places and PLGs only: no meetings, no talk")

    def handle(self, *, people, boards, schools, years, rows, quiet, **options):
        if not (settings.DEBUG or settings.TESTING):
            raise CommandError("This is a place for real people: nothing was written.")
        if people < scale.PLG_SIZE:
            raise CommandError(f"At least {scale.PLG_SIZE} people.")
        if Board.objects.filter(number="90000").exists():
            raise CommandError("This database was filled already. Start again with: make demo")
        begin = time.monotonic()
        counts = scale.seed(people, boards=boards, schools=schools, years=years, rows=rows, talk=not quiet)
        rows = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stdout.write(f"{rows} in {time.monotonic() - begin:.1f} s")
