from django.urls import path

from training.credentials.views import keeping, own, public

app_name = "credentials"
urlpatterns = [
    path("", own.mine, name="mine"),
    path("approve/", keeping.approve, name="approve"),
    path("<int:pk>/", own.credential, name="credential"),
    path("<int:pk>/approve/", keeping.approve_one, name="approve_one"),
    path("<int:pk>/decline/", keeping.decline, name="decline"),
    path("<int:pk>/suspend/", keeping.suspend, name="suspend"),
    path("<int:pk>/restore/", keeping.restore, name="restore"),
    path("<int:pk>/revoke/", keeping.revoke, name="revoke"),
    path("<int:pk>/issue-anew/", keeping.reissue, name="reissue"),
    path("<int:pk>/ask-anew/", own.ask_anew, name="ask_anew"),
    path("<int:pk>/new-link/", own.new_link, name="new_link"),
    path("<int:pk>/certificate.pdf", own.paper, name="paper"),
    path("<int:pk>/badge.json", own.badge, name="badge"),
    path("quality/<int:pk>/", keeping.quality, name="quality"),
    path("quality/<int:pk>/approve/", keeping.approve_quality, name="approve_quality"),
    path("quality/<int:pk>/accreditation/", keeping.add_accreditation, name="add_accreditation"),
    path("accreditation/<int:pk>/remove/", keeping.remove_accreditation, name="remove_accreditation"),
    path("check/<uuid:uuid>/", public.verify, name="verify"),
    path("check/<uuid:uuid>/<str:key>/", public.verify_named, name="verify_named"),
    path("check/<uuid:uuid>/<str:key>/badge.json", public.badge_named, name="badge_named"),
    path("status/<int:pk>/<slug:purpose>/", public.status, name="status"),
]
