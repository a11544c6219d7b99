"""Class visits of the demo, in PLG Rekenen: an invitation, a wish, one that is planned, one that waits for a talk."""

from datetime import time, timedelta

from lessonstudy.visits import actions
from lessonstudy.visits.choices import State
from lessonstudy.visits.models import Move, Slot, Visit
from organisations.models import Affiliation
from people.calendar import is_working_day
from plg_platform.demo import texts

COME = ("Mark de Wit", "Wanneer gaan kinderen met elkaar in gesprek over de som, en wat deed ik vlak daarvoor?",
        "Let op de twee groepjes bij het raam, vooral in de eerste tien minuten.")  # fmt: skip
GO = ("Yasmin Aksoy", "Hoe begint een les die niet met uitleg begint?")
PLANNED = ("Sanne Bakker", "Els Jansen", "Wat zeg ik als het antwoord fout is?")
BEHIND = ("Sanne Bakker", "Mark de Wit", "Wie komt er in mijn kring aan het woord, en wie niet?")


def fill(builder):
    """Four visits; what they ask for stands on Vandaag."""
    plg = builder.communities[texts.REKENEN.name]
    members = {row.person.name: row.person for row in plg.memberships.seated().select_related("person") if row.person}
    _invitation(builder, plg, members)
    _wish(plg, members)
    _planned(builder, plg, members)
    _behind(builder, plg, members)


def _day(builder, days):
    day = builder.today + timedelta(days=days)
    while not is_working_day(day, "Midden"):
        day += timedelta(days=1 if days > 0 else -1)
    return day


def _times(builder, *days):
    return [(_day(builder, each), time(9, 0), time(10, 0)) for each in days]


def _invitation(builder, plg, members):
    name, question, look_at = COME
    if person := members.get(name):
        actions.open_visit(
            plg, by=person, question=question, look_at=look_at, slots=_times(builder, 8, 10, 15)
        )  # fmt: skip


def _wish(plg, members):
    if person := members.get(GO[0]):
        actions.open_visit(plg, by=person, question=GO[1], direction="go")


def _planned(builder, plg, members):
    visitor, visited, question = members.get(PLANNED[0]), members.get(PLANNED[1]), PLANNED[2]
    if not (visitor and visited):
        return
    visit = actions.open_visit(plg, by=visited, other=visitor, question=question, slots=_times(builder, 6))
    actions.take(visit, "accept", by=visitor, slot=visit.slots.get())
    school = Affiliation.objects.current().filter(person=visitor, school__isnull=False).first().school
    actions.take(visit, "need_cover", by=visitor, kind="substitute", school=school)


def _behind(builder, plg, members):
    visited, visitor, question = members.get(BEHIND[0]), members.get(BEHIND[1]), BEHIND[2]
    if not (visitor and visited):
        return
    visit = Visit.objects.create(
        community=plg, opened_by=visited, other=visitor, question=question, state=State.PLANNED,
        created_at=builder.moment - timedelta(days=12),
    )  # fmt: skip
    visit.slot = Slot.objects.create(visit=visit, held_on=_day(builder, -3), starts=time(10, 45), ends=time(11, 30))
    visit.save()
    Move.objects.create(
        visit=visit, verb="plan", was=State.ACCEPTED, became=State.PLANNED, by=visitor,
        at=builder.moment - timedelta(days=9),
    )  # fmt: skip
    actions.take(visit, "visit", by=visitor)
    actions.say(
        visit, "speak", by=visited, aims="Dat iedereen iets zegt in de kring, ook wie lang nadenkt.",
        went="Rustiger dan anders. Ik liet langer stiltes vallen, dat voelde eerst raar.",
    )  # fmt: skip
