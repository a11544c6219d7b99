from django.urls import path

from lessonstudy.visits import views

app_name = "visits"
urlpatterns = [
    path("", views.index, name="index"),
    path("in/<int:pk>/open/", views.open_visit, name="open_visit"),
    path("in/<int:pk>/swap/", views.swap, name="swap"),
    path("covers/", views.covers, name="covers"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/step/<slug:verb>/", views.step, name="step"),
    path("<int:pk>/feedback/", views.feedback, name="feedback"),
    path("<int:pk>/calendar.ics", views.calendar, name="calendar"),
]
