"""Addresses of using: how it went, saving, collections, taking along."""

from django.urls import path

from knowledgehub.views import collecting, using

urlpatterns = [
    path("<int:pk>/experiences/", using.show_experiences, name="experiences"),
    path("<int:pk>/tell/", using.tell, name="tell"),
    path("experiences/<int:pk>/edit/", using.edit_experience, name="edit_experience"),
    path("experiences/<int:pk>/remove/", using.remove_experience, name="remove_experience"),
    path("<int:pk>/take/", using.take, name="take"),
    path("bring/<slug:source>/<int:pk>/", using.bring, name="bring"),
    path("<int:pk>/zip/", using.download, name="download"),
    path("<int:pk>/seen/", using.seen, name="seen"),
    path("<int:pk>/counts/", using.counts, name="counts"),
    path("<int:pk>/save/", collecting.save, name="save"),
    path("saved/", collecting.saved, name="saved"),
    path("finds/", collecting.finds, name="finds"),
    path("themes/", collecting.themes, name="themes"),
    path("themes/follow/", collecting.follow_theme, name="follow_theme"),
    path("<int:pk>/collect/", collecting.collect, name="collect"),
    path("collections/", collecting.collections, name="collections"),
    path("collections/begin/", collecting.begin_collection, name="begin_collection"),
    path("collections/<int:pk>/", collecting.collection, name="collection"),
    path("collections/<int:pk>/edit/", collecting.edit_collection, name="edit_collection"),
    path("collections/<int:pk>/remove/", collecting.remove_collection, name="remove_collection"),
    path("collections/items/<int:pk>/note/", collecting.note, name="note"),
    path("collections/items/<int:pk>/shift/", collecting.shift, name="shift"),
    path("collections/items/<int:pk>/take-out/", collecting.take_out, name="take_out"),
]
