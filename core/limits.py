"""How often one person may do what costs much. Sign-in counts by itself, in allauth."""

from time import time

from django.core.cache import cache

MINUTE = 60


def is_too_often(what, who, *, most):
    """Count this once more; True when that is more than so often this minute. A cache that is away: never."""
    key = f"often:{what}:{who}:{int(time() // MINUTE)}"
    try:
        return cache.incr(key) > most
    except ValueError:  # the first of this minute
        cache.set(key, 1, timeout=2 * MINUTE)
        return most < 1
