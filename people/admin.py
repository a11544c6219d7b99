"""Technical administration of accounts: find one, close one. Nothing here opens content."""

from django.contrib import admin

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
