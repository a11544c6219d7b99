"""Where events meet the house: the main menu, and an address that gets an account."""

from django.utils.translation import gettext as _

from core.context import item


def items(user):
    """Where all events stand."""
    return [item("events:index", _("Innovation lab"), "bulb", 45)]


def claim(person, address):
    """From `core.registry.claims`: what an address registered for is hers who got an account with it."""
    from events.actions import after, waiting

    waiting.claim(person, address)
    after.settle_of(person)
