"""Make the floor's tables, its one person and ten notes, and print the key of her session."""

import os

import django


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor.settings"
    django.setup()

    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    from bench.floor.models import Note

    call_command("migrate", "--run-syncdb", verbosity=0)
    person, _new = User.objects.get_or_create(username="floor")
    if not Note.objects.exists():
        Note.objects.bulk_create(Note(text=f"This is note number {n}") for n in range(10))
    client = Client()
    client.force_login(person)
    print(client.cookies["sessionid"].value)


if __name__ == "__main__":
    main()
