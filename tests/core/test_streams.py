"""Live pages hear only the channels that were signed into their address."""

import asyncio
import json

import pytest

from core import streams


def test_an_address_names_its_channels_and_cannot_be_forged(cast, rf):
    token = streams.address(cast.amina, "person:1").rsplit("/", 1)[1]
    response = asyncio.run(streams.stream(rf.get("/"), token + "x"))
    assert response.status_code == 403


@pytest.mark.django_db(transaction=True)
def test_what_is_told_after_the_commit_arrives_on_that_channel_only(rf, settings):
    async def listen():
        events = streams._events(["plg:1"])
        await anext(events)
        streams._publish("plg:2", "members")
        streams._publish("plg:1", "dates")
        event = ":"
        async with asyncio.timeout(60):
            while event.startswith(":"):  # a comment keeps the line open
                event = await anext(events)
        await events.aclose()
        return json.loads(event.removeprefix("data: "))

    assert asyncio.run(listen()) == {"channel": "plg:1", "what": "dates"}


def test_a_lost_broker_is_no_error(settings):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    vars(streams.client).pop("pool", None)  # there is none before the first message of a process
    try:
        streams._publish("plg:1", "dates")
    finally:
        vars(streams.client).pop("pool", None)
