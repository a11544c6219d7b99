"""The facilitator's cockpit."""

from django.urls import path

from communities.meetings.views import leading as views

urlpatterns = [
    path("leading/", views.cockpit, name="cockpit"),
    path("leading/<int:pk>/write/", views.nudge, name="nudge"),
]
