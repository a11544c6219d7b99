"""The words of every notice, in both languages and all voices."""

import pytest
from django.utils import translation

from activity import words
from activity.kinds import kinds
from activity.models import Activity, Delivery
from organisations import actions
from organisations.choices import Function, RoleKind


@pytest.fixture
def happened(cast):
    """One row of each kind, made by the deed itself."""
    role = actions.give_role(cast.els, RoleKind.PLANNER, cast.wissel, by=cast.ben)
    actions.end_role(role, by=cast.ben)
    place = actions.add_affiliation(cast.els, cast.wissel, Function.TEACHER, by=cast.ben)
    actions.change_function(place, Function.CARE, by=cast.ben)
    actions.end_affiliation(place, by=cast.ben, until_on=place.from_on)
    actions.end_affiliation(place, by=cast.ben)
    invitation = actions.invite("sanne@school.example", cast.wissel, Function.TEACHER, by=cast.ben, name="Sanne")
    actions.accept(invitation, name="Sanne")
    return [*Activity.objects.filter(kind__in=kinds), *Delivery.objects.filter(kind="organisations.invited")]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_notice_has_its_words(cast, happened, language):
    said = set()
    with translation.override(language):
        for row in happened:
            kind = kinds[row.kind]
            context = words.context_of(kind, row, cast.els, by=cast.ben)
            for voice in ("subject", "line", "email"):
                text = words.say(kind, voice, context)
                assert text, f"{kind.name} {voice}"
                assert "None" not in text
                assert "{{" not in text
            said.add(kind.name.partition(".")[2])
    assert said >= {
        "role_given",
        "role_ended",
        "affiliation_added",
        "function_changed",
        "affiliation_ends",
        "affiliation_ended",
        "invited",
        "invitation_accepted",
    }
