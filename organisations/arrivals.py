"""Coming in by a link from the mail: the link proves the address, so an account may begin with it.

An account that is more than a name in a list is signed in to, past whatever protects it: a link alone never
opens it, for links are forwarded.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import login

from core import links
from people import actions as people
from people.models import User

BACKEND = "people.backends.PersonBackend"
PURPOSE = "organisations.invitation"


def link_of(invitation):
    """The address in the letter: it names this invitation and its mail address, for this one purpose."""
    token = links.sign(PURPOSE, invitation=invitation.pk, email=invitation.email)
    return links.url_for("organisations:accept", token)


def must_sign_in(person):
    """True for an account in which somebody was, that has a role, a password or a second step."""
    return (
        person.has_joined
        or person.is_staff
        or person.has_usable_password()
        or person.roles.exists()
        or Authenticator.objects.filter(user=person).exists()
    )


def begin_account(address, *, name, language="nl"):
    """An account for a mail address that a link from its own mailbox proved."""
    person = User.objects.create_user(address, None, name=name, language=language)
    return first_time(person, name=name)


def first_time(person, *, name):
    """Somebody is here for the first time, by a link from her own mailbox: what was kept for the address is hers."""
    person.name = name or person.name
    person.save(update_fields=["name", "sort_name"])
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    people.arrive(person)
    return person


def sign_in(request, person):
    """Sign somebody in whose address was proven just now; until the browser closes, for it may not be hers."""
    login(request, person, backend=BACKEND)
    request.session.set_expiry(0)
