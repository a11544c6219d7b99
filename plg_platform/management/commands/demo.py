from django.core.management.base import BaseCommand, CommandError

from plg_platform.demo import build, staff


class Command(BaseCommand):
    """`manage.py demo [--fresh]`: fill the demo, and list the accounts worth trying."""

    help = "Fills the demo: two boards, nine schools, 120 people, 14 PLGs. Only with DEMO=1."

    def add_arguments(self, parser):
        parser.add_argument("--fresh", action="store_true", help="Replace everything that is there.")

    def handle(self, *args, fresh=False, **options):
        try:
            made = build.fill(fresh=fresh)
        except build.NotADemo as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(
            f"The demo is filled: {len(made.places.schools)} schools, {len(made.people)} people, "
            f"{len(made.communities)} PLGs. Accounts worth trying, all with the password {staff.PASSWORD}"
        )
        for part, name in staff.MAIN.items():
            self.stdout.write(f"  {part.replace('_', ' '):<15} {name:<18} {staff.main_address(part)}")
