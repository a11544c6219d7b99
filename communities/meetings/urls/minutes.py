"""Minutes: written, proposed, approved, printed."""

from django.urls import path

from communities.meetings.views import minutes as views

urlpatterns = [
    path("minutes/by-mail/<str:token>/", views.approve_by_mail, name="approve_by_mail"),
    path("<int:pk>/minutes/", views.minutes, name="minutes"),
    path("<int:pk>/minutes/begin/", views.begin_minutes, name="begin_minutes"),
    path("<int:pk>/minutes/write/", views.write_minutes, name="write_minutes"),
    path("<int:pk>/minutes/correct/", views.correct_minutes, name="correct_minutes"),
    path("<int:pk>/minutes/propose/", views.propose_minutes, name="propose_minutes"),
    path("<int:pk>/minutes/approve/", views.approve_minutes, name="approve_minutes"),
    path("<int:pk>/minutes/compare/", views.compare_minutes, name="compare_minutes"),
    path("<int:pk>/minutes/minutes.pdf", views.minutes_pdf, name="minutes_pdf"),
]
