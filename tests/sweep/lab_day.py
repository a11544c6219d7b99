"""A lab that goes on at this moment: the demo cannot hold it, because its clock runs on."""

from datetime import time
from types import SimpleNamespace

from events.actions import announcing, checking, dates
from events.choices import Part, State
from events.models import Session, Slot
from organisations.models import Network
from people.models import User
from plg_platform.demo import staff
from tests.events import world
from tests.events.offers import release


def going_on() -> None:
    """The teacher sits at a table, the facilitator helps at the door, the network's administrator organises."""
    noor, els, sanne = (
        User.objects.get(email=staff.main_address(part)) for part in ("network_admin", "teacher", "facilitator")
    )
    who = SimpleNamespace(network=Network.objects.get(), noor=noor)
    event = world.an_event(who, State.CALL_CLOSED, days=0, programme=True, title="Lab van vandaag", starts=time(0, 0))
    slot = Slot.objects.create(
        event=event, held_on=event.held_on, starts=time(0, 0), ends=time(23, 59), name="Ontmoeten"
    )
    room = event.rooms.first()
    session = Session.objects.create(
        event=event, slot=slot, room=room, kind="speed_dates", title="Speeddaten", uid="sweep-dates@plg"
    )
    release(event, noor)
    event.state = State.RUNNING
    event.save(update_fields=["state"])
    world.does(event, sanne, Part.CREW)
    others = User.objects.filter(is_active=True).exclude(pk__in=[els.pk, noor.pk, sanne.pk]).order_by("pk")[:9]
    rows = [world.comes(event, person, interests=["maths"]) for person in (els, *others)]
    row = dates.set_up(session, by=noor, rounds=2, minutes=60, other_school=False, other_plg=False, other_board=False)
    dates.start(dates.plan(row, by=noor), by=noor)
    taps = [{"key": f"{n:08}-0000-4000-8000-000000000000", "code": f"#{each.pk}"} for n, each in enumerate(rows[:4])]
    checking.check_in(event, by=noor, rows=taps)
    announcing.announce(event, by=noor, text="De soep staat klaar in de foyer.", session=None)
