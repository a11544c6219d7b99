"""The date of a research lesson: on one's agenda, in one's feed, and in the letter that tells of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import now
from django.utils.translation import gettext as _
from icalendar import Event

from activity.models import Activity
from communities.meetings import ics
from communities.meetings.beside import Date
from communities.meetings.calendars import way_of
from communities.meetings.choices import CalendarWay
from core.links import url_for
from lessonstudy import rules
from lessonstudy.choices import Halt
from lessonstudy.models import ResearchLesson


def attachments(delivery, about, person):
    """The calendar file, for whoever wants dates by mail."""
    if about is None or way_of(person) != CalendarWay.MAIL:
        return []
    return [ics.attachment(publish(about, at=now()), "PUBLISH")]


def publish(lesson, at):
    """The bytes of a calendar with this lesson, made at that moment."""
    return ics.publish([], more=_events([lesson], at))


def rows(user, first, last=None):
    """The lessons of her teams from the one day to the other (`communities.meetings.beside`)."""
    lessons = _of(user).filter(held_on__gte=first, **({"held_on__lte": last} if last else {}))
    return [
        Date(
            starts_at=lesson.starts_at, held_on=lesson.held_on, starts=lesson.starts, ends=lesson.ends,
            name=lesson.cycle.community.name, called=_("research lesson"), url=lesson.get_absolute_url(),
            where=lesson.school.name if lesson.school else "",
        )
        for lesson in lessons
    ]  # fmt: skip


def events(person, since):
    """The same for her feed."""
    return _events(_of(person).filter(starts_at__gte=since))


def _of(user):
    lessons = ResearchLesson.objects.standing().filter(rules.view(user, "cycle__")).exclude(cycle__halt=Halt.STOPPED)
    return lessons.select_related("cycle__community", "school").order_by("starts_at", "pk")


def _events(lessons, at=None):
    """Its sequence is how often a lesson was arranged: a later one replaces."""
    lessons = list(lessons)
    if not lessons:
        return []
    arranged = {lesson.pk: [] for lesson in lessons}
    about = {"about_type": ContentType.objects.get_for_model(ResearchLesson), "about_id__in": list(arranged)}
    for pk, moment in Activity.objects.filter(kind="lessonstudy.arranged", **about).values_list("about_id", "at"):
        arranged[pk].append(moment)
    return [_event(lesson, arranged[lesson.pk], at) for lesson in lessons]


def _event(lesson, arranged, at):
    zone = ZoneInfo(lesson.zone)
    event = Event()
    event.add("uid", f"lesson-{lesson.pk}@{settings.MAIL_DOMAIN}")
    event.add("sequence", len(arranged))
    event.add("dtstamp", at or max(arranged, default=lesson.starts_at))
    event.add("dtstart", datetime.combine(lesson.held_on, lesson.starts, zone))
    event.add("dtend", datetime.combine(lesson.held_on, lesson.ends, zone))
    event.add("summary", _("%(plg)s: research lesson") % {"plg": lesson.cycle.community.name})
    event.add("location", lesson.school.name if lesson.school_id else "")
    event.add("url", url_for("lessonstudy:lesson", lesson.pk))
    event.add("status", "CONFIRMED")
    return event
