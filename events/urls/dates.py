"""Choosing workshops, and speed-dates."""

from django.urls import path

from events.views import choosing, dates

urlpatterns = [
    path("<int:pk>/choose/", choosing.choose, name="choose"),
    path("<int:pk>/allocate/", choosing.allocate, name="allocate"),
    path("sessions/<int:pk>/seat/", choosing.take_seat, name="take_seat"),
    path("seats/<int:pk>/leave/", choosing.leave_seat, name="leave_seat"),
    path("seats/<int:pk>/answer/", choosing.answer_seat, name="answer_seat"),
    path("sessions/<int:pk>/dates/", dates.dates, name="dates"),
    path("sessions/<int:pk>/dates/do/", dates.step_dates, name="step_dates"),
    path("sessions/<int:pk>/screen/", dates.screen, name="screen"),
    path("sessions/<int:pk>/dates/mine/", dates.my_dates, name="my_dates"),
    path("rounds/<int:pk>/say/", dates.say, name="say"),
]
