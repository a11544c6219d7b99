"""What people do with their news: read it, choose its pace, pause it, turn it off."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from activity import outbox, paces
from activity.choices import Pace
from activity.kinds import kinds
from activity.models import PaceChoice, Silence
from core import streams
from core.links import BadLink


@transaction.atomic
def read(notification):
    """Mark one notification as read."""
    if notification.read_at is None:
        notification.read_at = now()
        notification.save(update_fields=["read_at"])
        streams.tell(f"person:{notification.person_id}", "bell")


@transaction.atomic
def read_all(person):
    """Mark everything as read; returns how many were new."""
    count = person.notifications.unread().update(read_at=now())
    streams.tell(f"person:{person.pk}", "bell")
    return count


@transaction.atomic
def read_letter(person, rows):
    """Mark what stood in one PLG letter as read; returns how many were new. Doing it twice is the same as once."""
    count = person.notifications.unread().filter(pk__in=rows).update(read_at=now())
    if count:
        streams.tell(f"person:{person.pk}", "bell")
    return count


@transaction.atomic
def choose_paces(person, chosen):
    """Keep the paces ({kind: pace}) that differ from what counts now; what waits in the outbox is asked again then."""
    now_counts = paces.of_person(person)
    for name, pace in chosen.items():
        if now_counts[name].pace != pace:
            person.paces.update_or_create(kind=name, defaults={"pace": pace})


@transaction.atomic
def turn_off(person):
    """No letters at all, but for those that cannot be missed; the bell goes on."""
    person.paces.update_or_create(kind=paces.ALL, defaults={"pace": Pace.NEVER})


@transaction.atomic
def turn_on(person):
    """As it was before everything was turned off."""
    person.paces.filter(kind=paces.ALL).delete()


@transaction.atomic
def pause(person, until):
    """No letters until this day (None: again from now on)."""
    person.paused_until = until
    person.save(update_fields=["paused_until"])


# From a mail, without signing in -----------------------------------------------------------------


class Reader:
    """Whoever a signed link was meant for: a person or a bare address. Raises BadLink when she is gone.

    An address that belongs to an account by now counts for that account, also before its next sign-in.
    """

    def __init__(self, facts):
        self.kind = kinds.get(facts.get("kind"))
        self.address = str(facts.get("address", ""))
        self.person = None
        if "person" in facts:
            self.person = get_user_model().objects.filter(pk=facts["person"], is_active=True).first()
        elif self.address:
            self.person = self._owner()
        if not (self.kind and (self.person or self.address)):
            raise BadLink

    def _owner(self):
        proven = Q(emailaddress__email__iexact=self.address, emailaddress__verified=True)
        owners = get_user_model().objects.filter(Q(email__iexact=self.address) | proven, is_active=True)
        return owners.distinct().order_by("pk").first()

    def hears(self, name):
        """Does mail of this kind ("" is all) still reach her?"""
        if self.person:
            return not self.person.paces.filter(kind=name, pace=Pace.NEVER).exists()
        return not Silence.objects.filter(address=self.address, kind=name).exists()


@transaction.atomic
def unsubscribe(reader, name):
    """No more mail of this kind ("" is all); doing it twice is the same as once."""
    if reader.person:
        PaceChoice.objects.update_or_create(person=reader.person, kind=name, defaults={"pace": Pace.NEVER})
        whose = {"person": reader.person}
    else:
        Silence.objects.get_or_create(address=reader.address, kind=name)
        whose = {"person": None, "address": reader.address}
    which = [name] if name else [each.name for each in kinds.values() if not each.fixed]
    outbox.withdraw(kind__in=which, **whose)


@transaction.atomic
def subscribe(reader):
    """Undo: this kind comes again as usual, and so does the rest."""
    names = [reader.kind.name, paces.ALL]
    if reader.person:
        reader.person.paces.filter(kind__in=names, pace=Pace.NEVER).delete()
    else:
        Silence.objects.filter(address=reader.address, kind__in=names).delete()
