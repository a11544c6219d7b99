from django.core.management.base import BaseCommand, CommandError

from communities.search import index
from communities.search.registry import sources


class Command(BaseCommand):
    """`manage.py reindex [source …]`: compare what can be found with what there is, and mend; safe at work."""

    help = "Makes the search index of PLGs whole again; also after the normaliser changed."

    def add_arguments(self, parser):
        parser.add_argument("source", nargs="*", help="only these: " + ", ".join(sources))

    def handle(self, *, source, **options):
        if unknown := set(source) - set(sources):
            raise CommandError(f"No source of what is found: {', '.join(sorted(unknown))}.")
        for name in source or sources:
            wrong = index.heal(name, tell=lambda done, name=name: self._progress(f"{name}: {done}"))
            self.stdout.write(f"{name}: {wrong} mended")

    def _progress(self, text):
        if self.stdout.isatty():
            self.stdout.write(f"\r{text}", ending="")
