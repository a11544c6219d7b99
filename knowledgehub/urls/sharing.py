"""Who sees it, links, reviews, versions of one's own, and what is not right."""

from django.urls import path

from knowledgehub.views import adapting, audience, links, objecting, reviewing

urlpatterns = [
    path("<int:pk>/audience/", audience.audience, name="audience"),
    path("<int:pk>/links/", links.links, name="links"),
    path("links/<int:pk>/revoke/", links.revoke_link, name="revoke_link"),
    path("link/<str:key>/", links.link, name="link"),
    path("link/<str:key>/files/<int:pk>/", links.link_file, name="link_file"),
    path("link/<str:key>/files/<int:pk>/preview/", links.link_preview, name="link_preview"),
    path("link/<str:key>/files/<int:pk>/pages/<int:number>/", links.link_page, name="link_page"),
    path("waiting/", reviewing.waiting, name="waiting"),
    path("<int:pk>/offer/", reviewing.offer, name="offer"),
    path("reviews/<int:pk>/", reviewing.review, name="review"),
    path("reviews/<int:pk>/remark/", reviewing.remark, name="remark"),
    path("reviews/<int:pk>/agree/", reviewing.agree, name="agree"),
    path("reviews/<int:pk>/not-yet/", reviewing.not_yet, name="not_yet"),
    path("reviews/<int:pk>/take-back/", reviewing.take_back, name="take_back"),
    path("<int:pk>/adapt/", adapting.adapt, name="adapt"),
    path("<int:pk>/report/", objecting.report, name="report"),
    path("<int:pk>/show-again/", objecting.show_again, name="show_again"),
    path("objections/<int:pk>/", objecting.objection, name="objection"),
]
