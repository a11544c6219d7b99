"""What people hear on the day."""

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.links import address
from events.models import Announcement
from events.notices.kinds import register


def still_news(delivery, about, person):
    """It is over with the event."""
    return about.event.ends_at > now()


def said():
    """(about, facts) for the preview."""
    return Announcement.objects.select_related("event", "session").order_by("pk").first(), {}


register(
    "events.announced", _("organisers say something on the day of an event"), wait=False, related=("event", "session"),
    still_right=still_news, url=lambda about, person, facts: address("events:now", about.event_id), sample=said,
)  # fmt: skip
