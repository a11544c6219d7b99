"""Technical administration of accounts: find one, close one. Nothing here opens content."""

from django.contrib import admin

from activity import looks
from people.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ("name", "email", "joined_at", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("sort_name", "email")
    fields = ("name", "email", "language", "is_active", "is_staff", "joined_at", "merged_into")
    readonly_fields = ("name", "email", "language", "joined_at", "merged_into")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        """The account; that it was opened, its owner can see."""
        found = super().get_object(request, object_id, from_field)
        if found:
            looks.note(request.user, [found], "people.technical")
        return found

    def changelist_view(self, request, extra_context=None):
        """The list; its people can see that they were looked at."""
        response = super().changelist_view(request, extra_context)
        if listed := getattr(response, "context_data", {}).get("cl"):
            looks.note(request.user, listed.result_list, "people.technical")
        return response
