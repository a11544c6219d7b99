"""Fill an empty database with the demo, or replace everything in it."""

from random import Random

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import translation
from django.utils.timezone import now

from communities.meetings import library
from communities.meetings.models import Protocol
from communities.search import index
from communities.search.registry import sources
from people.models import User
from plg_platform.demo import (
    agendas,
    between,
    coaching,
    credentials,
    events,
    events_after,
    events_programme,
    held,
    hours,
    hub_making,
    hub_outside,
    hub_sharing,
    hub_using,
    impact,
    lessonstudy,
    logbooks,
    places,
    planned,
    plgs,
    rights,
    said,
    staff,
    staff_list,
    talks,
    timetable,
    training,
    visits,
    whole_year,
    years,
)
from training import content

SEED = 20261122
#: What came with a migration: no demo brings it.
KEPT = {"django_migrations", "django_content_type", "auth_permission", "knowledgehub_term"}


class NotADemo(Exception):
    """Refuses to touch the data of a house where real people may live."""


@transaction.atomic
def fill(*, fresh=False, moment=None):
    """Fill the demo and return what was made. With `fresh` everything that is there goes first.

    Raises NotADemo where settings.DEMO is off; without `fresh` also where somebody has an account.
    """
    if not settings.DEMO:
        raise NotADemo("The demo is only for a platform that runs with DEMO=1.")
    if fresh:
        empty()
    elif User.objects.exists():
        raise NotADemo("Somebody has an account already. Use --fresh to replace everything.")
    chance = Random(SEED)  # noqa: S311 - the same demo every time, no secrets
    moment = moment or now()
    with translation.override("nl"):
        where = places.fill()
        people = staff.fill(where, moment, chance)
        builder = plgs.Builder(where, people, moment, chance)
        builder.fill()
        agendas.fill(builder)
        held.fill(builder)
        said.fill(builder)
        between.fill(builder)
        talks.fill(builder)
        logbooks.fill(builder)
        planned.fill(builder)
        years.fill(builder)
        staff_list.fill(builder)
        impact.fill(builder)
        timetable.fill(builder)
        hours.fill(builder)
        hours.close(builder)  # last: the ledger and the timetable are complete
        rights.fill(builder)
        whole_year.fill(builder)  # reads them
        content.load()
        credentials.fill(builder)
        training.fill(builder)
        coaching.fill(builder)
        hub_making.fill(builder)
        hub_sharing.fill(builder)
        hub_using.fill(builder)
        hub_outside.fill(builder)
        lessonstudy.fill(builder)
        visits.fill(builder)
        events.fill(builder)
        events_after.fill(builder)
        events_programme.fill(builder)
        for source in sources:  # written in the past, without the deeds that keep it
            index.heal(source)
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")  # this connection planned its statements for tables without rows
        cursor.execute("ANALYZE")
    return builder


def empty():
    """Remove every row of every table, also what only the owner role may remove."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    tables &= set(connection.introspection.table_names())
    names = ", ".join(connection.ops.quote_name(table) for table in sorted(tables - KEPT))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    library.load(Protocol.objects)  # came with a migration, and is as much part of the platform as its pages
    transaction.on_commit(cache.clear)  # sessions of people who are gone
