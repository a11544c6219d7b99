from django.urls import path

from plg_platform.mailroom import views

app_name = "mailroom"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/resend/", views.resend, name="resend"),
    path("resend/", views.resend_all, name="resend_all"),
    path("addresses/<int:pk>/release/", views.release, name="release"),
]
