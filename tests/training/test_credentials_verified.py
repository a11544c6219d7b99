"""What we issue is accepted by a verifier that is not ours, and by it alone as it was issued."""

import copy
import json
import random
import shutil
import socket
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.urls import reverse

from tests.training import credentials_world as world
from training.credentials import actions, keys, linked
from training.credentials.choices import Kind
from training.credentials.models import StatusList

VERIFIER = Path(__file__).parent / "verifier" / "verify.mjs"
CHANGES = 200


def verify(*credentials):
    """What the verifier of others says of each."""
    lists = {
        getattr(place, purpose)["id"]: getattr(place, purpose)
        for place in StatusList.objects.all()
        for purpose in ("revocation", "suspension")
    }
    given = {"did": keys.did_document(), "documents": lists, "credentials": credentials}
    node = shutil.which("node")
    assert node, "node is needed, as for the front end"
    ask = {"input": json.dumps(given), "capture_output": True, "text": True, "timeout": 240}
    done = subprocess.run([node, VERIFIER], check=False, **ask)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def issued(cast, signing):
    """A certificate of Amina's, with all that one can say."""
    return world.issued(cast)


def test_each_kind_of_credential_is_accepted(cast, issued):
    there = world.issued(cast, kind=Kind.ATTENDANCE, person=cast.tom)
    micro = world.microcredential(cast)
    for credential, said in zip((issued, there, micro), verify(issued.signed, there.signed, micro.signed), strict=True):
        assert said == {"verified": True, "status": {"revocation": False, "suspension": False}, "error": ""}, credential
    assert "Amina" not in json.dumps(issued.signed) and "amina" not in json.dumps(issued.signed).lower()


def test_our_lists_are_signed_as_well(cast, issued):
    place = StatusList.objects.get()
    assert [said["verified"] for said in verify(place.revocation, place.suspension)] == [True, True]


def test_what_was_revoked_or_suspended_shows_at_once(cast, issued):
    actions.suspend(issued, by=cast.paula, because="We zoeken iets uit.")
    [said] = verify(issued.signed)
    assert said["status"] == {"revocation": False, "suspension": True}
    actions.restore(issued, by=cast.paula)
    [said] = verify(issued.signed)
    assert said["status"] == {"revocation": False, "suspension": False} and said["verified"]
    actions.revoke(issued, by=cast.paula, because="De praktijk was niet van haar.")
    [said] = verify(issued.signed)
    assert said["status"] == {"revocation": True, "suspension": False}


def test_what_an_older_key_signed_is_still_accepted(cast, issued):
    keys.rotate()
    newer = world.issued(cast, person=cast.tom)
    assert newer.signed["proof"]["verificationMethod"] != issued.signed["proof"]["verificationMethod"]
    assert [said["verified"] for said in verify(issued.signed, newer.signed)] == [True, True]


@pytest.mark.parametrize("seed", [1, 2])
def test_no_single_change_is_accepted(cast, issued, seed):
    chance = random.Random(seed)
    changed = []
    while len(changed) < CHANGES // 2:
        other = copy.deepcopy(issued.signed)
        what = change(other, chance)
        if other != issued.signed:
            changed.append((what, other))
    for (what, _other), said in zip(changed, verify(*(other for _what, other in changed)), strict=True):
        assert not said["verified"], what


def change(document, chance):
    """One thing other than it was: a letter, a figure, a key, a part more or less. Returns what."""
    places = list(walk(document))
    holder, key = chance.choice(places)
    value, way = holder[key], chance.random()
    if way < 0.1:
        del holder[key]
        return f"without {key}"
    if way < 0.2 and isinstance(holder, dict):
        holder[f"{key}X"] = holder.pop(key)
        return f"{key} under another name"
    if way < 0.3 and isinstance(value, dict):
        value["note"] = "iets erbij"
        return f"something more in {key}"
    if way < 0.35 and isinstance(value, list):
        value.append(copy.deepcopy(value[0]) if value and isinstance(value[0], dict) else "iets")
        if value and isinstance(value[-1], dict):
            value[-1]["name"] = "iets erbij"
        return f"one more in {key}"
    holder[key] = other_than(value, chance)
    return f"{key}: {value!r} became {holder[key]!r}"


def other_than(value, chance):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str) and value:
        place = chance.randrange(len(value))
        letter = chance.choice([each for each in "abcdefgh23456789" if each != value[place]])
        return value[:place] + letter + value[place + 1 :]
    if isinstance(value, list) and len(value) > 1:
        return value[:-1]
    return "iets anders"


def walk(value):
    """Every (holder, key) of a document."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in list(pairs):
        yield value, key
        yield from walk(each)


def test_a_word_that_no_context_defines_is_never_signed(issued):
    document = {key: value for key, value in issued.signed.items() if key != "proof"}
    assert linked.refuse_unsigned(document) == linked.expand(document)
    for path, value in (
        (("hours",), 68),
        (("credentialSubject", "nickname"), "Amina"),
        (("credentialSubject", "achievement", "ects"), 2),
        (("credentialSubject", "achievement", "criteria", "grade"), "8"),
        (("issuer", "kvk"), "12345678"),
        (("type", 1), "Diploma"),
        (("credentialSubject", "achievement", "id"), "los woord"),
        (("credentialSubject", "achievement", "description"), None),
        (("credentialSubject", "@graph"), []),
    ):
        other = copy.deepcopy(document)
        holder = other
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = value
        with pytest.raises(linked.Unsigned):
            linked.refuse_unsigned(other)


def test_no_context_is_ever_fetched():
    with pytest.raises(linked.NotPinned):
        linked.load("https://www.w3.org/2018/credentials/v1")


def test_nothing_goes_out_while_a_credential_is_made_and_read(cast, signing, signed_in, monkeypatch):
    """No context and no key is asked of the network: only our own database and broker are."""
    asked = []
    real_find, real_connect = socket.getaddrinfo, socket.socket.connect

    def find(host, *more, **options):
        if host not in ("127.0.0.1", "::1", "localhost"):
            asked.append(host)
            raise OSError(f"{host} was asked for")
        return real_find(host, *more, **options)

    def connect(self, where):
        if self.family != socket.AF_UNIX and where[0] not in ("127.0.0.1", "::1"):
            asked.append(where)
            raise OSError(f"{where} was asked for")
        return real_connect(self, where)

    monkeypatch.setattr(socket, "getaddrinfo", find)
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(OSError, match="asked for"):
        urlopen("https://www.w3.org/ns/credentials/v2")  # the net holds
    asked.clear()
    linked._context.cache_clear()
    issued = world.issued(cast)
    hers, stranger = signed_in(issued.person), signed_in()
    for name in ("credential", "paper", "badge"):
        assert hers.get(reverse(f"credentials:{name}", args=[issued.pk])).status_code == 200, name
    named = {"uuid": issued.uuid, "key": issued.key}
    for path in (
        reverse("credentials:verify", args=[issued.uuid]),
        reverse("credentials:verify_named", kwargs=named),
        reverse("credentials:badge_named", kwargs=named),
        issued.signed["credentialStatus"][0]["statusListCredential"],
        "/.well-known/did.json",
    ):
        assert stranger.get(path).status_code == 200, path
    assert asked == []
