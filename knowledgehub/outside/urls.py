"""The addresses by which others come: short and lasting, hence without our own prefix where they are for machines."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from knowledgehub.outside.feeds import CollectionFeed, Newest
from knowledgehub.outside.views import harvested, web

app_name = "outside"
urlpatterns = [
    path("oai", harvested.oai, name="oai"),
    path("robots.txt", web.robots, name="robots"),
    path("sitemap.xml", web.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", web.sitemap_section, name="sitemap_section"),
    path("hub/feed/", login_not_required(Newest()), name="feed"),
    path("hub/collections/<int:pk>/feed/", login_not_required(CollectionFeed()), name="collection_feed"),
]
