"""Addresses of innovation time and of room in the timetable; part of the namespace of organisations."""

from django.urls import path

from organisations.views import room, time

urlpatterns = [
    path("places/boards/<int:pk>/time/", time.time_rules, name="time_rules"),
    path("places/boards/<int:pk>/time/copy/", time.copy_time_rules, name="copy_time_rules"),
    path("places/boards/<int:pk>/time/apply/", time.apply_time_rules, name="apply_time_rules"),
    path("places/schools/<int:pk>/time/", time.school_time, name="school_time"),
    path("time/rules/<int:pk>/edit/", time.edit_time_rule, name="edit_time_rule"),
    path("time/rules/<int:pk>/remove/", time.remove_time_rule, name="remove_time_rule"),
    path("time/budgets/<int:pk>/edit/", time.edit_time_budget, name="edit_time_budget"),
    path("timetable/", room.timetable, name="timetable"),
    path("timetable/timetable.pdf", room.timetable_pdf, name="timetable_pdf"),
    path("room/ask/", room.ask_room, name="ask_room"),
    path("room/<int:pk>/grant/", room.grant_room, name="grant_room"),
    path("room/<int:pk>/talk/", room.talk_room, name="talk_room"),
    path("room/<int:pk>/take-back/", room.take_back_room, name="take_back_room"),
    path("room/<int:pk>/cover/", room.cover_room, name="cover_room"),
    path("room/<int:pk>/withdraw/", room.withdraw_room, name="withdraw_room"),
]
