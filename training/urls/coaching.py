"""Coaching and mentoring: two people, and nobody else."""

from django.urls import path

from training.views import coaching, notebooks

urlpatterns = [
    path("coaching/", coaching.coachings, name="coachings"),
    path("coaching/offer/", coaching.coach_offer, name="coach_offer"),
    path("coaching/find/", coaching.find_coach, name="find_coach"),
    path("coaching/find/<int:pk>/", coaching.propose_coaching, name="propose_coaching"),
    path("enrolments/<int:pk>/coaching/", coaching.coach_learner, name="coach_learner"),
    path("coaching/<int:pk>/", coaching.coaching, name="coaching"),
    path("coaching/<int:pk>/step/<slug:verb>/", coaching.coaching_step, name="coaching_step"),
    path("coaching/<int:pk>/look-back/", coaching.look_back, name="look_back"),
    path("coaching/<int:pk>/goals/add/", notebooks.add_goal, name="add_goal"),
    path("coaching/goals/<int:pk>/", notebooks.edit_goal, name="edit_goal"),
    path("coaching/<int:pk>/talks/add/", notebooks.add_talk, name="add_talk"),
    path("coaching/talks/<int:pk>/", notebooks.edit_talk, name="edit_talk"),
    path("coaching/talks/<int:pk>/remove/", notebooks.remove_talk, name="remove_talk"),
    path("coaching/<int:pk>/notes/add/", notebooks.add_note, name="add_note"),
    path("coaching/notes/<int:pk>/", notebooks.edit_note, name="edit_note"),
    path("coaching/notes/<int:pk>/remove/", notebooks.remove_note, name="remove_note"),
]
