"""What every page's shell needs."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from core import registry, streams
from core.links import address


@dataclass(frozen=True)
class Face:
    """What the shell shows of the person who is signed in."""

    pk: int
    name: str
    initials: str
    photo_url: str

    def __str__(self):
        return self.name


def shell(request):
    """The menu, the brand and the live stream of the signed-in person; only what settings say for others."""
    user = getattr(request, "user", None)
    shown = {"DEMO": settings.DEMO, "DEBUG": settings.DEBUG}
    if not user or not user.is_authenticated:
        return shown
    items = [item for build in registry.menu.values() for item in build(user)]
    items.sort(key=lambda item: item["order"])
    begins = {begin: item["url"] for item in items for begin in (item["url"], *item["also"]) if begin != "/"}
    here = begins[max(near, key=len)] if (near := [*filter(request.path.startswith, begins)]) else request.path
    for item in [item for item in items if item["phone"]][3:]:
        item["phone"] = False
    for item in items:
        item["current"] = item["url"] == here
    own = [item for item in items if item["own"]]
    menu = [item for item in items if not item["own"]]
    me = Face(user.pk, str(user), user.initials, user.photo_url)
    return shown | {
        "me": me,
        "menu": menu,
        "own_menu": own,
        "stream_url": SimpleLazyObject(lambda: streams.of_page(user)),
    }


def item(name, label, icon, order, *, args=(), also=(), phone=False, own=False):
    """One line of the main menu; three with `phone` stand in the bar at a phone's foot, before "More".

    With `own` it stands in the menu beneath the person's name, and on her profile.

    It is the current one on pages below its own address and below those in `also`.
    """
    url = address(name, *args)
    return {"url": url, "label": label, "icon": icon, "order": order, "phone": phone, "also": also, "own": own}
