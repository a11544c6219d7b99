"""What may stand in a log or an error report: never a link that opens something, never what somebody searched for."""

import re
from typing import Any

#: A signed token or the private address of a calendar, as a part of a path.
TOKEN = re.compile(r"(?<=/)[\w:.~-]{32,}")
QUERY = re.compile(r"\?\S*")
#: The query of an address within a text.
SEARCH = re.compile(r"(?<=\S)\?[^\s\"'>]+")


def hide_secrets(logger, name, event):
    """Processor of structlog: tokens in paths become "…", and so does the query of a request."""
    for key, value in event.items():
        if isinstance(value, str) and key != "exception":
            event[key] = TOKEN.sub("…", value)
    if "request" in event:
        event["request"] = QUERY.sub("?…", str(event["request"]))
    return event


def clean_report(event, hint):
    """What Sentry is told of an error or a page: the same, and nothing that was sent along with the request."""
    request = event.get("request", {})
    for part in ("query_string", "data", "cookies"):
        request.pop(part, None)
    return _cleaned(event)


def _cleaned(thing):
    if isinstance(thing, str):
        return SEARCH.sub("?…", TOKEN.sub("…", thing))
    if isinstance(thing, dict):  # of the code that broke the file names stay
        return {name: value if name == "frames" else _cleaned(value) for name, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_cleaned(each) for each in thing]
    return thing


#: Who it was is not told either: that is its default, and saying so is deprecated.
SENTRY: dict[str, Any] = {
    "include_local_variables": False,
    "before_send": clean_report,
    "before_send_transaction": clean_report,
}
