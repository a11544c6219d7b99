from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import path

from bench.floor.models import Note


@login_required
def page(request):
    """One query, one template."""
    return render(request, "floor.html", {"notes": Note.objects.order_by("-pk")[:10]})


urlpatterns = [path("", page)]
