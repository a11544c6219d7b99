from django.urls import path

from participation.learning import views

app_name = "learning"
urlpatterns = [
    path("", views.index, name="index"),
    path("school/<int:pk>/", views.school, name="school"),
    path("board/<int:pk>/", views.board, name="board"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/wish/", views.wish, name="wish"),
    path("<int:pk>/room/", views.room, name="room"),
    path("<int:pk>/look-back/", views.look_back, name="look_back"),
    path("<int:pk>/goal/", views.add_goal, name="add_goal"),
    path("<int:pk>/scan/", views.open_scan, name="open_scan"),
    path("goal/<int:pk>/edit/", views.edit_goal, name="edit_goal"),
    path("goal/<int:pk>/drop/", views.drop_goal, name="drop_goal"),
    path("scan/<int:pk>/", views.answer, name="answer"),
    path("scan/<int:pk>/close/", views.close_scan, name="close_scan"),
    path("starters/", views.starters, name="starters"),
    path("starters/<slug:key>/place/", views.place, name="place"),
    path("starters/<slug:key>/propose/", views.propose, name="propose"),
    path("proposal/<int:pk>/leave/", views.leave, name="leave"),
]
