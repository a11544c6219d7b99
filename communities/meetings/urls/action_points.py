"""Action points and try-outs, also from a letter without signing in."""

urlpatterns = []
