"""What the demo's PLGs answered: a year behind with its result, this year's start, and questions that are open now."""

from datetime import timedelta

from django.utils.timezone import now

from activity.journal import answered
from participation.impact import actions, asking
from participation.impact.actions.panels import hash_of
from participation.impact.choices import Audience, Moment, Way
from participation.impact.models import Answered, Panel, Questionnaire, Response, Wave
from participation.impact.questions import OF_PARENTS, OF_PLG, OF_PUPILS
from people.calendar import school_year
from plg_platform.demo import days, texts

#: How each question of the fourteen stood at the start, and how far it came.
STOOD = [3.4, 2.9, 2.8, 3.1, 2.7, 2.8, 1.9, 2.6, 3.2, 2.9, 2.2, 3.5, 3.5, 2.8]
CAME = [0.9, 0.8, 1.0, 0.8, 0.9, 0.6, 0.5, 0.7, 0.2, 0.4, 0.3, 0.6, 0.6, -0.3]
TOGETHER = [4, 4, 3, 4, 4, 3, 2, 3, 4, 3, 2, 4, 4, 3]
EXAMPLE = "In groep 5 legden kinderen de stroken zelf naast elkaar, voordat wij iets zeiden."
PUPILS_SAID = ["Ik vind de stroken leuk.", "Soms gaat het te snel.", "Samen rekenen is fijn.", "Mag het vaker buiten?"]


def fill(builder):
    """Last year of two PLGs, this year of three."""
    year = school_year(builder.today)
    for plg in (texts.REKENEN, texts.LEZEN):
        _year_behind(builder, builder.communities[plg.name], year - 1)
    _together(builder, builder.communities[texts.REKENEN.name], year)
    _half_way(builder, builder.communities[texts.SPELEND.name], year)
    _open_now(builder, builder.communities[texts.ONDERZOEKEND.name], year)


def _year_behind(builder, community, year):
    row = _questionnaire(builder, community, year)
    people = max(community.memberships.seated().count(), 6)
    for moment, back, came in ((Moment.START, 430, 0), (Moment.END, 160, 1)):
        wave = _wave(builder, row, moment, back, closed=True, people=people - came)
        marks = [stood + came * moved for stood, moved in zip(STOOD, CAME, strict=True)]
        Response.objects.bulk_create(_alone(builder, wave, marks) for _n in range(people - came))
    actions.release(row, by=row.created_by)


def _alone(builder, wave, marks):
    said = {
        question.key: min(max(round(builder.chance.gauss(mark, 0.8)), 1), 5)
        for question, mark in zip(OF_PLG, marks, strict=True)
    }
    return Response(wave=wave, answers=said)


def _together(builder, community, year):
    """The start was answered in a meeting, also by the pupils; halfway stands on an agenda."""
    row = _questionnaire(builder, community, year)
    start = _wave(builder, row, Moment.START, 60, way=Way.JOINT, closed=True, people=6)
    said = {question.key: mark for question, mark in zip(OF_PLG, TOGETHER, strict=True)}
    Response.objects.create(
        wave=start, is_joint=True, people=6, answers=said, spread={"time": [1, 5], "dare": [3, 5]}, text=EXAMPLE
    )
    panel = Panel.objects.create(
        wave=start, audience=Audience.PUPILS, ceiling=25, until=start.closes_on, created_by=row.created_by,
        closed_at=now(), people=22,
    )  # fmt: skip
    Response.objects.bulk_create(_pupil(builder, panel, n) for n in range(22))
    for moment, ahead in ((Moment.MIDDLE, -55), (Moment.END, -185)):
        wave = _wave(builder, row, moment, ahead, way=Way.JOINT)
        asking.lay(wave, by=row.created_by)
    middle = row.waves.get(moment=Moment.MIDDLE)
    Panel.objects.create(
        wave=middle, audience=Audience.PUPILS, ceiling=25, until=middle.closes_on, created_by=row.created_by
    )


def _pupil(builder, panel, number):
    said = {question.key: builder.chance.choice([2, 3, 3, 4, 4, 5]) for question in OF_PUPILS}
    text = PUPILS_SAID[number] if number < len(PUPILS_SAID) else ""
    return Response(panel=panel, answers=said, text=text, code=hash_of(panel, f"fox-blue-{number}"))


def _half_way(builder, community, year):
    """A PLG that began to answer with each other, and asks parents by a link that is open."""
    row = _questionnaire(builder, community, year)
    wave = _wave(builder, row, Moment.START, 6, way=Way.JOINT)
    asking.lay(wave, by=row.created_by)
    asking.lay(_wave(builder, row, Moment.END, -180, way=Way.JOINT), by=row.created_by)
    Response.objects.create(wave=wave, is_joint=True, is_done=False, people=5, answers={"aim": 4, "dare": 3})
    panel = Panel.objects.create(
        wave=wave, audience=Audience.PARENTS, ceiling=20, until=wave.closes_on, created_by=row.created_by
    )
    Response.objects.bulk_create(
        Response(panel=panel, answers={question.key: builder.chance.choice([2, 3, 4, 5]) for question in OF_PARENTS})
        for _n in range(9)
    )


def _open_now(builder, community, year):
    """Questions that each answers alone, and that some answered already."""
    row = _questionnaire(builder, community, year)
    wave = _wave(builder, row, Moment.START, 8)
    end = _wave(builder, row, Moment.END, -180)
    for each in (wave, end):
        asking.lay(each, by=row.created_by)
    for person in asking.people_of(row).exclude(name="Els Jansen")[:3]:
        Answered.objects.create(wave=wave, person=person)
        Response.objects.bulk_create([_alone(builder, wave, STOOD)])
        answered(asking.KIND, about=wave, person=person)


def _questionnaire(builder, community, year):
    facilitator = community.memberships.leading().exclude(person=None).select_related("person").first().person
    return Questionnaire.objects.create(community=community, year=year, created_by=facilitator)


def _wave(builder, row, moment, back, *, way=Way.ALONE, closed=False, people=0):
    """A wave that opened so many days ago."""
    opens = days.first_from(builder.today - timedelta(days=back), ["Noord", "Midden", "Zuid"])
    return Wave.objects.create(
        questionnaire=row, moment=moment, way=way, opens_on=opens, closes_on=opens + timedelta(weeks=4),
        closed_at=now() if closed else None, people=people, counted=people,
    )  # fmt: skip
