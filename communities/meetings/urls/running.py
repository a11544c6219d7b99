"""A session that is being run: its screens, its deeds, its board in the room."""

from django.urls import path

from communities.meetings.views import running as views

urlpatterns = [
    path("join/", views.run_join, name="run_join"),
    path("<int:pk>/start/", views.start_run, name="start_run"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("runs/<int:pk>/state/", views.run_state, name="run_state"),
    path("runs/<int:pk>/board/", views.run_board, name="run_board"),
    path("runs/<int:pk>/join/", views.join_run, name="join_run"),
    path("runs/<int:pk>/next/", views.next_step, name="next_step"),
    path("runs/<int:pk>/back/", views.previous_step, name="previous_step"),
    path("runs/<int:pk>/skip/", views.skip_step, name="skip_step"),
    path("runs/<int:pk>/pause/", views.pause, name="pause"),
    path("runs/<int:pk>/resume/", views.resume, name="resume"),
    path("runs/<int:pk>/minutes/", views.change_minutes, name="change_minutes"),
    path("runs/<int:pk>/notes/", views.take_notes, name="take_notes"),
    path("runs/<int:pk>/seat/", views.seat, name="seat"),
    path("runs/<int:pk>/seats/", views.seat_all, name="seat_all"),
    path("runs/<int:pk>/roles/", views.give_roles, name="give_roles"),
    path("runs/<int:pk>/write/", views.write_line, name="write_line"),
    path("runs/<int:pk>/own/", views.write_own, name="write_own"),
    path("runs/<int:pk>/agree/", views.agree_in_run, name="agree_in_run"),
    path("runs/<int:pk>/end/", views.end_run, name="end_run"),
    path("runs/<int:pk>/ticket/", views.hand_in_ticket, name="hand_in_ticket"),
    path("runs/lines/<int:pk>/", views.edit_line, name="edit_line"),
    path("runs/lines/<int:pk>/withdraw/", views.withdraw_line, name="withdraw_line"),
]
