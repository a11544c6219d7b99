"""The roof's own pages: landing or *Vandaag*, and the few public pages."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.timezone import localtime

from core.robots import for_robots
from plg_platform import homes


@login_not_required
@for_robots
def home(request):
    """The landing page for a stranger, *Vandaag* for who is signed in."""
    if not request.user.is_authenticated:
        return render(request, "landing.html")
    mine = homes.voices(request.user)
    chosen = request.GET.get("as") if request.GET.get("as") in mine else mine[0]
    context = homes.HOMES[chosen].context(request.user) | {
        "hello": homes.greeting(localtime().hour),
        "now": localtime(),
        "voices": homes.choices(request.user, chosen),
    }
    return render(request, f"home/{chosen}.html", context)


@login_not_required
@for_robots
def page(request, name):
    """A public page of text."""
    return render(request, f"pages/{name}.html")


@login_not_required
def forbidden(request, exception=None):
    """Seen but not allowed."""
    return render(request, "403.html", status=403)
