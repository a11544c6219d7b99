"""Live pages: "X has changed" over server-sent events; the page then fetches X anew.

Nothing but names of channels and of what changed crosses the wire, so a stream
can leak no content. Which channels a page may hear is decided by the page that
passed its rules, and signed into the address of its stream.
"""

import asyncio
import contextlib
import json
from functools import lru_cache
from time import time
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpResponseForbidden, StreamingHttpResponse

SALT = "plg.stream"
KEEP_ALIVE_S = 20
LONGEST_S = 3600
SIGNED_ANEW_S = 300  # until then a page gets the address that the page before it had


def tell(channel, what="changed"):
    """After the commit, tell the pages on this channel that something changed. A lost broker is no error."""
    transaction.on_commit(lambda: _publish(channel, what))


def _topic(channel):
    """The broker's name of a channel. Pub/sub knows no database numbers, so two platforms on one broker differ here."""
    return f"stream{urlsplit(settings.REDIS_URL).path}:{channel}"


def _publish(channel, what):
    with contextlib.suppress(redis.RedisError):
        client().publish(_topic(channel), json.dumps({"channel": channel, "what": what}))


def client():
    """A connection to the broker."""
    if not hasattr(client, "pool"):
        client.pool = redis.ConnectionPool.from_url(settings.REDIS_URL, socket_timeout=2)
    return redis.Redis(connection_pool=client.pool)


def address(user, *channels):
    """The address of a stream of these channels, for this user, for an hour and a bit."""
    return f"{settings.STREAM_URL}/stream/{_token((user.pk, *channels), int(time() // SIGNED_ANEW_S))}"


@lru_cache(maxsize=2000)
def _token(signed, _moment):
    return signing.dumps(signed, salt=SALT, compress=True)


def of_page(user, *channels):
    """The one address to which a page listens: for what is the person's own, and for what changes on this page."""
    return address(user, f"person:{user.pk}", *channels)


async def stream(request, token):
    """Server-sent events of the channels signed into the token, for the person in whose page it stood."""
    try:
        person, *channels = signing.loads(token, salt=SALT, max_age=2 * LONGEST_S)
    except signing.BadSignature:
        return HttpResponseForbidden()
    if request.user.pk != person:  # fetched already: whoever is not signed in did not come here
        return HttpResponseForbidden()
    response = StreamingHttpResponse(_events(channels), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    if request.headers.get("Origin") == settings.BASE_URL:
        response.headers["Access-Control-Allow-Origin"] = settings.BASE_URL
        response.headers["Access-Control-Allow-Credentials"] = "true"
    return response


async def _events(channels):
    from redis import asyncio as aredis

    client = aredis.from_url(settings.REDIS_URL)
    listener = client.pubsub()
    try:
        await listener.subscribe(*map(_topic, channels))
        for _channel in channels:  # the broker says yes to each
            await listener.get_message(timeout=KEEP_ALIVE_S)
        yield "retry: 3000\nevent: listening\ndata: 1\n\n"  # from here on nothing is missed
        ends = asyncio.get_running_loop().time() + LONGEST_S
        while asyncio.get_running_loop().time() < ends:
            message = await listener.get_message(ignore_subscribe_messages=True, timeout=KEEP_ALIVE_S)
            if message is None:
                yield ": still here\n\n"
                continue
            yield f"data: {message['data'].decode()}\n\n"
    finally:
        await listener.aclose()
        await client.aclose()
