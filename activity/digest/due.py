"""The PLG letter: once a week at the reader's own day and hour, what is asked first, then what is new. Never empty."""

from datetime import timedelta
from itertools import groupby

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now

from activity import outbox, paces
from activity.choices import Pace
from activity.kinds import kinds
from activity.models import Ask, Notification
from core.statements import Statement

KIND = "activity.letter"
CHUNK = 500


def put_due(at=None):
    """Lay the letters in the outbox of everybody whose hour has come; returns for how many people."""
    at, people = at or now(), 0
    while chunk := put_chunk(at):
        people += chunk
    return people


@transaction.atomic
def put_chunk(at):
    """The same for one chunk of people, in as many queries for five hundred as for one."""
    due = (
        get_user_model()
        .objects.filter(digest_next_at__lte=at, is_active=True)
        .select_for_update(skip_locked=True)
        .order_by("digest_next_at", "pk")
    )
    people = list(due[:CHUNK])
    if not people:
        return 0
    pace = paces.of_people(people, kinds[KIND])
    for window, readers in groupby(_with_something(people), key=lambda person: person.digest_next_at.date()):
        wanted = [person for person in readers if pace[person.pk] == Pace.AT_ONCE]
        outbox.put(KIND, occasion=f"letter:{window.isoformat()}", people=wanted)
    moments = Moments(at)
    for person in people:
        person.digest_next_at = moments.next_letter_of(person)
    get_user_model().objects.bulk_update(people, ["digest_next_at"])
    return len(people)


def _with_something(people):
    """Those of whom something is asked or who have unread news; what of it they may see is asked at sending."""
    asked = Ask.objects.open().filter(person=OuterRef("pk"))
    told = Notification.objects.for_letter().filter(person=OuterRef("pk"))
    ids = (
        get_user_model()
        .objects.filter(pk__in=[person.pk for person in people])
        .filter(Exists(asked) | Exists(told))
        .values_list("pk", flat=True)
    )
    wanted = set(ids)
    return [person for person in people if person.pk in wanted]


# As SQL: every PLG letter does this.
STOOD = Statement("UPDATE activity_notification SET in_letter_at = %s WHERE id = ANY(%s) RETURNING id", parameters=2)


def told(delivery, context):
    """These lines stood in a letter: they come in no other."""
    if context["notifications"]:
        STOOD.rows([now(), context["notifications"]])


def set_clock(person):
    """When the next letter of this person comes; asked when she joins and when her rhythm changes."""
    person.digest_next_at = person.next_letter_at(now()) if person.is_active and person.joined_at else None
    type(person).objects.filter(pk=person.pk).update(digest_next_at=person.digest_next_at)


def heal():
    """Nightly: whoever joined and has no moment for the letter gets one, and one that lies too far away is mended.

    Returns how many.
    """
    soon = now() + timedelta(days=1)
    people = get_user_model().objects.filter(joined_at__isnull=False, is_active=True)
    people = people.filter(Q(digest_next_at=None) | Q(digest_next_at__gt=soon))
    moments, count = Moments(now()), 0
    for person in people.iterator(chunk_size=CHUNK):
        right = moments.next_letter_of(person)
        if person.digest_next_at is None or (right and right < person.digest_next_at):
            # Only as long as no chunk has moved it meanwhile
            rows = get_user_model().objects.filter(pk=person.pk, digest_next_at=person.digest_next_at)
            count += rows.update(digest_next_at=right)
    return count


class Moments:
    """When the next letter comes: people with the same rhythm get it at the same moment."""

    def __init__(self, after):
        self.after, self.known = after, {}

    def next_letter_of(self, person):
        """The next moment of this person's letter."""
        key = person.letter_key
        if key not in self.known:
            self.known[key] = person.next_letter_at(self.after)
        return self.known[key]
