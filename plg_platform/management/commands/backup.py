from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plg_platform import backups


class Command(BaseCommand):
    """`manage.py backup FOLDER`: rows, files and the sum of each, as they were at one moment."""

    help = "Writes everything to a new folder. Keep it as private as the database, and no longer than you promised."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder, **options):
        try:
            manifest = backups.make(folder)
        except FileExistsError:
            raise CommandError(f"{folder} is there already. Give each backup a folder of its own.") from None
        except OSError as error:
            raise CommandError(f"The backup was not made: {error}") from None
        files = sum(name.startswith("files/") for name in manifest["parts"])
        size = sum(part["bytes"] for part in manifest["parts"].values())
        self.stdout.write(f"{sum(manifest['rows'].values())} rows, {files} files, {size / 1e6:.1f} MB in {folder}")
