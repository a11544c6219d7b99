from django.urls import path

from participation.funding import views

app_name = "funding"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/<str:kind>/<int:pk>/", views.add, name="add"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/date/", views.add_date, name="add_date"),
    path("<int:pk>/xlsx/", views.evidence_xlsx, name="evidence_xlsx"),
    path("<int:pk>/pdf/", views.evidence_pdf, name="evidence_pdf"),
    path("date/<int:pk>/report/", views.report, name="report"),
    path("date/<int:pk>/undo/", views.report_undone, name="report_undone"),
    path("date/<int:pk>/remove/", views.remove_date, name="remove_date"),
]
