"""What every page's shell needs."""

from django.conf import settings
from django.urls import reverse

from core import registry, streams


def shell(request):
    """The menu, the brand and the live stream of the signed-in person; only what settings say for others."""
    user = getattr(request, "user", None)
    shown = {"DEMO": settings.DEMO, "DEBUG": settings.DEBUG}
    if not user or not user.is_authenticated:
        return shown
    items = [item for build in registry.menu.values() for item in build(user)]
    items.sort(key=lambda item: item["order"])
    near = [item["url"] for item in items if request.path.startswith(item["url"]) and item["url"] != "/"]
    here = max(near, key=len, default=request.path)
    for item in [item for item in items if item["phone"]][3:]:
        item["phone"] = False
    for item in items:
        item["current"] = item["url"] == here
    return shown | {"menu": items, "stream_url": streams.address(user, f"person:{user.pk}")}


def item(name, label, icon, order, *, args=(), phone=False):
    """One line of the main menu; three with `phone` stand in the bar at a phone's foot, before "More"."""
    return {"url": reverse(name, args=args), "label": label, "icon": icon, "order": order, "phone": phone}
