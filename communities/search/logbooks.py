"""What is found of logbooks: one's own always, what is shared for who takes part in that PLG."""

import datetime as dt
from textwrap import shorten

from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from communities.models import LogbookEntry
from communities.models.logbook import TEXTS
from communities.search.registry import Kind, Record, Source, kinds, members, owner, sources
from core.text import one_line

NOON = dt.time(12)
ENTRY = "entry"


def records(entries):
    """One record an entry; its title is how it begins."""
    for entry in entries:
        first = next(text for name in TEXTS if (text := getattr(entry, name)))
        doors = set() if entry.is_of_the_plg else {owner(entry.person_id)}
        if entry.is_shared:
            doors.add(members(entry.community_id))
        yield (
            entry.pk,
            Record(
                kind=ENTRY,
                object_id=entry.pk,
                doors=doors,
                at=make_aware(dt.datetime.combine(entry.happened_on, NOON)),
                title=shorten(one_line(first), 80, placeholder="…"),
                text="\n".join(text for name in TEXTS if (text := getattr(entry, name))),
                community_id=entry.community_id if entry.is_shared else None,
                owner_id=None if entry.is_of_the_plg else entry.person_id,
            ),
        )


def register():
    """From `AppConfig.ready()`."""
    kinds.add(ENTRY, Kind(_("logbook"), "writing", "communities:entry"))
    sources.add(ENTRY, Source(LogbookEntry, LogbookEntry.objects.all, records))
