"""The addresses of the KennisHub; each part has its own module."""

from knowledgehub.urls import making, sharing, using

app_name = "knowledgehub"
urlpatterns = [*making.urlpatterns, *sharing.urlpatterns, *using.urlpatterns]
