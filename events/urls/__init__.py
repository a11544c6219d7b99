"""The addresses of events, joined from their parts."""

from events.urls import after, calling, coming, dates, days, events, programme

app_name = "events"
urlpatterns = [
    *events.urlpatterns,
    *calling.urlpatterns,
    *programme.urlpatterns,
    *coming.urlpatterns,
    *dates.urlpatterns,
    *days.urlpatterns,
    *after.urlpatterns,
]
