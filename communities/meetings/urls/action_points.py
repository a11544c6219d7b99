"""Action points and try-outs, also from a letter without signing in."""

from django.urls import path

from communities.meetings.views import action_points as views

urlpatterns = [
    path("actions/", views.my_action_points, name="my_action_points"),
    path("actions/by-mail/<str:token>/", views.act_by_mail, name="act_by_mail"),
    path("actions/<int:pk>/", views.action_point, name="action_point"),
    path("actions/<int:pk>/answer/", views.answer_action, name="answer_action"),
    path("actions/<int:pk>/edit/", views.edit_action, name="edit_action"),
    path("actions/<int:pk>/drop/", views.drop_action, name="drop_action"),
    path("actions/<int:pk>/photo/", views.action_photo, name="action_photo"),
    path("of/<int:pk>/actions/", views.action_points, name="action_points"),
    path("of/<int:pk>/actions/agree/", views.agree, name="agree"),
]
