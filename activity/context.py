def bell(request):
    """How many notifications the signed-in person had not read when this request began (`people.backends`)."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {}
    unread = getattr(user, "unread", None)
    return {"bell_count": user.notifications.unread().count() if unread is None else unread}
