"""The facilitator's cockpit, and everybody's own hours."""

urlpatterns = []
