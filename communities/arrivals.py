"""Coming in by a link from the mail: the link proves the address, so an account may begin with it."""

from allauth.account.models import EmailAddress
from django.contrib.auth import login
from django.utils.timezone import now

from activity.journal import record
from core.registry import claims
from people.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin_account(address, *, name, language="nl"):
    """An account for a mail address that a link from its own mailbox proved."""
    person = User.objects.create_user(address, None, name=name, language=language)
    return first_time(person, name=name)


def first_time(person, *, name):
    """Somebody is here for the first time, by a link from her own mailbox: what was kept for the address is hers."""
    person.name = person.name or name
    person.joined_at = now()
    person.save(update_fields=["name", "sort_name", "joined_at"])
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    for claim in claims.values():
        claim(person, person.email)
    record("people.joined", by=person, about=person)
    return person


def sign_in(request, person):
    """Sign somebody in whose address was proven just now."""
    login(request, person, backend=BACKEND)
