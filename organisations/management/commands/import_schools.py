from django.core.management.base import BaseCommand, CommandError

from core.refusals import Refused
from organisations.imports import duo, geojson


class Command(BaseCommand):
    """Bring in the open lists of schools; running it twice changes nothing the second time."""

    help = "Import DUO's CSV of primary schools, or the GeoJSON of all sectors; name boards with --boards."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="schoolvestigingen_bo.csv, or .geojson or .geojson.gz")
        parser.add_argument("--boards", metavar="CSV", help="names of boards: bevoegd_gezag,kvk,naam,soort")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, save nothing")
        parser.add_argument("--allow-gone", action="store_true", help="accept a list in which many schools are missing")

    def handle(self, *, file, boards, dry_run, allow_gone, **options):
        """Read, save in one transaction, and report. Nothing is saved when any row is wrong."""
        if not file and not boards:
            raise CommandError("Name a file with schools, or --boards with a file of boards.")
        try:
            if file:
                reader = geojson if ".geojson" in file.lower() else duo
                self.report(reader.import_schools(file, dry_run=dry_run, allow_gone=allow_gone))
            if boards:
                self.report(duo.name_boards(boards, dry_run=dry_run))
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as problem:
            raise CommandError(f"{problem.strerror}: {problem.filename}") from None
        if dry_run:
            self.stdout.write("Nothing was saved: this was a dry run.")

    def report(self, report):
        """One line per finding."""
        for line in report.lines():
            self.stdout.write(line)
