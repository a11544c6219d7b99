"""The addresses by which others come: short and lasting, hence without our own prefix where they are for machines."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from knowledgehub.outside.feeds import CollectionFeed, Newest
from knowledgehub.outside.views import harvest, harvested, material, web

app_name = "outside"
urlpatterns = [
    path("oai", harvested.oai, name="oai"),
    path("robots.txt", web.robots, name="robots"),
    path("sitemap.xml", web.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", web.sitemap_section, name="sitemap_section"),
    path("hub/feed/", login_not_required(Newest()), name="feed"),
    path("hub/collections/<int:pk>/feed/", login_not_required(CollectionFeed()), name="collection_feed"),
    path("hub/libraries/", harvest.sources, name="sources"),
    path("hub/libraries/<int:pk>/", harvest.source, name="source"),
    path("hub/libraries/<int:pk>/harvest/", harvest.harvest_source, name="harvest_source"),
    path("hub/libraries/<int:pk>/pause/", harvest.pause_source, name="pause_source"),
    path("hub/material/", material.material, name="material"),
    path("hub/material/sample/", material.material_sample, name="material_sample"),
    path("hub/material/<int:pk>/", material.check_material, name="check_material"),
    path("hub/material/<int:pk>/<int:row>/", material.answer_material, name="answer_material"),
    path("hub/material/<int:pk>/make/", material.make_material, name="make_material"),
    path("hub/material/<int:pk>/report/", material.material_report, name="material_report"),
]
