"""Every address of the platform, app by app."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from core.names import likely_names_in
from core.streams import stream
from plg_platform import views
from plg_platform.second_factor import second_factor

handler403 = "plg_platform.views.forbidden"

# Django's own sign-in of the technical pages knows no second step and no limits.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", views.home, name="home"),
    path("privacy/", views.page, {"name": "privacy"}, name="privacy"),
    path("accessibility/", views.page, {"name": "accessibility"}, name="accessibility"),
    # Said aloud and typed from the screen in the room: hence short, and Dutch.
    path("mee/", RedirectView.as_view(pattern_name="meetings:run_join", query_string=True), name="short_join"),
    path("help/", views.page, {"name": "help"}, name="help"),
    path("health/", include("plg_platform.health.urls")),
    path("stream/<str:token>", stream, name="stream"),
    path("likely-names/", likely_names_in, name="likely_names"),
    path("second-factor/", second_factor, name="second_factor"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("account/", include("allauth.urls")),
    path("people/", include("people.urls")),
    path("organisations/", include("organisations.urls")),
    path("communities/", include("communities.urls")),
    path("meetings/", include("communities.meetings.urls")),
    path("discussions/", include("communities.discussions.urls")),
    path("search/", include("communities.search.urls")),
    path("hub/", include("knowledgehub.urls")),
    path("hub/", include("knowledgehub.finding.urls")),
    path("hub/questions/", include("knowledgehub.questions.urls")),
    path("", include("knowledgehub.outside.urls")),
    path("lessonstudy/visits/", include("lessonstudy.visits.urls")),
    path("lessonstudy/", include("lessonstudy.urls")),
    path("events/", include("events.urls")),
    path("training/", include("training.urls")),
    path("credentials/", include("training.credentials.urls")),
    path(".well-known/", include("training.credentials.urls_known")),
    path("participation/", include("participation.urls")),
    path("impact/", include("participation.impact.urls")),
    path("reports/", include("participation.reports.urls")),
    path("funding/", include("participation.funding.urls")),
    path("learning/", include("participation.learning.urls")),
    path("activity/", include("activity.urls")),
    path("mail/", include("plg_platform.mailroom.urls")),
    path("technical/", admin.site.urls),
]

if settings.DEMO:
    from plg_platform.demo.views import demo_sign_in

    urlpatterns += [path("demo/sign-in/", demo_sign_in, name="demo_sign_in")]

if settings.DEBUG:
    from core.ui_views import gallery
    from plg_platform import development

    urlpatterns += [
        path("ui/", gallery, name="gallery"),
        path("mailbox/", development.mailbox, name="mailbox"),
        path("mailbox/<str:name>", development.letter, name="mailbox_letter"),
        path("previews/", development.previews, name="previews"),
        path("previews/<str:kind>/<str:voice>", development.preview, name="preview"),
    ]
