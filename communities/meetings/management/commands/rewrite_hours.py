from django.core.management.base import BaseCommand

from communities.meetings import ledger


class Command(BaseCommand):
    """Read the hours of all meetings anew from their attendance, and say what differed."""

    help = "Rebuild the ledger of hours from the attendance of meetings, and say what differed."

    def add_arguments(self, parser):
        """Looking is allowed without touching."""
        parser.add_argument("--dry-run", action="store_true", help="Only say what differs; change nothing.")

    def handle(self, *args, dry_run=False, **options):
        """Compare, write, report."""
        found = ledger.rewrite(dry_run=dry_run)
        for word, rows in (("missing", found.missing), ("wrong", found.wrong), ("too many", found.extra)):
            for row in rows[:50]:
                self.stdout.write(f"{word}: person {row[0]}, {row[1]}")
        self.stdout.write(
            f"{found.right} rows were right, {len(found.missing)} missing, "
            f"{len(found.wrong)} wrong, {len(found.extra)} too many."
        )
        if dry_run:
            self.stdout.write("Nothing was changed.")
