"""Observing lessons, and talks with pupils.

Pages below `observe/` are kept on the device by the service worker that lies there; it looks after nothing else.
"""

from django.urls import path

from lessonstudy.views import observing as views

urlpatterns = [
    path("observe/worker.js", views.observe_worker, name="observe_worker"),
    path("observe/<int:pk>/", views.observe, name="observe"),
    path("observe/<int:pk>/state/", views.observe_state, name="observe_state"),
    path("observe/<int:pk>/send/", views.send, name="send"),
    path("observe/<int:pk>/photo/", views.photo, name="photo"),
    path("observe/<int:pk>/note/", views.note, name="note"),
    path("observe/<int:pk>/begin/", views.begin_lesson, name="begin_lesson"),
    path("observe/<int:pk>/hand-in/", views.hand_in, name="hand_in"),
    path("notes/<int:pk>/", views.change_note, name="change_note"),
    path("notes/<int:pk>/withdraw/", views.withdraw_note, name="withdraw_note"),
    path("notes/<int:pk>/photo/", views.note_photo, name="note_photo"),
    path("lessons/<int:pk>/observers/", views.assign, name="assign"),
    path("observers/<int:pk>/absent/", views.absent, name="absent"),
    path("lessons/<int:pk>/talks/", views.interview, name="interview"),
    path("lessons/<int:pk>/talks/<int:pupil>/", views.interview_pupil, name="interview_pupil"),
]
