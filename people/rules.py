"""Who may see a person's photo: whoever shares a PLG, a school or a board with her. Never a stranger."""

from django.db.models import Q

from core.registry import Registry

#: Whom a user knows: name -> function(user) -> Q over people. Filled in by the apps that bring people together.
acquaintances = Registry("acquaintances")


def view_photo(user):
    """One's own, and those of the people one works with."""
    known = Q(pk=user.pk)
    for of_app in acquaintances.values():
        known |= of_app(user)
    return known
