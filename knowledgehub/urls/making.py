"""Adding, changing and publishing, and the page of a resource."""

from django.urls import path

from knowledgehub.views import files, pages

urlpatterns = [
    path("mine/", pages.mine, name="mine"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/versions/<int:number>/", pages.version, name="version"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/preview/", files.preview, name="preview"),
    path("files/<int:pk>/pages/<int:number>/", files.page, name="page"),
]
