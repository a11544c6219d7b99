"""The portfolio of a learner, and its assessment."""

from django.urls import path

from training.views import assessing, portfolio

urlpatterns = [
    path("enrolments/<int:pk>/portfolio/", portfolio.portfolio, name="portfolio"),
    path("enrolments/<int:pk>/portfolio/add/", portfolio.add_item, name="add_item"),
    path("enrolments/<int:pk>/portfolio/links/", portfolio.portfolio_links, name="portfolio_links"),
    path("portfolio/items/<int:pk>/", portfolio.edit_item, name="edit_item"),
    path("portfolio/items/<int:pk>/remove/", portfolio.remove_item, name="remove_item"),
    path("portfolio/items/<int:pk>/file/", portfolio.item_file, name="item_file"),
    path("portfolio/links/<int:pk>/revoke/", portfolio.revoke_portfolio_link, name="revoke_portfolio_link"),
    path("portfolio/<str:key>/", portfolio.shared_portfolio, name="shared_portfolio"),
    path("portfolio/<str:key>/files/<int:pk>/", portfolio.shared_file, name="shared_file"),
    path("enrolments/<int:pk>/hand-over/", assessing.hand_over, name="hand_over"),
    path("enrolments/<int:pk>/appeal/", assessing.appeal, name="appeal"),
    path("enrolments/<int:pk>/assessors/", assessing.assessors, name="assessors"),
    path("assessments/<int:pk>/", assessing.assessment, name="assessment"),
    path("assessments/<int:pk>/hand-back/", assessing.hand_back, name="hand_back"),
]
