from django.urls import path

from communities.meetings import views

urlpatterns = [
    path("", views.agenda, name="agenda"),
    path("calendar/", views.calendar_choice, name="calendar_choice"),
    path("calendar/renew/", views.renew_key, name="renew_key"),
    path("feed/<slug:key>.ics", views.feed, name="feed"),
    path("answer/<str:token>/", views.answer_by_mail, name="answer_by_mail"),
    path("of/<int:pk>/", views.index, name="index"),
    path("of/<int:pk>/dates/", views.dates, name="dates"),
    path("of/<int:pk>/plan/", views.plan, name="plan"),
    path("of/<int:pk>/add/", views.add, name="add"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/people/", views.people, name="people"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/room/", views.ask_room_for, name="ask_room_for"),
    path("<int:pk>/guests/", views.invite_guest, name="invite_guest"),
    path("<int:pk>/guests/release/", views.release_guest, name="release_guest"),
    path("<int:pk>/attendance/", views.attendance, name="attendance"),
    path("<int:pk>/attendance/mark/", views.mark, name="mark"),
    path("<int:pk>/attendance/all/", views.mark_all, name="mark_all"),
]
