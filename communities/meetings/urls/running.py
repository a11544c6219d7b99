"""A session that is being run: its screens, its deeds, its board in the room."""

urlpatterns = []
