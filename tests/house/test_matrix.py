"""Every address of the platform, as everybody, read and posted to: the answers of `matrix` and no other."""

from itertools import product

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter
from django.urls.resolvers import RegexPattern

from tests.house import matrix_world
from tests.house.matrix import DEVELOPMENT, GROUPS, MATRIX, ROLES

WORDS = {200: "page", 401: "no", 403: "no", 404: "hidden", 405: "not so", 410: "gone", 422: "again", 204: "goes"}
FROM_A_FORM = {"csrfmiddlewaretoken": "x"}  # no browser posts nothing at all
OWN = {"page", "goes", "again", "not so", "login", "hidden", "no"}  # never another's account, never a crash


def addresses(resolver=None, space="", above=()):
    """(name, the parts of its pattern) of every address, also those of packages."""
    for entry in (resolver or get_resolver()).url_patterns:
        parts = (*above, entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", parts
        else:
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space, parts)


def group_of(name):
    """The longest beginning in GROUPS that fits this name."""
    return max((start for start in GROUPS if name.startswith(start)), key=len, default=None)


NAMES = dict.fromkeys(name for name, _parts in addresses())
OURS = [name for name in NAMES if not group_of(name) and name not in DEVELOPMENT]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for all rows; every request happens in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield matrix_world.build()
        transaction.set_rollback(True)


def answer(world, role, verb, path, data=None):
    """The word for what this role gets; nothing that the request did stays."""
    people, _things = world
    client = Client(raise_request_exception=True)
    with transaction.atomic():
        if people[role]:
            client.force_login(people[role], backend="people.backends.PersonBackend")
        response = getattr(client, verb)(path, FROM_A_FORM | (data or {}) if verb == "post" else None)
        if response.streaming and not response.is_async:
            b"".join(response.streaming_content)  # a file is closed when it was read
        transaction.set_rollback(True)
    if response.status_code in (301, 302, 303):
        where = response["Location"]
        doors = (reverse(settings.LOGIN_URL), reverse("admin:login"), reverse("account_reauthenticate"))
        return "login" if where.startswith(doors) else "goes"
    return WORDS.get(response.status_code, str(response.status_code))


def value(things, name):
    """A thing of the world by name as it stands in an address; "=x" stands for x itself."""
    if name.startswith("="):
        return name[1:]
    thing = getattr(things, name)
    return getattr(thing, "pk", thing)


def test_every_address_has_a_row_and_every_row_an_address():
    assert not [name for name in OURS if name not in MATRIX and not name.endswith("None")], "without a row"
    assert not [name for name in MATRIX if name not in NAMES], "rows without an address"


def test_every_row_tells_of_everybody():
    for name, row in MATRIX.items():
        for answers in (row.get, row.post):
            assert list(answers) == ROLES, name


def test_what_is_for_developers_is_not_here():
    assert not DEVELOPMENT & set(NAMES)


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize("name", MATRIX)
def test_everybody_gets_the_answer_of_the_table(world, name, verb):
    row, things = MATRIX[name], world[1]
    path = reverse(name, args=[value(things, arg) for arg in row.args])
    data = {key: value(things, arg) for key, arg in row.data.items()} if verb == "post" else None
    got = {role: answer(world, role, verb, path, data) for role in ROLES}
    wanted = getattr(row, verb)
    assert {role: got[role] for role in ROLES if got[role] != wanted[role]} == {
        role: wanted[role] for role in ROLES if got[role] != wanted[role]
    }, f"{verb.upper()} {path}"


def path_of(name):
    """An address of a package; what its arguments name does not exist."""
    given = {}
    for part in dict(addresses())[name]:
        for argument, converter in part.converters.items():
            given[argument] = 999_999 if isinstance(converter, IntConverter) else "x"
        if isinstance(part, RegexPattern):
            given |= dict.fromkeys(part.regex.groupindex, "organisations")
    return reverse(name, kwargs=given)


@pytest.mark.parametrize("group", GROUPS)
def test_pages_of_packages_keep_to_ones_own_account(world, group):
    names = [name for name in NAMES if group_of(name) == group and not name.endswith("None")]
    assert names, "no address begins like this"
    stranger, others = GROUPS[group]
    for name, verb in product(names, ["get", "post"]):
        for role, wanted in (("anonymous", stranger), ("member", others), ("platform_admin", others)):
            got = answer(world, role, verb, path_of(name))
            allowed = {wanted} if wanted == "login" else OWN
            assert got in allowed, f"{verb.upper()} {name} as {role}: {got}, not {wanted}"


def test_whoever_has_a_role_gets_no_further_without_a_second_step(world):
    people, things = world
    leader, reached = people["school_leader"], set()
    with transaction.atomic():
        leader.authenticator_set.all().delete()
        client = Client()
        client.force_login(leader, backend="people.backends.PersonBackend")
        for name, row in MATRIX.items():
            if row.get["school_leader"] == "page":
                response = client.get(reverse(name, args=[value(things, arg) for arg in row.args]))
                if response.get("Location") != reverse("second_factor"):
                    reached.add(name)
        transaction.set_rollback(True)
    assert reached == {"privacy", "accessibility", "help", "health:live", "health:ready"}
