from django.core.management.base import BaseCommand

from activity import sending


class Command(BaseCommand):
    help = "Send the letters that are due now, without a broker or worker (what the tick does each minute)."

    def handle(self, **options):
        sending.give_back_lost()
        self.stdout.write(f"{sending.send_due()}")
