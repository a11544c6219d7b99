from django.urls import path

from people import rights_views, views

app_name = "people"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("rhythm/", views.rhythm, name="rhythm"),
    path("security/", views.security, name="security"),
    path("welcome/", views.welcome, name="welcome"),
    path("welcome/skip/", views.skip_welcome, name="skip_welcome"),
    path("<int:pk>/photo/", views.photo, name="photo"),
    path("sign-out-everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("merge/", views.merge_start, name="merge_start"),
    path("merge/code/", views.merge_code, name="merge_code"),
    path("data/", rights_views.my_data, name="my_data"),
    path("data/ask/", rights_views.ask_data, name="ask_data"),
    path("data/fetch/<str:token>/", rights_views.fetch_data, name="fetch_data"),
    path("leave/", rights_views.leave, name="leave"),
    path("leave/code/", rights_views.leave_code, name="leave_code"),
    path("leave/stay/", rights_views.stay, name="stay"),
    path("merge/accounts/", views.merge, name="merge"),
]
