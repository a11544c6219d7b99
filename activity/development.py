"""Pages for developers only: the mailbox of `make run`, and every letter in all voices."""

from django.http import HttpResponse


def mailbox(request):
    """The letters that were sent on this machine."""
    return HttpResponse("")


def letter(request, name):
    """One letter."""
    return HttpResponse("")


def previews(request):
    """All kinds of letters."""
    return HttpResponse("")


def preview(request, kind, voice):
    """One kind in one voice."""
    return HttpResponse("")
