"""A lab that is over and was rounded off, for which Amina came and brought something; and one that is going on."""

from django.core.files.base import ContentFile

from events.actions import after
from events.models import Certificate, EvaluationToken
from tests.events import world
from tests.events.offers import offers


def things(cast, people):
    """Rows by the names that the matrix has for them."""
    event = world.an_event(cast, "over", by=people["facilitator"], title="Voorbij", programme=True)
    comes = world.comes(event, people["member"])
    guest = world.comes(event, people["guest"])
    event.check_ins.create(registration=comes, at=event.starts_at)
    event.check_ins.create(registration=guest, at=event.starts_at)
    after.round_off(event)
    poster = offers(event, people["member"], "confirmed", title="Een poster", kind="poster", poster_name="p.jpg")
    poster.poster.save("p.jpg", ContentFile(b"x"))
    return {
        "over_event": event,
        "over_registration": comes,
        "over_certificate": Certificate.objects.get(registration=comes),
        "over_token": EvaluationToken.objects.get(registration=comes).token,
        "over_contribution": poster,
    }
