from django.core.management.base import BaseCommand, CommandError

from training import content


class Command(BaseCommand):
    """Bring in the programmes that come with the platform; running it twice changes nothing the second time."""

    help = "Loads the facilitator programme and the short courses; a changed text becomes a new version."

    def handle(self, **options):
        try:
            versions = content.load()
        except content.Spoilt as problem:
            raise CommandError(str(problem)) from None
        for version in versions:
            self.stdout.write(f"{version.programme.key}: version {version.number}, {version.title}")
        if not versions:
            self.stdout.write("Nothing changed.")
