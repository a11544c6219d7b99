from django.urls import path

from lessonstudy.views import cycles, lessons, team

urlpatterns = [
    path("", cycles.index, name="index"),
    path("running/", cycles.running, name="running"),
    path("in/<int:pk>/", cycles.in_plg, name="in_plg"),
    path("start/", cycles.start, name="start"),
    path("<int:pk>/", cycles.detail, name="detail"),
    path("<int:pk>/edit/", cycles.edit, name="edit"),
    path("<int:pk>/history/", cycles.history, name="history"),
    path("<int:pk>/step/<slug:verb>/", cycles.step, name="step"),
    path("<int:pk>/halt/", cycles.halt, name="halt"),
    path("<int:pk>/resume/", cycles.resume, name="resume"),
    path("<int:pk>/members/", team.members, name="members"),
    path("members/<int:pk>/", team.role, name="role"),
    path("members/<int:pk>/hand-over/", team.hand_over, name="hand_over"),
    path("members/<int:pk>/leave/", team.leave, name="leave"),
    path("<int:pk>/charter/", team.charter, name="charter"),
    path("<int:pk>/charter/accept/", team.accept_charter, name="accept_charter"),
    path("<int:pk>/sources/", team.sources, name="sources"),
    path("sources/<int:pk>/", team.source, name="source"),
    path("sources/<int:pk>/remove/", team.remove_source, name="remove_source"),
    path("<int:pk>/pupils/", team.pupils, name="pupils"),
    path("pupils/<int:pk>/", team.pupil, name="pupil"),
    path("pupils/<int:pk>/remove/", team.remove_pupil, name="remove_pupil"),
    path("<int:pk>/texts/", team.texts, name="texts"),
    path("<int:pk>/arrange/", lessons.arrange, name="arrange"),
    path("lessons/<int:pk>/", lessons.lesson, name="lesson"),
]
