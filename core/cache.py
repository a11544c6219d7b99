"""A cache that may be away: pages then ask the database, and nobody gets an error.

Redis holds nothing that may not be lost. While it is away, attempts (codes asked
for, wrong passwords) are counted in each process by itself; all else is forgotten.
"""

from functools import wraps
from hashlib import sha256

import redis
import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

ATTEMPTS = "allauth:rl:"  # the keys under which allauth counts
HERE = LocMemCache("attempts", {"OPTIONS": {"MAX_ENTRIES": 10_000}})

log = structlog.get_logger(__name__)


def forgiving(name, otherwise):
    """The method of this name; a cache that is away has this answer."""
    method = getattr(RedisCache, name)

    @wraps(method)
    def tried(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except redis.RedisError as error:
            log.warning("cache_away", error=type(error).__name__)
            if args and str(args[0]).startswith(ATTEMPTS):
                return getattr(HERE, name)(*args, **kwargs)
            return otherwise(*args, **kwargs)

    return tried


class KeptClient(RedisCacheClient):
    """Keeps its clients, which only borrow connections; Django makes one for every call."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._kept = {}

    def get_client(self, key=None, *, write=False):
        """The client to read with, or to write with."""
        if write not in self._kept:
            self._kept[write] = super().get_client(key, write=write)
        return self._kept[write]


class ForgivingCache(RedisCache):
    """Django's cache on Redis or Valkey, that forgets instead of failing."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = KeptClient

    get = forgiving("get", lambda key, default=None, version=None: default)
    set = forgiving("set", lambda *args, **kwargs: None)
    add = forgiving("add", lambda *args, **kwargs: True)
    touch = forgiving("touch", lambda *args, **kwargs: False)
    delete = forgiving("delete", lambda *args, **kwargs: False)
    incr = forgiving("incr", lambda key, delta=1, version=None: delta)
    has_key = forgiving("has_key", lambda *args, **kwargs: False)
    get_many = forgiving("get_many", lambda *args, **kwargs: {})
    set_many = forgiving("set_many", lambda data, *args, **kwargs: [])
    delete_many = forgiving("delete_many", lambda *args, **kwargs: None)

    def forget(self, words):
        """Delete everything whose name or content says one of these words, or its hash: attempts are counted by it."""
        said = [form for word in words for form in (word.encode(), sha256(word.lower().encode()).hexdigest().encode())]
        try:
            client = self._cache.get_client(write=True)
            for key in client.scan_iter(f"{self.key_prefix}:*", count=1000):
                if any(each in key or each in (client.get(key) or b"") for each in said):
                    client.delete(key)
        except redis.RedisError as error:
            log.warning("cache_away", error=type(error).__name__)
