"""What happens in discussions: one function a verb."""

from communities.discussions.actions.moderating import (
    close,
    edit_topic,
    move,
    pin,
    remove,
    reopen,
    report,
    restore,
    settle_report,
    unpin,
)
from communities.discussions.actions.posting import ask_network, edit_post, open_topic, reply
from communities.discussions.actions.reacting import accept, react
from communities.discussions.actions.reading import choose_level, keep_draft, read

__all__ = [
    "accept",
    "ask_network",
    "choose_level",
    "close",
    "edit_post",
    "edit_topic",
    "keep_draft",
    "move",
    "open_topic",
    "pin",
    "react",
    "read",
    "remove",
    "reopen",
    "reply",
    "report",
    "restore",
    "settle_report",
    "unpin",
]
