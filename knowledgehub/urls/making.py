"""Adding, changing and publishing, and the page of a resource."""

from django.urls import path

from knowledgehub.views import files, making, pages, uploads

urlpatterns = [
    path("add/", making.add, name="add"),
    path("mine/", pages.mine, name="mine"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/edit/", making.edit, name="edit"),
    path("<int:pk>/edit/files/", making.edit_files, name="edit_files"),
    path("<int:pk>/edit/link/", making.link_says, name="link_says"),
    path("<int:pk>/edit/objectives/", making.objectives, name="objectives"),
    path("<int:pk>/files/", making.add_files, name="add_files"),
    path("<int:pk>/new-version/", making.new_version, name="new_version"),
    path("<int:pk>/discard/", making.discard, name="discard"),
    path("<int:pk>/withdraw/", making.withdraw, name="withdraw"),
    path("<int:pk>/take-back/", making.take_back, name="take_back_from_makers"),
    path("<int:pk>/versions/", pages.versions, name="versions"),
    path("<int:pk>/versions/<int:number>/", pages.version, name="version"),
    path("approvals/<int:pk>/", making.approve, name="approve"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/preview/", files.preview, name="preview"),
    path("files/<int:pk>/pages/<int:number>/", files.page, name="page"),
    path("files/<int:pk>/remove/", making.remove_file, name="remove_file"),
    path("files/<int:pk>/first/", making.put_file_first, name="put_file_first"),
    path("uploads/of/<int:pk>/", uploads.uploads, name="uploads"),
    path("uploads/<uuid:key>/", uploads.upload, name="upload"),
    path("uploads/<uuid:key>/take-out/", uploads.take_out_upload, name="take_out_upload"),
]
