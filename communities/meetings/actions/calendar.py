"""Choose how dates come into one's own calendar."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.meetings import calendars
from communities.meetings.choices import CalendarWay
from communities.meetings.models import CalendarChoice, Meeting
from core.refusals import Refused


@transaction.atomic
def choose_calendar(person, *, way):
    """Mail, feed or neither. Leaving the feed closes its address; who chooses mail gets all coming dates in one.

    Who leaves the mails gets a last one, which takes the dates back out of her calendar.
    """
    occasion = f"meetings:calendar:{now():%Y%m%d%H%M%S}"
    if way != CalendarWay.MAIL:
        calendars.take_back(Meeting.objects.of(person).upcoming(), about=person, person=person, occasion=occasion)
    choice, _made = CalendarChoice.objects.select_for_update().get_or_create(person=person)
    before, choice.way = choice.way, way
    choice.key = (choice.key or calendars.new_key()) if way == CalendarWay.FEED else None
    choice.save()
    if way == CalendarWay.MAIL and before != way:
        calendars.send_dates(person, [person], occasion=occasion)
    record("meetings.calendar_chosen", by=person, about=choice)
    return choice


@transaction.atomic
def renew_key(person):
    """A new private address; calendars that read the old one find nothing any more. Refused where there is none."""
    choice = CalendarChoice.objects.select_for_update().filter(person=person, way=CalendarWay.FEED).first()
    if choice is None:
        raise Refused(_("You have no address yet. Choose it first."))
    choice.key = calendars.new_key()
    choice.save()
    record("meetings.key_renewed", by=person, about=choice)
    return choice
