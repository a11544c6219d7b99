"""Addresses of conversations."""

from django.urls import path

from communities.discussions import views

app_name = "discussions"
urlpatterns = [
    path("", views.network, name="network"),
    path("of/<int:pk>/", views.index, name="index"),
    path("of/<int:pk>/open/", views.open_topic, name="open_topic"),
    path("of/<int:pk>/ask-network/", views.ask_network, name="ask_network"),
    path("of/<int:pk>/people/", views.people, name="people"),
    path("of/<int:pk>/draft/", views.keep_draft, name="keep_draft"),
    path("preview/", views.preview, name="preview"),
    path("<int:pk>/", views.topic, name="topic"),
    path("<int:pk>/posts/", views.posts, name="posts"),
    path("<int:pk>/reply/", views.reply, name="reply"),
    path("<int:pk>/read/", views.read, name="read"),
    path("<int:pk>/level/", views.choose_level, name="choose_level"),
    path("<int:pk>/draft/", views.keep_reply_draft, name="keep_reply_draft"),
    path("<int:pk>/edit/", views.edit_topic, name="edit_topic"),
    path("<int:pk>/pin/", views.pin, name="pin"),
    path("<int:pk>/unpin/", views.unpin, name="unpin"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/move/", views.move, name="move"),
    path("posts/<int:pk>/", views.post, name="post"),
    path("posts/<int:pk>/more/", views.more, name="more"),
    path("posts/<int:pk>/edit/", views.edit_post, name="edit_post"),
    path("posts/<int:pk>/draft/", views.keep_edit_draft, name="keep_edit_draft"),
    path("posts/<int:pk>/history/", views.history, name="history"),
    path("posts/<int:pk>/react/", views.react, name="react"),
    path("posts/<int:pk>/accept/", views.accept, name="accept"),
    path("posts/<int:pk>/remove/", views.remove, name="remove"),
    path("posts/<int:pk>/restore/", views.restore, name="restore"),
    path("posts/<int:pk>/report/", views.report, name="report"),
    path("reports/<int:pk>/settle/", views.settle_report, name="settle_report"),
    path("files/<int:pk>/", views.attachment, name="attachment"),
]
