"""Pages of bell and mail, one module a subject."""

from activity.views.bell import bell, bell_count, lines_of, open_notification, read_all
from activity.views.bounces import address, bounced
from activity.views.mail import choose_paces, pause, read_letter, turn, unsubscribe

__all__ = [
    "address",
    "bell",
    "bell_count",
    "bounced",
    "choose_paces",
    "lines_of",
    "open_notification",
    "pause",
    "read_all",
    "read_letter",
    "turn",
    "unsubscribe",
]
