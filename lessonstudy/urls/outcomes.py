"""What a lesson brought, and what the cycle leaves: matrix, discussion, outcome."""

from django.urls import path

from lessonstudy.views import analysis, discussion, matrix, outcome

urlpatterns = [
    path("lessons/<int:pk>/matrix/", matrix.matrix, name="matrix"),
    path("lessons/<int:pk>/matrix/cell/", matrix.cell, name="cell"),
    path("lessons/<int:pk>/matrix/paper/", matrix.matrix_paper, name="matrix_paper"),
    path("lessons/<int:pk>/patterns/add/", analysis.add_pattern, name="add_pattern"),
    path("patterns/<int:pk>/", analysis.edit_pattern, name="edit_pattern"),
    path("patterns/<int:pk>/remove/", analysis.remove_pattern, name="remove_pattern"),
    path("lessons/<int:pk>/thoughts/add/", analysis.add_thought, name="add_thought"),
    path("thoughts/<int:pk>/", analysis.edit_thought, name="edit_thought"),
    path("thoughts/<int:pk>/second/", analysis.second_thought, name="second_thought"),
    path("thoughts/<int:pk>/remove/", analysis.remove_thought, name="remove_thought"),
    path("lessons/<int:pk>/revisions/add/", analysis.add_revision, name="add_revision"),
    path("revisions/<int:pk>/", analysis.edit_revision, name="edit_revision"),
    path("revisions/<int:pk>/put-in/", analysis.put_in_revision, name="put_in_revision"),
    path("revisions/<int:pk>/remove/", analysis.remove_revision, name="remove_revision"),
    path("lessons/<int:pk>/discussion/", discussion.discussion, name="discussion"),
    path("lessons/<int:pk>/discussion/start/", discussion.start_discussion, name="start_discussion"),
    path("lessons/<int:pk>/discussion/words/", discussion.keep_words, name="keep_words"),
    path("lessons/<int:pk>/findings/<int:pupil>/", discussion.keep_finding, name="keep_finding"),
    path("<int:pk>/outcome/", outcome.outcome, name="outcome"),
    path("<int:pk>/outcome/check/", outcome.check_outcome, name="check_outcome"),
    path("<int:pk>/outcome/agree/", outcome.agree_outcome, name="agree_outcome"),
    path("<int:pk>/outcome/poster/", outcome.poster, name="poster"),
]
