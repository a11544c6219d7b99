"""What people hear of the programme."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from activity.kinds import NothingToSay
from communities.meetings import ics as calendars
from core.links import address
from events import ics, releases
from events.models import Release, Seat
from events.notices.kinds import register


def news(about, person, facts):
    """What differs for this reader: of what she brings everything, of what she marked or has a place in what moved."""
    content = about.content
    before = Release.objects.filter(event=about.event, number=about.number - 1).first()
    mine = releases.sessions_of(person, about.event) if person else None
    lines = []
    for key, what in facts.get("changes", {}).items():
        pk = int(key)
        brings = mine is not None and _brings(pk, person, content, before)
        told = [each for each in what if brings or (each in releases.TOLD and (mine is None or pk in mine))]
        known = next((each for each in content["sessions"] if each["id"] == pk), None)
        if known and told:
            said = [releases.sentence(each, before.content if before else {}, content, pk) for each in told]
            lines.append({"id": pk, "title": known["title"], "says": ", ".join(dict.fromkeys(said)), "brings": brings})
    if not lines:
        raise NothingToSay
    return {"lines": lines, "says": about.says}


def _brings(pk, person, *contents):
    known = [content for content in contents if content]
    rows = [each for one in known for each in (one.content if isinstance(one, Release) else one).get("sessions", [])]
    return any(each["id"] == pk and person.pk in [who for who, _name in each["speakers"]] for each in rows)


def file(delivery, about, person):
    """The sessions that differ, for her calendar."""
    with override(person.language if person else "nl"):
        try:
            ids = {line["id"] for line in news(about, person, delivery.facts)["lines"]}
        except NothingToSay:
            return []
        return [calendars.attachment(ics.changed(about.event, about, ids), "PUBLISH")]


def its_page(about, person, facts):
    """Where the programme stands."""
    return address("events:programme", about.event_id)


def a_release():
    """(about, facts) for the preview."""
    row = Release.objects.select_related("event").order_by("-pk").first()
    sessions = row.content.get("sessions", []) if row else []
    return row, {"changes": {str(each["id"]): ["new"] for each in sessions[:2]}, "number": 1}


def a_seat():
    """(about, facts) for the preview."""
    return Seat.objects.select_related("session__event", "registration__person").order_by("pk").first(), {}


register(
    "events.released", _("something changes in the programme of an event that concerns me"), wait=False,
    related=("event",), context=news, attachments=file, url=its_page, sample=a_release,
)  # fmt: skip
register(
    "events.seat_lost", _("I lose my place in a session"), wait=False,
    related=("session__event", "registration__person"),
    url=lambda about, person, facts: address("events:programme", about.session.event_id), sample=a_seat,
)  # fmt: skip
