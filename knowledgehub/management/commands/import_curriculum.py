from django.core.management.base import BaseCommand, CommandError

from core.refusals import Refused
from knowledgehub import vocabularies


class Command(BaseCommand):
    """Bring in the curriculum of SLO; running it twice changes nothing the second time."""

    help = "Import core objectives, levels, subjects and subject terms from a folder with the JSON files of SLO."
    reader = staticmethod(vocabularies.import_curriculum)

    def add_arguments(self, parser):
        parser.add_argument("path")
        parser.add_argument("--allow-gone", action="store_true", help="accept a list in which many terms are missing")

    def handle(self, *, path, allow_gone, **options):
        """Read, save in one transaction, and report. Nothing is saved when any row is wrong."""
        try:
            report = self.reader(path, allow_gone=allow_gone, tell=self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as problem:
            raise CommandError(f"{problem.strerror}: {problem.filename}") from None
        for line in report.lines():
            self.stdout.write(line)
