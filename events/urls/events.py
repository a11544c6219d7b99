"""The event itself: finding, starting, changing, organising."""

from django.urls import path

from events.views import events, organising

urlpatterns = [
    path("", events.index, name="index"),
    path("next/", events.home_card, name="home_card"),
    path("start/", events.start, name="start"),
    path("<int:pk>/", events.detail, name="detail"),
    path("<int:pk>/step/", organising.step, name="step"),
    path("<int:pk>/edit/", organising.edit, name="edit"),
    path("<int:pk>/people/", organising.people, name="people"),
    path("<int:pk>/people/remove/", organising.remove_person, name="remove_person"),
    path("<int:pk>/questions/", organising.questions, name="questions"),
    path("<int:pk>/copy/", organising.copy, name="copy"),
]
