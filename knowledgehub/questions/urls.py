"""Addresses of questions to a network, and of those at a moment of a film."""

from django.urls import path

from knowledgehub.questions import views, views_of_films

app_name = "questions"
urlpatterns = [
    path("", views.index, name="index"),
    path("ask/", views.ask, name="ask"),
    path("similar/", views.look_similar, name="similar"),
    path("<int:pk>/", views.question, name="question"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/follow/", views.follow, name="follow"),
    path("<int:pk>/report/", views.report, name="report"),
    path("<int:pk>/show-again/", views.show_again, name="show_again"),
    path("<int:pk>/promote/", views.promote, name="promote"),
    path("answers/<int:pk>/edit/", views.edit_answer, name="edit_answer"),
    path("answers/<int:pk>/remove/", views.remove_answer, name="remove_answer"),
    path("answers/<int:pk>/accept/", views.accept, name="accept"),
    path("reports/<int:pk>/settle/", views.settle, name="settle"),
    path("films/<int:pk>/chapters/", views_of_films.chapters, name="chapters"),
    path("films/<int:pk>/ask/", views_of_films.ask_at, name="ask_at"),
    path("moments/<int:pk>/answer/", views_of_films.answer_at, name="answer_at"),
    path("moments/<int:pk>/remove/", views_of_films.remove_moment, name="remove_moment"),
]
