"""After the day: evaluation, certificates, attendance, posters, recordings."""

from django.urls import path

from events.views import after, gallery

urlpatterns = [
    path("<int:pk>/evaluate/", after.evaluate, name="evaluate"),
    path("evaluate/<str:token>/", after.evaluate_by_mail, name="evaluate_by_mail"),
    path("<int:pk>/evaluation/", after.evaluation, name="evaluation"),
    path("<int:pk>/attendance/", after.attendance, name="attendance"),
    path("<int:pk>/attendance/everybody/", after.everybody_came, name="everybody_came"),
    path("registrations/<int:pk>/attendance/", after.correct_attendance, name="correct_attendance"),
    path("certificates/<int:pk>/", after.certificate, name="certificate"),
    path("<int:pk>/gallery/", gallery.gallery, name="gallery"),
    path("<int:pk>/recordings/", gallery.recordings, name="recordings"),
    path("contributions/<int:pk>/poster/", gallery.poster, name="poster"),
    path("posters/<int:pk>/<slug:size>/", gallery.poster_file, name="poster_file"),
]
