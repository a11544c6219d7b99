from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plg_platform import backups


class Command(BaseCommand):
    """`manage.py restore FOLDER`: the platform as it was, without whoever was erased since."""

    help = "Puts a backup back. Stop web, worker and beat first."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--over", action="store_true", help="what stands in the database now goes")

    def handle(self, *, folder, over, **options):
        try:
            found = backups.put_back(folder, over=over)
        except (backups.Damaged, backups.NotPutBack) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{sum(found['rows'].values())} rows of {found['made_at']} are back; {found['erased']} people were erased "
            "again. Everybody signs in anew."
        )
