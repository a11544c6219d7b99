"""Minutes: written, proposed, approved, printed."""

urlpatterns = []
