"""The day itself: now, my code, the door, badges, announcements."""

from django.urls import path

from events.views import days, door

urlpatterns = [
    path("<int:pk>/now/", days.now, name="now"),
    path("<int:pk>/code/", days.code, name="code"),
    path("<int:pk>/announce/", days.announce, name="announce"),
    path("<int:pk>/check-in/", door.check_in, name="check_in"),
    path("<int:pk>/check-in/send/", door.send_check_ins, name="send_check_ins"),
    path("<int:pk>/badges/", door.badges, name="badges"),
]
