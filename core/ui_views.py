"""The gallery of components."""

from django.shortcuts import render


def gallery(request):
    """Every component in all its states."""
    return render(request, "ui/gallery.html")
