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

    def handle(self, *, people, **options):
        if not (settings.DEBUG or settings.TESTING):
            raise CommandError("This is a place for real people: nothing was written.")
        if people < scale.PLG_SIZE:
            raise CommandError(f"At least {scale.PLG_SIZE} people.")
        if Board.objects.filter(number="90000").exists():
            raise CommandError("This database was filled already. Start again with: make demo")
        begin = time.monotonic()
        counts = scale.seed(people)
        rows = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stdout.write(f"{rows} in {time.monotonic() - begin:.1f} s")
