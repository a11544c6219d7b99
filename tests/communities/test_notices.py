"""Every letter, line and request of a PLG has its words, in both languages and without escapes in subjects."""

from pathlib import Path

import pytest
from django.utils import translation

from activity import words
from activity.kinds import ask_kinds, kinds
from activity.models import Activity, Ask
from communities import actions
from communities.models import Complaint, HandIn, HomeTask, Introduction, SchoolPair
from core.time import today
from tests import cast as people

NAMES = sorted(name for name in kinds if name.startswith("communities."))
ASKS = sorted(name for name in ask_kinds if name.startswith("communities."))
OF_PLG = {"begun", "rested", "resumed", "closed", "no_facilitator", "proposed"}


def about(kind, cast):
    """A row that this kind is about."""
    verb = kind.split(".")[1]
    if verb in OF_PLG:
        return cast.maths
    if verb.startswith("compl"):
        return Complaint.objects.create(community=cast.maths, by=cast.amina, confidant=cast.ben, text="x")
    if "home_task" in verb or verb in ("hand_in", "answer_hand_in"):
        return a_task(cast)
    if "hand" in verb and verb != "handed_over":
        return HandIn.objects.create(task=a_task(cast), membership=cast.maths.memberships.get(person=cast.amina))
    if verb.startswith("introduc"):
        other = people.plg(cast.wissel, "Breuken")
        return Introduction.objects.create(
            network=cast.network, by=cast.noor, one=cast.maths, other=other, message="Leer elkaar kennen."
        )
    if verb == "paired":
        return SchoolPair.objects.create(community=cast.maths, school=cast.regenboog, first=cast.els)
    return actions.invite(cast.maths, by=cast.fatima, person=cast.els, message="Kom je?")


def a_task(cast):
    return HomeTask.objects.create(community=cast.maths, title="Vraag & antwoord", text="x", due_on=today())


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_kind_has_its_three_voices(cast, name, language):
    type(cast.maths).objects.filter(pk=cast.maths.pk).update(name="Rekenen & tellen")
    cast.maths.refresh_from_db()
    activity = Activity(kind=name, about=about(name, cast), facts={"until": today().isoformat(), "seated": True})
    activity.about.community = cast.maths if hasattr(activity.about, "community_id") else None
    with translation.override(language):
        context = words.context_of(kinds[name], activity, cast.amina, by=cast.fatima)
        subject, line, email = (words.say(kinds[name], voice, context) for voice in ("subject", "line", "email"))
    assert 8 < len(subject) < 120
    assert "&amp;" not in subject
    assert line
    assert "<p>" in email
    assert 'href="http' in email or name == "communities.removed"


@pytest.mark.parametrize("name", ASKS)
def test_a_request_has_its_question(cast, name):
    ask = Ask(kind=name, about=about(name, cast))
    context = words.context_of(ask_kinds[name], ask, cast.amina)
    assert words.say(ask_kinds[name], "ask", context)


def test_every_file_of_words_belongs_to_a_kind():
    folder = Path(__file__).parents[2] / "templates" / "communities" / "notices"
    known = {name.split(".")[1] for name in [*NAMES, *ASKS]}
    assert {path.stem for path in folder.glob("*.html")} == known
