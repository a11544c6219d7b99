"""The demo's buttons on the sign-in page."""

from django.conf import settings


def roles(request):
    """The roles with a button: none outside a demo, none for who is signed in."""
    user = getattr(request, "user", None)
    return {} if user and user.is_authenticated else {"demo_roles": settings.DEMO_ROLES}
