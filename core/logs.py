"""What may stand in a log: never a link that opens something, never what somebody searched for."""

import re

#: A signed token or the private address of a calendar, as a part of a path.
TOKEN = re.compile(r"(?<=/)[\w:.~-]{32,}")
QUERY = re.compile(r"\?\S*")


def hide_secrets(logger, name, event):
    """Processor of structlog: tokens in paths become "…", and so does the query of a request."""
    for key, value in event.items():
        if isinstance(value, str) and key != "exception":
            event[key] = TOKEN.sub("…", value)
    if "request" in event:
        event["request"] = QUERY.sub("?…", str(event["request"]))
    return event
