from django.core.management.base import BaseCommand

from knowledgehub.finding import index
from knowledgehub.models import Resource


class Command(BaseCommand):
    """`manage.py reindex_hub`: compare what is found in the KennisHub with what there is, and mend; safe at work."""

    help = "Makes the search index of the KennisHub whole again, and counts its words."

    def handle(self, **options):
        total = Resource.objects.count()
        wrong = index.heal(tell=lambda done: self._progress(f"{done} of {total}"))
        self.stdout.write(f"{wrong} mended")

    def _progress(self, text):
        if self.stdout.isatty():
            self.stdout.write(f"\r{text}", ending="\n" if text.split()[0] == text.split()[-1] else "")
