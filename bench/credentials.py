"""Credentials: a thousand issued in one deed, all accepted by a verifier that is not ours, and no change of them.

They stand in a database of their own, and all that is issued is rolled back.
"""

import copy
import json
import os
import random
import shutil
import subprocess
import sys
import time

from bench.digest import elsewhere
from bench.processes import BASE
from plg_platform import embedded

MANY, CHANGES = 1_000, 200
VERIFIER = BASE / "tests" / "training" / "verifier" / "verify.mjs"


def figures(house="bench"):
    """`credentials.issue_1000_s`, `credentials.verified` and `credentials.mutants_rejected`."""
    with embedded.Postgres(house).superuser() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS credentials")
        cursor.execute(f"CREATE DATABASE credentials OWNER {embedded.OWNER}")
    urls = {name: url for name, url in embedded.urls(house).items() if name != "REDIS_URL"}
    environment = {
        **os.environ,
        **{name: elsewhere(url, "credentials") for name, url in urls.items()},
        "REDIS_URL": embedded.urls(house)["REDIS_URL"],
        "DEBUG": "1",
        "TESTING": "1",
        "CREDENTIAL_KEYS": str(BASE / "var" / "bench-keys"),
    }
    for command in (["manage.py", "migrate", "--verbosity=0"], ["-m", "bench.credentials"]):
        done = subprocess.run(
            [sys.executable, *command], cwd=BASE, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
    yield from json.loads(done.stdout.splitlines()[-1])


def measure():
    """In a process of its own, with Django on that database."""
    import django

    django.setup()
    from django.db import transaction

    from training.credentials import actions, keys
    from training.credentials.models import Credential, StatusList

    with transaction.atomic():
        keys.rotate()
        rows, by = waiting()
        began = time.perf_counter()
        issued, refused = actions.issue_all(rows, by=by)
        took = time.perf_counter() - began
        assert not refused and len(issued) == MANY
        given = {
            "did": keys.did_document(),
            "documents": {
                found["id"]: found
                for place in StatusList.objects.all()
                for found in (place.revocation, place.suspension)
            },
        }
        signed = list(Credential.objects.filter(pk__in=[each.pk for each in issued]).values_list("signed", flat=True))
        transaction.set_rollback(True)
    chance = random.Random(9)
    said = verify(given, signed + [changed(each, chance) for each in signed[:CHANGES]])
    yield "credentials.issue_1000_s", round(took, 2), "s"
    yield "credentials.verified", sum(each["verified"] for each in said[:MANY]), f"of {MANY}"
    yield "credentials.mutants_rejected", sum(not each["verified"] for each in said[MANY:]), f"of {CHANGES}"


def waiting():
    """A thousand people with a certificate that was approved, and who issues them."""
    from django.utils.timezone import now

    from people.models import User
    from training.credentials.choices import State
    from training.credentials.facts import Facts
    from training.credentials.models import Credential
    from training.models import Programme

    programme = Programme.objects.create(key="bench", form="trajectory")
    by = User.objects.create(email="by@bench.example", name="Wie Uitgeeft")
    people = User.objects.bulk_create(
        [User(email=f"p{n}@bench.example", name=f"Persoon {n}", sort_name=f"persoon {n}") for n in range(MANY)]
    )
    outcomes = tuple({"code": f"F{n}", "text": f"Je kunt wat in leeruitkomst {n} staat."} for n in range(1, 9))
    said = Facts(
        title="PLG-facilitator", description="Een PLG begeleiden die onderzoekt.", criteria="Alles is voldoende.",
        outcomes=outcomes, minutes=3_000, study_load=68, result="voldoende", assessment="Portfolio, op criteria",
        participation="In een groep", evidence=({"name": "Portfolio", "text": "Beoordeeld."},), version="1",
    ).as_json()  # fmt: skip
    return Credential.objects.bulk_create(
        [
            Credential(
                person=each,
                programme=programme,
                kind="certificate",
                state=State.APPROVED,
                snapshot=said,
                approved_at=now(),
            )
            for each in people
        ]
    ), by


def changed(document, chance):
    """The same with one letter of one text other than it was."""
    other = copy.deepcopy(document)
    texts = list(walk(other))
    holder, key = chance.choice(texts)
    text = holder[key]
    place = chance.randrange(len(text))
    letter = chance.choice([each for each in "abcdef234567" if each != text[place]])
    holder[key] = text[:place] + letter + text[place + 1 :]
    return other


def walk(value):
    """Every (holder, key) of a text in a document."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in pairs:
        if isinstance(each, str):
            yield value, key
        else:
            yield from walk(each)


def verify(given, credentials):
    """What the verifier says of each."""
    node = shutil.which("node")
    if not node:
        return [{"verified": False}] * len(credentials)
    text = json.dumps({**given, "credentials": credentials})
    done = subprocess.run([node, VERIFIER], input=text, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plg_platform.settings")
    print(json.dumps(list(measure())))
