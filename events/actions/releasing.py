"""Releasing the programme: what was planned becomes a version that never changes, and whom it concerns hears it."""

from django.db import transaction
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from core.streams import tell as tell_pages
from core.text import one_line
from events import planning, releases
from events.actions import moving
from events.choices import Part
from events.models import Event, Release, Session
from people.models import User


def draft(event):
    """(content as it stands now, content that people know, what differs)."""
    before = event.released.content if event.released_id else {}
    after = releases.content_of(event)
    return after, before, releases.differences(before, after)


def why_not_release(event, after, before):
    """Why there is nothing to release."""
    if not after["sessions"]:
        return _("Nothing stands in the programme yet.")
    if before and releases.fingerprint(after) == releases.fingerprint(before):
        return _("Nothing changed since version %(number)s.") % {"number": event.released.number}
    return ""


@transaction.atomic
def release(event, *, by, number, seen, says=""):
    """Make it known. `number` and `seen` are the version and the programme that she looked at: who releases at the same
    moment as another organiser is refused, and nobody hears anything twice."""
    moving.hold(event)
    event = Event.objects.select_related("released", "released__by").get(pk=event.pk)
    if Part.ORGANISER not in moving.parts_of(event, by):
        raise Refused(_("Only who organises this event can do that."))
    known = event.released.number if event.released_id else 0
    if number != known + 1:
        raise Refused(
            _("%(name)s released version %(number)s just now. Look at it before you release another one.")
            % {"name": (event.released and event.released.by) or _("Another organiser"), "number": known}
        )
    after, before, changes = draft(event)
    if reason := why_not_release(event, after, before):
        raise Refused(reason)
    if seen != releases.fingerprint(after):
        raise Refused(_("The programme changed while you looked at it. Nothing was released. Look at it again."))
    _count(after, releases.raised(before, after))
    row = Release.objects.create(
        event=event, number=number, content=after, **releases.drawn(after), says=one_line(says)[:300], by=by
    )
    event.released = row
    event.save(update_fields=["released"])
    _tell(row, changes, releases.concerned(event, changes, before, after))
    tell_pages(event.channel, "programme")
    return row


def _count(content, raised):
    """One higher for every session that calendars must read anew, there and in the content."""
    for each in content["sessions"]:
        if each["id"] in raised:
            each["sequence"] += 1
            Session.objects.filter(pk=each["id"]).update(sequence=each["sequence"])


def _tell(row, changes, concerned):
    """Only those whom it concerns, each once; her letter says what is hers of it."""
    people, addresses = concerned
    told = {pk: sorted({what for one, what in changes if one == pk}) for pk, _what in changes}
    record(
        "events.released", by=row.by, about=row, tell=list(User.objects.filter(pk__in=people)),
        addresses=sorted(addresses),
        changes={str(pk): what for pk, what in told.items()}, number=row.number,
    )  # fmt: skip


def warnings_of(event):
    """What is wrong with what would be released."""
    return planning.warnings(event, planning.sessions_of(event))
