"""The platform's addresses as in development."""

from django.urls import path

from plg_platform import development
from plg_platform.urls import urlpatterns as ours

urlpatterns = [
    *ours,
    path("mailbox/", development.mailbox, name="mailbox"),
    path("mailbox/<str:name>", development.letter, name="mailbox_letter"),
    path("previews/", development.previews, name="previews"),
    path("previews/<str:kind>/<str:voice>", development.preview, name="preview"),
]
