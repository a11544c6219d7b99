"""Agendas, the backlog of a PLG, and protocols."""

from django.urls import path

from communities.meetings import views

urlpatterns = [
    path("<int:pk>/agenda/", views.agenda_of, name="agenda_of"),
    path("<int:pk>/agenda/change/", views.change_agenda, name="change_agenda"),
    path("<int:pk>/agenda/add/", views.add_item, name="add_item"),
    path("items/<int:pk>/", views.item, name="item"),
    path("items/<int:pk>/edit/", views.edit_item, name="edit_item"),
    path("items/<int:pk>/remove/", views.remove_item, name="remove_item"),
    path("items/<int:pk>/file/", views.item_file, name="item_file"),
    path("items/<int:pk>/place/", views.place_item, name="place_item"),
    path("items/<int:pk>/keep/", views.keep_item, name="keep_item"),
    path("items/<int:pk>/drop/", views.drop_item, name="drop_item"),
    path("of/<int:pk>/backlog/", views.backlog, name="backlog"),
    path("of/<int:pk>/propose/", views.propose_item, name="propose_item"),
    path("protocols/", views.protocols, name="protocols"),
    path("protocols/<int:pk>/", views.protocol, name="protocol"),
    path("protocols/<int:pk>/use/", views.use_protocol, name="use_protocol"),
    path("protocols/<int:pk>/copy/", views.copy_protocol, name="copy_protocol"),
    path("protocols/<int:pk>/edit/", views.edit_protocol, name="edit_protocol"),
    path("protocols/<int:pk>/revert/", views.revert_protocol, name="revert_protocol"),
    path("protocols/<int:pk>/delete/", views.delete_protocol, name="delete_protocol"),
]
