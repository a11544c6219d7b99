"""Date polls."""

urlpatterns = []
