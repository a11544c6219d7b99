"""The programme: making it, releasing it, reading it."""

from django.urls import path

from events.views import planner, programme

urlpatterns = [
    path("<int:pk>/planner/", planner.planner, name="planner"),
    path("<int:pk>/place/", planner.place, name="place"),
    path("<int:pk>/rooms/", planner.rooms, name="rooms"),
    path("rooms/<int:pk>/", planner.edit_room, name="edit_room"),
    path("rooms/<int:pk>/remove/", planner.remove_room, name="remove_room"),
    path("<int:pk>/slots/", planner.slots, name="slots"),
    path("slots/<int:pk>/", planner.edit_slot, name="edit_slot"),
    path("slots/<int:pk>/remove/", planner.remove_slot, name="remove_slot"),
    path("<int:pk>/sessions/", planner.add_session, name="add_session"),
    path("sessions/<int:pk>/edit/", planner.edit_session, name="edit_session"),
    path("sessions/<int:pk>/remove/", planner.remove_session, name="remove_session"),
    path("<int:pk>/release/", planner.release, name="release"),
    path("<int:pk>/programme/", programme.programme, name="programme"),
    path("<int:pk>/programme/worker.js", programme.programme_worker, name="programme_worker"),
    path("<int:pk>/favourite/", programme.favourite, name="favourite"),
    path("sessions/<int:pk>/", programme.session, name="session"),
    path("<int:pk>/calendar/", programme.my_calendar, name="my_calendar"),
    path("<int:pk>/calendar.ics", programme.calendar, name="calendar"),
    path("feed/<str:token>.ics", programme.my_feed, name="my_feed"),
    path("<int:pk>/schedule.json", programme.schedule_json, name="schedule_json"),
]
