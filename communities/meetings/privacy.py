"""What meetings hold of a person."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities.meetings import finding
from communities.meetings.models import (
    ActionPoint,
    AgendaItem,
    Answer,
    Approval,
    Attendance,
    CalendarChoice,
    ExitTicket,
    Line,
    Meeting,
    Minutes,
    MinutesVersion,
    Poll,
    Protocol,
    Run,
    RunSeat,
    RunStep,
    Series,
    Vote,
)
from communities.registry import contents
from communities.search import index
from core.privacy import Section, Table, keep, write_here


def clear_of(community):
    """Agendas, minutes, notes and promises go. That there was a meeting, and who was there, stands for the hours."""
    meetings = Meeting.objects.filter(community=community)
    gone = 0
    for name, rows, file in (
        (None, Run.objects.filter(community=community), ""),
        (finding.MINUTES, Minutes.objects.filter(meeting__in=meetings), ""),
        (finding.ACTION, ActionPoint.objects.filter(community=community), "photo"),
        (finding.ITEM, AgendaItem.objects.filter(community=community), "attachment"),
        (finding.PROTOCOL, Protocol.objects.filter(community=community), ""),
        (None, Poll.objects.filter(community=community), ""),
        (None, Answer.objects.filter(meeting__in=meetings), ""),
    ):
        if name:
            index.forget(name, *rows.values_list("pk", flat=True))
        for row in rows.exclude(**{file: ""}) if file else ():
            kept = getattr(row, file)
            transaction.on_commit(lambda kept=kept: kept.storage.delete(kept.name))
        gone += rows.delete()[0]
    meetings.exclude(title="", preparation="", link="").update(title="", preparation="", link="")
    return gone


def followed(rows):
    """What is found of these rows is what they say now."""
    index.follow(*rows)


def minutes_followed(versions):
    """The same of minutes, by their versions."""
    index.follow(*Minutes.objects.filter(versions__in=versions).select_related("meeting").distinct())


def register():
    """From `AppConfig.ready()`."""
    keep(
        "meetings",
        Section(
            title=_("Meetings"),
            seen_by=_(
                "The members of the PLG. School leaders see figures of at least five people, never your answers."
            ),
            after=_("Your answers, votes and promises go. Minutes and agendas stay, without your name."),
            term="contents",
            tables=[
                Table(
                    Answer,
                    hers=("person",),
                    address=("address",),
                    shows=("meeting__title", "meeting__held_on", "coming", "reason", "at"),
                ),
                Table(
                    Attendance,
                    hers=("person",),
                    did=("marked_by",),
                    address=("address",),
                    shows=("meeting__title", "meeting__held_on", "was_there", "minutes"),
                ),
                Table(CalendarChoice, hers=("person",), shows=("way", "changed_at")),
                Table(
                    Vote,
                    hers=("person",),
                    address=("address",),
                    shows=("option__held_on", "option__starts", "fits", "at"),
                ),
                Table(
                    ActionPoint,
                    hers=("person",),
                    did=("by",),
                    address=("address",),
                    shows=("text", "due_on", "state", "went", "sentence", "photo", "answered_at"),
                ),
                Table(RunSeat, hers=("person",), shows=("run__title", "way", "joined_at")),
                Table(ExitTicket, hers=("person",), shows=("run__title", "worth", "takes_along", "at")),
                Table(Approval, hers=("person",), shows=("version__minutes__meeting__title", "at")),
                Table(Line, said=("author",), shows=("run__title", "text", "kind", "at")),
                Table(AgendaItem, said=("proposed_by",), shows=("title", "instruction", "created_at")),
                Table(MinutesVersion, did=("by",)),
                Table(Minutes, did=("proposed_by",)),
                Table(Series, did=("created_by",)),
                Table(Poll, did=("created_by",)),
                Table(Protocol, said=("created_by",), shows=("name", "purpose", "changed_at")),
                Table(Run, did=("started_by", "led_by")),
            ],
        ),
    )
    write_here(Meeting, "title", "preparation", "room", "cancelled_because", community="community")
    write_here(
        AgendaItem,
        *("title", "instruction", "private_note", "dropped_because", "silent", "attachment_name"),
        community="community",
        follow=followed,
    )
    write_here(MinutesVersion, "sections", "because", community="minutes__meeting__community", follow=minutes_followed)
    write_here(Protocol, "name", "purpose", "note", "steps", "roles", community="community", follow=followed)
    write_here(Line, "text", community="run__community")
    write_here(Run, "title", community="community")
    write_here(RunStep, "title", "instruction", "silent", community="run__community")
    write_here(RunSeat, "roles", community="run__community")
    write_here(ActionPoint, "text", "sentence", "dropped_because", community="community", follow=followed)
    write_here(Answer, "reason", community="meeting__community")
    write_here(ExitTicket, "takes_along", community="run__community")
    write_here(Poll, "title", community="community")
    contents.add("meetings", clear_of)
