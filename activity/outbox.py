"""Letters on their way: rows first, the broker is a hint."""

from contextlib import suppress

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import now

from activity.choices import Channel, State
from activity.models import Delivery


def put(
    kind,
    *,
    occasion,
    people=(),
    addresses=(),
    about=None,
    slot="",
    channel=Channel.MAIL,
    due_at=None,
    activity=None,
    community=None,
    facts=None,
):
    """Lay letters in the outbox, in the transaction of the deed; one that lies there already stays as it is."""
    letter = {
        "kind": kind,
        "occasion": occasion,
        "slot": slot,
        "channel": channel,
        "due_at": due_at or now(),
        "activity": activity,
        "community_id": getattr(community, "pk", community),
        "facts": facts or {},
        "about": about,
    }
    put_all([(letter, people, addresses)])


def put_all(letters):
    """The same for many letters in one statement: (fields of the letter, people, addresses) each."""
    rows = []
    for letter, people, addresses in letters:
        fields = {**letter}
        about = fields.pop("about", None)
        fields["about_type"] = ContentType.objects.get_for_model(about) if about else None
        fields["about_id"] = about.pk if about else None
        rows += [Delivery(person=person, **fields) for person in people]
        rows += [Delivery(address=address.lower(), **fields) for address in addresses]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    moment = now()
    if any(letter["due_at"] <= moment for letter, _people, _addresses in letters):
        hint_on_commit()


def withdraw(about=None, **which):
    """Take back letters that did not go out yet: about this row, or of this person, community, kind, …

    Also one that a worker holds at this moment: it looks once more before it sends.
    """
    waiting = Delivery.objects.filter(state__in=[State.PENDING, State.SENDING], **which)
    if about is not None:
        waiting = waiting.filter(about_type=ContentType.objects.get_for_model(about), about_id=about.pk)
    return waiting.update(state=State.CANCELLED)


@transaction.atomic
def again(failed):
    """Let letters that failed go out once more, if they are still right by then; returns how many."""
    count = Delivery.objects.filter(pk__in=failed.values("pk"), state=State.FAILED).update(
        state=State.PENDING, due_at=now(), attempts=0, claimed_at=None, trouble=""
    )
    hint_on_commit()
    return count


def hint_on_commit():
    """Once in a transaction, however many letters it writes."""
    if hint not in (entry[1] for entry in transaction.get_connection().run_on_commit):
        transaction.on_commit(hint)


def hint():
    """Tell a worker that there is something to send; without a broker the next tick finds it."""
    from kombu.exceptions import OperationalError

    from activity.tasks import send_due

    with suppress(OperationalError):
        send_due.apply_async(retry=False, ignore_result=True)
