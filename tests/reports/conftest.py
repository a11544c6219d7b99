"""PLG Rekenen with six members, at the end of a school year in which it met, decided and learned."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from communities.meetings.models import Attendance, Minutes, MinutesVersion
from organisations.models import Hours
from participation.reports import actions
from participation.reports.models import Report
from tests import cast as make

SECTIONS = [
    {"key": "decisions", "kind": "decisions", "title": "", "text": "- We vouwen eerst, dan schrijven we op"},
    {"key": "insights", "kind": "insights", "title": "", "text": "- Amina zag dat halveren vanzelf gaat"},
    {"key": "insights-case", "kind": "insights", "title": "", "text": "- Over Daan uit groep 5", "case": True},
    {"key": "step-1", "kind": "step", "title": "Kijken", "text": "Een aantekening tijdens de bijeenkomst"},
]


@pytest.fixture
def june():
    """A working day near the end of a school year."""
    with time_machine.travel("2027-06-01 12:00:00+02:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def plg(cast, june):
    """Six members, of whom Fatima leads; two meetings, with minutes of which one were approved."""
    for name in ("Bas Terpstra", "Karin Postma", "Ruben Mulder"):
        more = make.person(name)
        make.works(more, cast.regenboog)
        make.member(cast.maths, more)
        setattr(cast, name.split()[0].lower(), more)
    cast.members = [cast.fatima, cast.amina, cast.tom, cast.bas, cast.karin, cast.ruben]
    first = make.meeting(cast.maths, held_on=date(2026, 11, 5))
    second = make.meeting(cast.maths, held_on=date(2027, 3, 11))
    _minutes(first, "approved", SECTIONS)
    _minutes(second, "proposed", [SECTIONS[0] | {"text": "- Nog niet goedgekeurd"}])
    for meeting in (first, second):
        for person in cast.members:
            Attendance.objects.create(meeting=meeting, person=person, was_there=True, minutes=90)
            Hours.objects.create(
                person=person, kind="meeting", minutes=90 * 4, held_on=meeting.held_on, school=cast.regenboog,
                board=cast.board, community_id=cast.maths.pk, source=f"meeting:{meeting.pk}",
            )  # fmt: skip
    return cast


def _minutes(meeting, state, sections):
    minutes = Minutes.objects.create(meeting=meeting, state=state)
    MinutesVersion.objects.create(minutes=minutes, number=1, sections=sections)


@pytest.fixture
def report(plg):
    """The draft of 2026–2027."""
    return actions.begin(plg.maths, by=plg.fatima, year=2026)


@pytest.fixture
def released(plg, report, june):
    """Laid before the members, agreed to by who is named, and released."""
    laid = actions.lay(report, by=plg.fatima)
    actions.agree(laid, by=plg.amina)
    june.shift(timedelta(days=21))
    return actions.release(laid, by=plg.fatima)


@pytest.fixture
def url():
    """An address of ours: `url("detail", report)`."""
    return lambda name, *things: reverse(f"reports:{name}", args=[getattr(it, "pk", it) for it in things])


def read(report, user):
    """The report as this person may see it, or None."""
    return Report.objects.for_detail(user).filter(pk=report.pk).first()


def text_of(report):
    """All that stands in it."""
    row = Report.objects.get(pk=report.pk)
    return "\n".join(f"{each['title']}: {each['text']}" for each in row.current.sections)


def typed(report, **texts):
    """What the form sends: the sections as they stand, with other texts for these keys."""
    from communities.meetings.minutes import Typed, mark

    row = Report.objects.get(pk=report.pk)
    return [
        Typed(each["key"], mark(each), each["title"], texts.get(each["key"], each["text"]))
        for each in row.current.sections
    ]
