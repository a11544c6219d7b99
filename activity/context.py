def bell(request):
    """How many notifications the signed-in person has not read."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {}
    return {"bell_count": user.notifications.filter(read_at=None).count()}
