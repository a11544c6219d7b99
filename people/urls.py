from django.urls import path

from people import views

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
    path("merge/accounts/", views.merge, name="merge"),
]
