from django.core.management.base import BaseCommand, CommandError

from core.refusals import Refused
from knowledgehub.outside.harvest import keeping
from knowledgehub.outside.models import HarvestSource


class Command(BaseCommand):
    """Harvest the libraries that administrators named; running it twice changes nothing the second time."""

    help = "Harvest all libraries, or those with these numbers; --again from the beginning."

    def add_arguments(self, parser):
        parser.add_argument("number", nargs="*", type=int)
        parser.add_argument("--again", action="store_true", help="ask for everything, not only what changed")

    def handle(self, *, number, again, **options):
        """One line for each library."""
        sources = (
            HarvestSource.objects.filter(pk__in=number) if number else HarvestSource.objects.filter(paused_at=None)
        )
        if number and sources.count() < len(set(number)):
            raise CommandError("There is no such library.")
        failed = False
        for source in sources.order_by("pk"):
            if again:
                source.told_until = ""
            try:
                counts = keeping.harvest(source)
            except Refused as refusal:
                raise CommandError(f"{source}: {refusal}") from None
            source.refresh_from_db()
            failed = failed or bool(source.last_wrong)
            said = ", ".join(f"{count} {what}" for what, count in counts.items()) or "nothing new"
            self.stdout.write(f"{source}: {source.last_wrong or said}")
        if failed:
            raise CommandError("Not every library answered well.")
