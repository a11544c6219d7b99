"""Who is on a page just now, and where on it. Kept in the broker for less than a minute, and nowhere else.

What is lost with the broker comes back with the next sign of life; a page without it works the same.
"""

import contextlib
import json
import time
from urllib.parse import urlsplit

import redis
from django.conf import settings

from core.streams import client

STAYS_S = 40  # a page says so every fifteen seconds


def _place(channel):
    return f"here{urlsplit(settings.REDIS_URL).path}:{channel}"


def seen(channel, visitor, **facts):
    """This visitor (a page, by a name of its own) is there; True when others do not know it yet."""
    place, told = _place(channel), facts | {"visitor": visitor}
    with contextlib.suppress(redis.RedisError):
        was = client().hget(place, visitor)
        with client().pipeline() as line:
            line.hset(place, visitor, json.dumps(told | {"at": time.time()}))
            line.expire(place, STAYS_S)
            line.execute()
        return was is None or {key: value for key, value in json.loads(was).items() if key != "at"} != told
    return False


def gone(channel, visitor):
    """This visitor left."""
    with contextlib.suppress(redis.RedisError):
        client().hdel(_place(channel), visitor)


def here(channel):
    """What is known of everybody who is there, who came first on top."""
    with contextlib.suppress(redis.RedisError):
        since = time.time() - STAYS_S
        found = [json.loads(each) for each in client().hvals(_place(channel))]
        return sorted((each for each in found if each.pop("at") >= since), key=lambda each: each["visitor"])
    return []
