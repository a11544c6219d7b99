"""Technical pages for places and roles; nothing that holds content or decides who may see it is changed here."""

from django.contrib import admin

from organisations.models import Board, Network, Partner, School


class ReadOnly(admin.ModelAdmin):
    """To look things up; changes go through the pages, which keep the journal."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Board)
class BoardAdmin(ReadOnly):
    list_display = ("name", "number", "is_named", "gone_at")
    search_fields = ("name", "number")


@admin.register(School)
class SchoolAdmin(ReadOnly):
    list_display = ("name", "code", "town", "sector", "gone_at")
    search_fields = ("name", "code")


@admin.register(Network)
class NetworkAdmin(ReadOnly):
    search_fields = ("name",)


@admin.register(Partner)
class PartnerAdmin(ReadOnly):
    search_fields = ("name",)
