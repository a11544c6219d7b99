from django.urls import path

from participation.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("of/<int:pk>/", views.of_plg, name="of_plg"),
    path("of/<int:pk>/begin/", views.begin, name="begin"),
    path("network/<int:pk>/", views.of_network, name="of_network"),
    path("network/<int:pk>/begin/", views.begin_network, name="begin_network"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/write/", views.write, name="write"),
    path("<int:pk>/redraft/", views.redraft, name="redraft"),
    path("<int:pk>/lay/", views.lay, name="lay"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/fine/", views.fine, name="fine"),
    path("<int:pk>/no/", views.say_no, name="say_no"),
    path("<int:pk>/take-no-back/", views.take_no_back, name="take_no_back"),
    path("<int:pk>/agree/", views.agree, name="agree"),
    path("<int:pk>/decline/", views.decline, name="decline"),
    path("<int:pk>/release/", views.release, name="release"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<int:pk>/pdf/", views.report_pdf, name="pdf"),
]
