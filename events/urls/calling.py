"""The call for contributions: offering, reading, choosing."""

from django.urls import path

from events.views import calling

urlpatterns = [
    path("<int:pk>/contribute/", calling.contribute, name="contribute"),
    path("<int:pk>/contributions/", calling.contributions, name="contributions"),
    path("<int:pk>/decide/", calling.decide, name="decide"),
    path("<int:pk>/decide/send/", calling.send_decisions, name="send_decisions"),
    path("contributions/<int:pk>/", calling.contribution, name="contribution"),
    path("contributions/<int:pk>/edit/", calling.edit_contribution, name="edit_contribution"),
    path("contributions/<int:pk>/step/", calling.step_contribution, name="step_contribution"),
    path("contributions/<int:pk>/authors/", calling.add_author, name="add_author"),
    path("contributions/<int:pk>/unavailable/", calling.unavailable, name="unavailable"),
    path("contributions/<int:pk>/review/", calling.review, name="review"),
    path("authors/<int:pk>/remove/", calling.remove_author, name="remove_author"),
    path("confirm/<str:token>/", calling.confirm_by_mail, name="confirm_by_mail"),
]
