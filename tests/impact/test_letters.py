"""What people hear and are asked, in both languages; titles and numbers, never answers."""

import pytest
from django.urls import reverse

from activity import asks, words
from activity.kinds import kinds
from participation.impact.models import Questionnaire, Wave
from tests.impact.conftest import alone


def test_the_request_stands_on_vandaag_until_she_answered(plg, asked, signed_in):
    page = signed_in(plg.amina).get("/").content.decode()
    assert reverse("impact:answer", args=[asked.start.pk]) in page
    alone(asked.start, [plg.amina])
    assert reverse("impact:answer", args=[asked.start.pk]) not in signed_in(plg.amina).get("/").content.decode()


def test_a_request_of_later_does_not_stand_there_yet(plg, asked):
    found = asks.for_today(plg.amina, limit=20)
    assert [ask.about_id for ask in found if ask.kind == "impact.answer"] == [asked.start.pk]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ["impact.set_up", "impact.closed", "impact.released"])
def test_each_letter_can_be_said(plg, asked, name, language):
    from types import SimpleNamespace

    from django.utils.translation import override

    about = Wave.objects.get(pk=asked.start.pk) if name == "impact.closed" else Questionnaire.objects.get()
    kind = kinds[name]
    with override(language):
        row = SimpleNamespace(kind=name, about=about, by=plg.fatima, facts={}, community_id=plg.maths.pk)
        context = words.context_of(kind, row, plg.amina, by=plg.fatima)
        for voice in ("subject", "line", "email"):
            assert "PLG Rekenen" in words.say(kind, voice, context) or voice == "email"
        assert "PLG Rekenen" in str(kind.because(about, plg.amina, {}))
        assert kind.url(about, plg.amina, {}) == asked.row.get_absolute_url()


def test_who_left_is_asked_no_more(plg, asked):
    membership = plg.maths.memberships.get(person=plg.amina)
    membership.state = "ended"
    membership.save()
    found = asks.for_today(type(plg.amina).objects.get(pk=plg.amina.pk), limit=20)
    assert not [ask for ask in found if ask.kind == "impact.answer"]
