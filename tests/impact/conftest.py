"""PLG Rekenen with six members, asked at the start and at the end of a year."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from participation.impact import actions
from participation.impact.choices import Way
from participation.impact.models import Wave
from participation.impact.questions import OF_PLG
from tests import cast as make

WAVES = [
    ("start", date(2026, 9, 7), date(2026, 10, 5)),
    ("middle", date(2027, 1, 18), date(2027, 2, 15)),
    ("end", date(2027, 5, 25), date(2027, 6, 22)),
]


@pytest.fixture
def september():
    """A working day on which the questions of the start are open."""
    with time_machine.travel("2026-09-15 12:00:00+02:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def plg(cast, september):
    """PLG Rekenen with six members: Fatima leads, Amina and Tom, and three more."""
    for name in ("Bas Terpstra", "Karin Postma", "Ruben Mulder"):
        more = make.person(name)
        make.works(more, cast.regenboog)
        make.member(cast.maths, more)
        setattr(cast, name.split()[0].lower(), more)
    cast.members = [cast.fatima, cast.amina, cast.tom, cast.bas, cast.karin, cast.ruben]
    return cast


@pytest.fixture
def asked(plg):
    """Set up for a PLG that answers one by one: `asked.start`, `asked.end`."""
    return _set_up(plg, Way.ALONE)


@pytest.fixture
def together(plg):
    """The same for a PLG that answers in its meeting."""
    make.meeting(plg.maths, 2)
    return _set_up(plg, Way.JOINT)


def _set_up(plg, way):
    row = actions.set_up(plg.maths, by=plg.fatima, year=2026, waves=WAVES, way=way)
    return SimpleNamespace(row=row, **{wave.moment: wave for wave in row.waves.all()})


@pytest.fixture
def url():
    """An address of ours: `url("answer", wave)`."""
    return lambda name, *things: reverse(f"impact:{name}", args=[getattr(it, "pk", it) for it in things])


def all_of(mark):
    """The same mark for every question."""
    return dict.fromkeys((question.key for question in OF_PLG), mark)


def alone(wave, people, mark=3, **more):
    """These people answer one by one; `mark` is one for all, or one for each."""
    marks = mark if isinstance(mark, list) else [mark] * len(people)
    for person, each in zip(people, marks, strict=True):
        actions.answer_alone(wave, by=person, key=uuid4(), answers=all_of(each), **more)


def close(wave):
    return actions.close(Wave.objects.get(pk=wave.pk))


def jointly(wave, *, by, people, mark=3):
    """A PLG answers with each other, and is ready."""
    actions.begin_together(wave, by=by, people=people)
    for question in OF_PLG:
        actions.say(wave, question=question.key, value=mark)
    return actions.finish(wave, by=by)
