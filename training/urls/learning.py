"""What a learner does, and who guides her."""

from django.urls import path

from training.views import feedback, learning, practice

urlpatterns = [
    path("enrolments/<int:pk>/", learning.enrolment, name="enrolment"),
    path("enrolments/<int:pk>/plg/", learning.choose_plg, name="choose_plg"),
    path("enrolments/<int:pk>/coach/", learning.name_coach, name="name_coach"),
    path("enrolments/<int:pk>/consent/", learning.consent, name="consent"),
    path("consent/<str:token>/", learning.consent_by_mail, name="consent_by_mail"),
    path("enrolments/<int:pk>/step/<slug:verb>/", learning.step, name="step"),
    path("enrolments/<int:pk>/pages/<int:page>/", learning.page, name="page"),
    path("enrolments/<int:pk>/questions/<int:question>/shown/", learning.show_question, name="show_question"),
    path("enrolments/<int:pk>/questions/<int:question>/answer/", learning.answer, name="answer"),
    path("enrolments/<int:pk>/assignments/<int:assignment>/", feedback.assignment, name="assignment"),
    path("submissions/<int:pk>/", feedback.submission, name="submission"),
    path("submissions/<int:pk>/feedback/", feedback.give_feedback, name="give_feedback"),
    path("submissions/<int:pk>/ask-peer/", feedback.ask_peer, name="ask_peer"),
    path("submissions/files/<int:pk>/", feedback.submission_file, name="submission_file"),
    path("peer/<int:pk>/", feedback.peer, name="peer"),
    path("enrolments/<int:pk>/practice/", practice.plan_practice, name="plan_practice"),
    path("practice/<int:pk>/", practice.practice, name="practice"),
    path("practice/<int:pk>/move/", practice.move_practice, name="move_practice"),
    path("practice/<int:pk>/<slug:verb>/", practice.practice_step, name="practice_step"),
    path("practice-consent/<str:token>/", practice.agree_by_mail, name="agree_by_mail"),
]
