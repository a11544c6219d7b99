from django.urls import path

from activity import views

app_name = "activity"
urlpatterns = [
    path("", views.bell, name="bell"),
    path("count/", views.bell_count, name="bell_count"),
    path("<int:pk>/open/", views.open_notification, name="open"),
    path("read-all/", views.read_all, name="read_all"),
    path("mail/", views.choose_paces, name="paces"),
    path("mail/pause/", views.pause, name="pause"),
    path("mail/off/", views.turn, {"way": "off"}, name="turn_off"),
    path("mail/on/", views.turn, {"way": "on"}, name="turn_on"),
    path("letter/<str:token>", views.read_letter, name="read_letter"),
    path("mail/address/", views.address, name="address"),
    path("bounced/", views.bounced, name="bounced"),
    path("unsubscribe/<str:token>", views.unsubscribe, name="unsubscribe"),
]
