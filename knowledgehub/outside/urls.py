"""The addresses by which others come: short and lasting, hence without our own prefix where they are for machines."""

from django.urls import path

from knowledgehub.outside.views import harvested

app_name = "outside"
urlpatterns = [
    path("oai", harvested.oai, name="oai"),
]
