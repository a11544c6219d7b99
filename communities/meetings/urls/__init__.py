"""Addresses of meetings, one module a subject."""

from communities.meetings.urls import action_points, agenda, leading, meetings, minutes, polls, running

app_name = "meetings"
urlpatterns = [
    *meetings.urlpatterns,
    *agenda.urlpatterns,
    *polls.urlpatterns,
    *running.urlpatterns,
    *minutes.urlpatterns,
    *action_points.urlpatterns,
    *leading.urlpatterns,
]
