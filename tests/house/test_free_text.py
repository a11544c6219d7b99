"""Wherever something is written about a lesson, the likely name of a pupil is seen."""

import pytest
from django import forms
from django.urls import reverse

from communities import home_task_forms
from communities.discussions import forms as posts
from communities.logbook_forms import EntryForm
from communities.meetings.forms import action_points, minutes, running
from core.forms import NamesAreSeen
from lessonstudy.forms import analysis, cycles, observing, outcome, plans
from lessonstudy.visits import forms as visits
from tests.lessonstudy import world

MODULES = (
    analysis, cycles, observing, outcome, plans, visits, home_task_forms, posts, action_points, minutes, running,
)  # fmt: skip


def _forms():
    for module in MODULES:
        for found in vars(module).values():
            if isinstance(found, type) and issubclass(found, forms.BaseForm) and found.__module__ == module.__name__:
                yield found


def _boxes(form):
    return [name for name, field in form.base_fields.items() if isinstance(field.widget, forms.Textarea)]


@pytest.mark.parametrize("form", [*_forms(), EntryForm], ids=lambda form: form.__name__)
def test_a_form_in_which_one_writes_freely_sees_names(form):
    assert not _boxes(form) or issubclass(form, NamesAreSeen)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("edit", {"title": "Breuken", "pupil_goal": "Emma legt uit.", "rounds": 2, "order": "pupils"}),
        ("charter", {"text": "Emma is er altijd bij."}),
        ("sources", {"reference": "Boek", "takes": "Emma begreep het."}),
        ("pupils", {"code": "D", "stands_for": "at", "start": "Emma telt op haar vingers.", "target": ""}),
    ],
)
def test_who_saves_the_name_of_a_pupil_is_told_so_and_what_she_wrote_is_kept(cast, signed_in, name, said):
    cycle = world.a_cycle(cast, "orienting")
    client = signed_in(cast.fatima)
    page = reverse(f"lessonstudy:{name}", args=[cycle.pk])
    assert "<name-hint" in client.get(page).text
    answer = client.post(page, said, follow=True)
    assert answer.status_code == 200
    assert "name of a pupil" in answer.text or "naam van een leerling" in answer.text
    assert "Emma" in client.get(answer.redirect_chain[-1][0]).text or name == "edit"
