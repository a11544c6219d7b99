"""Programmes, groups and their days."""

from django.urls import path

from training.views import editing, groups, programmes

urlpatterns = [
    path("", programmes.index, name="index"),
    path("programmes/add/", editing.add_programme, name="add_programme"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("programmes/<int:pk>/enrol/", programmes.enrol, name="enrol"),
    path("programmes/<int:pk>/new-version/", editing.new_version, name="new_version"),
    path("programmes/<int:pk>/retire/", editing.retire, name="retire"),
    path("programmes/<int:pk>/groups/add/", groups.add_group, name="add_group"),
    path("versions/<int:pk>/", editing.version, name="version"),
    path("versions/<int:pk>/publish/", editing.publish, name="publish"),
    path("versions/<int:pk>/modules/add/", editing.add_module, name="add_module"),
    path("modules/<int:pk>/", editing.edit_module, name="edit_module"),
    path("modules/<int:pk>/pages/add/", editing.add_page, name="add_page"),
    path("modules/<int:pk>/assignments/add/", editing.add_assignment, name="add_assignment"),
    path("modules/<int:pk>/remove/", editing.remove_module, name="remove_module"),
    path("pages/<int:pk>/", editing.edit_page, name="edit_page"),
    path("pages/<int:pk>/remove/", editing.remove_page, name="remove_page"),
    path("assignments/<int:pk>/", editing.edit_assignment, name="edit_assignment"),
    path("assignments/<int:pk>/remove/", editing.remove_assignment, name="remove_assignment"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/people/", groups.people, name="group_people"),
    path("members/<int:pk>/remove/", groups.remove_member, name="remove_group_member"),
    path("groups/<int:pk>/days/add/", groups.add_day, name="add_day"),
    path("days/<int:pk>/edit/", groups.edit_day, name="edit_day"),
    path("days/<int:pk>/remove/", groups.remove_day, name="remove_day"),
    path("days/<int:pk>/attendance/", groups.attendance, name="attendance"),
]
