"""What was laid ready for a mail address becomes the person's, once she proved that the address is hers."""

from django.db.models import Exists, OuterRef, Q

from activity.choices import State
from activity.models import Ask, Delivery
from core.registry import claims


@claims.register("activity")
def activity(person, address):
    """Open requests and waiting letters of the address. What she has already herself is not doubled."""
    same_ask = Ask.objects.open().filter(
        person=person, kind=OuterRef("kind"), about_type=OuterRef("about_type"), about_id=OuterRef("about_id")
    )
    to_address = Ask.objects.filter(person=None, address=address)  # nobody's first: those have an index
    to_address.filter(Q(closed_at=None) & Exists(same_ask)).delete()
    to_address.update(person=person, address="")
    same_letter = Delivery.objects.filter(
        person=person, occasion=OuterRef("occasion"), channel=OuterRef("channel"), slot=OuterRef("slot")
    )
    waiting = Delivery.objects.filter(address=address, state=State.PENDING)
    waiting.filter(Exists(same_letter)).update(state=State.CANCELLED)
    waiting.filter(~Exists(same_letter)).update(person=person, address="")
