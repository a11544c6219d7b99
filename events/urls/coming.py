"""Registering: oneself, others, guests; the waiting list; who comes."""

from django.urls import path

from events.views import coming, guests, lists

urlpatterns = [
    path("<int:pk>/register/", coming.register, name="register"),
    path("<int:pk>/register/others/", coming.register_others, name="register_others"),
    path("<int:pk>/register/guest/", guests.register_guest, name="register_guest"),
    path("guests/<str:token>/", guests.confirm_guest, name="confirm_guest"),
    path("registrations/<int:pk>/edit/", coming.edit_registration, name="edit_registration"),
    path("registrations/<int:pk>/cancel/", coming.cancel_registration, name="cancel_registration"),
    path("registrations/<int:pk>/answer/", coming.answer_offer, name="answer_offer"),
    path("place/<str:token>/", guests.offer, name="offer"),
    path("<int:pk>/registrations/", lists.registrations, name="registrations"),
    path("<int:pk>/registrations/export/", lists.export_registrations, name="export_registrations"),
    path("registrations/<int:pk>/admit/", lists.admit, name="admit"),
    path("registrations/<int:pk>/decline/", lists.decline, name="decline"),
]
