"""Date polls, and the planner's ways from one school year to the next."""

from django.urls import path

from communities.meetings.views import planning, polls, series

urlpatterns = [
    path("of/<int:pk>/poll/", polls.open_poll, name="open_poll"),
    path("polls/<int:pk>/", polls.poll, name="poll"),
    path("polls/<int:pk>/vote/", polls.vote, name="vote"),
    path("polls/<int:pk>/decide/", polls.decide_poll, name="decide_poll"),
    path("polls/<int:pk>/edit/", polls.edit_poll, name="edit_poll"),
    path("polls/<int:pk>/withdraw/", polls.withdraw_poll, name="withdraw_poll"),
    path("vote/<str:token>/", polls.vote_by_mail, name="vote_by_mail"),
    path("series/<int:pk>/roll-over/", planning.roll_over, name="roll_over"),
    path("<int:pk>/series/", series.change_series, name="change_series"),
]
