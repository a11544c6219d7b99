"""School accounts and recovery; part of organisations.urls."""

from django.urls import path

from organisations.views import recovery, sign_on

urlpatterns = [
    path("school-account/", sign_on.school_account, name="school_account"),
    path("school-account/<int:pk>/start/", sign_on.start_school_account, name="start_school_account"),
    path("school-account/first/", sign_on.first_school_account, name="first_school_account"),
    path("school-account/code/", sign_on.school_account_code, name="school_account_code"),
    path("school-account/connect/", sign_on.connect_school_account, name="connect_school_account"),
    path("sign-on/", sign_on.sign_ons, name="sign_ons"),
    path("sign-on/add/<int:pk>/", sign_on.add_sign_on, name="add_sign_on"),
    path("sign-on/<int:pk>/", sign_on.sign_on, name="sign_on"),
    path("people/<int:pk>/second-step/", recovery.reset_second_step, name="reset_second_step"),
]
