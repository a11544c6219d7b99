"""The roof's own pages: landing or *Vandaag*, and the few public pages."""

from django.shortcuts import render


def home(request):
    """The landing page for a stranger, *Vandaag* for who is signed in."""
    return render(request, "landing.html")


def more(request):
    """On a phone: the rest of the menu."""
    return render(request, "more.html")


def page(request, name):
    """A public page of text."""
    return render(request, f"pages/{name}.html")


def forbidden(request, exception=None):
    """Seen but not allowed."""
    return render(request, "403.html", status=403)


def demo_sign_in(request):
    """Sign in as one of the demo people, in demo mode only."""
    return render(request, "403.html", status=403)
