"""The library of ways of working: found, used for a meeting, copied, changed and brought back."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.meetings import actions, carrying
from communities.meetings import library as shelf
from communities.meetings.choices import ItemKind, ItemState
from communities.meetings.models import AgendaItem, Protocol
from core.refusals import Refused
from plg_platform.demo import build
from tests import cast as people
from tests.cast import meeting as make_meeting

pytestmark = pytest.mark.usefixtures("library")


def incident():
    return Protocol.objects.get(code="incident", community=None)


def page(name, *args):
    return reverse(f"meetings:{name}", args=args)


def titles(meeting):
    return [row.title for row in carrying.in_order(meeting)]


# The library --------------------------------------------------------------------------------------


def test_the_library_is_the_file_and_loading_it_again_changes_nothing():
    assert Protocol.objects.library().count() == 17
    before = list(Protocol.objects.library().values("pk", "code", "minutes", "steps"))
    shelf.load(Protocol.objects)
    assert list(Protocol.objects.library().values("pk", "code", "minutes", "steps")) == before
    rows = json.loads(Path(shelf.FILE).read_text("utf8"))
    assert {row["code"]: row["total_minutes"] for row in rows} == dict(
        Protocol.objects.library().values_list("code", "minutes")
    )


def test_the_demo_does_not_lose_it(settings):
    settings.DEMO = True
    build.empty()
    assert Protocol.objects.library().count() == 17


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ({}, "Incidentmethode", "Niets heeft deze woorden"),
        ({"words": "video"}, "Videoclub", "Incidentmethode"),
        ({"words": "VIDÉO"}, "Videoclub", "Incidentmethode"),
        ({"people": "3"}, "Troika", "Incidentmethode"),
        ({"minutes": "20"}, "Bordsessie", "Incidentmethode"),
        ({"words": "leerling", "minutes": "60"}, "Leerlingwerk bekijken", "Troika"),
        ({"words": "kwantumfysica"}, "Niets heeft deze woorden", "Incidentmethode"),
        ({"words": "incident", "people": "30"}, "Deze komen dichtbij", "Niets heeft deze woorden"),
        ({"people": "veel", "minutes": "999"}, "Incidentmethode", "Niets heeft deze woorden"),
        ({"words": "%_'\"<b>"}, "Niets heeft deze woorden", "<b>"),
        ({"meeting": "zes"}, "Incidentmethode", "Niets heeft deze woorden"),
    ],
)
def test_search_finds_by_words_people_and_time(cast, signed_in, asked, there, not_there):
    seen = signed_in(cast.amina).get(page("protocols"), asked).text
    found = seen[seen.index('id="found"') :]
    assert there in found and not_there not in found


def test_results_change_without_a_new_page(cast, signed_in):
    answer = signed_in(cast.amina, headers={"HX-Request": "true"}).get(page("protocols"), {"words": "video"})
    assert answer.text.lstrip().startswith("<div")
    assert 'data-say="1 werkvorm"' in answer.text


def test_a_protocol_tells_its_steps_roles_and_who_is_silent(cast, signed_in):
    seen = signed_in(cast.dele).get(incident().get_absolute_url()).text
    for words in ("7 stappen, 65 minuten", "Adviesronde", "stil: casusinbrenger", "4 tot 8 mensen", "tijdbewaker"):
        assert words in seen
    assert "Gebruik voor onze bijeenkomst" not in seen


# For our meeting ----------------------------------------------------------------------------------


def test_fatima_fills_the_agenda_of_her_meeting(cast, thursday, signed_in):
    fatima, protocol = signed_in(cast.fatima), incident()
    seen = fatima.get(page("use_protocol", protocol.pk), {"meeting": thursday.pk}).text
    assert "Adviesronde" in seen and "Op deze agenda staat nog niets." in seen
    answer = fatima.post(page("use_protocol", protocol.pk), {"meeting": thursday.pk})
    assert answer.url == page("agenda_of", thursday.pk)
    rows = carrying.in_order(thursday)
    assert [row.title for row in rows] == [step["title"] for step in protocol.steps]
    assert rows[5].silent == ["casusinbrenger"] and rows[5].protocol == protocol and rows[5].is_case
    assert sum(row.minutes for row in rows) == 65


def test_the_minutes_can_be_made_to_fit(cast, thursday):
    items = actions.use_protocol(incident(), thursday, by=cast.fatima, fit=True)
    assert sum(row.minutes for row in items) == 90


def test_it_asks_before_it_replaces_and_what_was_typed_is_kept(cast, thursday, signed_in):
    actions.add_item(thursday, by=cast.fatima, title="Zelf getypt", kind=ItemKind.OTHER, minutes=10)
    actions.use_protocol(incident(), thursday, by=cast.fatima)
    assert titles(thursday)[0] == "Zelf getypt" and len(titles(thursday)) == 8
    fatima, club = signed_in(cast.fatima), Protocol.objects.get(code="videoclub")
    seen = fatima.get(page("use_protocol", club.pk), {"meeting": thursday.pk}).text
    assert "Dit staat er nu" in seen and "Zelf getypt" in seen
    fatima.post(page("use_protocol", club.pk), {"meeting": thursday.pk, "replace": "yes"})
    assert titles(thursday) == [step["title"] for step in club.steps]
    assert [row.title for row in AgendaItem.objects.backlog(cast.maths)] == ["Zelf getypt"]


def test_replacing_keeps_the_opening_with_what_was_agreed(cast, thursday):
    AgendaItem.objects.create(
        community=cast.maths, meeting=thursday, kind=ItemKind.ACTIONS, title="Hoe ging het?", minutes=10, order=1
    )
    actions.use_protocol(incident(), thursday, by=cast.fatima, replace=True, fit=True)
    rows = carrying.in_order(thursday)
    assert rows[0].title == "Hoe ging het?"
    assert sum(row.minutes for row in rows) == 90


@pytest.mark.parametrize(("who", "answer"), [("amina", 302), ("gijs", 302), ("bram", 302), ("dele", 302)])
def test_who_leads_no_meeting_is_told_so(cast, thursday, signed_in, who, answer):
    somebody = signed_in(getattr(cast, who))
    assert somebody.post(page("use_protocol", incident().pk), {"meeting": thursday.pk}).status_code == answer
    assert titles(thursday) == []


def test_nobody_fills_a_meeting_of_another_plg(cast, thursday, signed_in):
    other = make_meeting(people.plg(cast.wissel, "PLG Lezen"), days=30)
    answer = signed_in(cast.fatima).post(page("use_protocol", incident().pk), {"meeting": other.pk})
    assert answer.status_code == 422
    assert AgendaItem.objects.count() == 0


# A copy of one's own --------------------------------------------------------------------------------


@pytest.fixture
def copy(cast):
    return actions.copy_protocol(incident(), cast.maths, by=cast.amina)


def typed(protocol, rows, **more):
    """The form of a copy as a browser sends it."""
    fields = {
        "name": protocol.name, "purpose": protocol.purpose, "group_min": protocol.group_min,
        "group_max": protocol.group_max, "roles": ", ".join(protocol.roles), "note": protocol.note,
        "steps": len(rows),
    }  # fmt: skip
    for n, step in enumerate(rows):
        fields |= {f"step-{n}-{name}": step.get(name, "") for name in ("title", "minutes", "instruction", "silent")}
    return fields | more


def test_amina_makes_a_copy_and_nobody_else_finds_it(cast, signed_in):
    amina = signed_in(cast.amina)
    answer = amina.post(page("copy_protocol", incident().pk), {"community": cast.maths.pk})
    copy = Protocol.objects.get(community=cast.maths)
    assert answer.url == page("edit_protocol", copy.pk)
    assert copy.is_case and copy.steps == incident().steps
    amina.post(page("copy_protocol", incident().pk), {"community": cast.maths.pk})
    assert Protocol.objects.filter(community=cast.maths).count() == 1
    for who, status in (("fatima", 200), ("gijs", 404), ("bram", 404), ("noor", 404), ("dele", 404)):
        assert signed_in(getattr(cast, who)).get(copy.get_absolute_url()).status_code == status
    amina.post(page("copy_protocol", incident().pk), {"community": people.plg(cast.wissel, "PLG Lezen").pk})
    assert Protocol.objects.exclude(community=None).count() == 1


def test_a_copy_is_changed_step_by_step_without_script(cast, copy, signed_in):
    amina, steps = signed_in(cast.amina), [{"title": "a", "minutes": 5}, {"title": "b", "minutes": 10}]
    address = page("edit_protocol", copy.pk)
    for do, order in [
        ("down-0", ["b", "a"]), ("up-1", ["b", "a"]), ("up-0", ["a", "b"]), ("remove-0", ["b"]),
        ("add", ["a", "b", ""]), ("down-9", ["a", "b"]), ("vlieg-1", ["a", "b"]), ("up-x", ["a", "b"]),
    ]:  # fmt: skip
        answer = amina.post(address, typed(copy, steps, do=do, name="Half getypt"))
        assert answer.status_code == 200
        assert [form["title"].value() for form in answer.context["steps"]] == order
        assert 'value="Half getypt"' in answer.text
    copy.refresh_from_db()
    assert len(copy.steps) == 7
    assert amina.post(address, typed(copy, steps, name="Kort incident")).url == copy.get_absolute_url()
    copy.refresh_from_db()
    assert (copy.name, copy.minutes, [step["title"] for step in copy.steps]) == ("Kort incident", 15, ["a", "b"])
    assert incident().minutes == 65


@pytest.mark.parametrize(
    ("steps", "more"),
    [
        ([], {}),
        ([{"title": "", "minutes": 5}], {}),
        ([{"title": "a", "minutes": "veel"}], {}),
        ([{"title": "a", "minutes": 900}], {}),
        ([{"title": "a" * 200, "minutes": 5}], {}),
        ([{"title": "a", "minutes": 5}], {"name": ""}),
        ([{"title": "a", "minutes": 5}], {"group_min": 9, "group_max": 3}),
        ([{"title": "a", "minutes": 5}], {"group_min": 0}),
        ([{"title": "a", "minutes": 5}], {"steps": "-4"}),
        ([{"title": "a", "minutes": 5}], {"steps": "x"}),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(cast, copy, signed_in, steps, more):
    answer = signed_in(cast.amina).post(page("edit_protocol", copy.pk), typed(copy, steps, **more))
    assert answer.status_code == 422
    copy.refresh_from_db()
    assert len(copy.steps) == 7


def test_back_to_the_original_and_away(cast, copy, signed_in):
    amina = signed_in(cast.amina)
    actions.edit_protocol(copy, by=cast.amina, name="Anders", steps=copy.steps[:2])
    assert "Incidentmethode" in amina.get(page("revert_protocol", copy.pk)).text
    amina.post(page("revert_protocol", copy.pk))
    copy.refresh_from_db()
    assert (copy.name, len(copy.steps)) == ("Incidentmethode", 7)
    amina.post(page("delete_protocol", copy.pk))
    assert not Protocol.objects.filter(pk=copy.pk).exists()


def test_the_library_itself_is_changed_by_nobody(cast, signed_in):
    for who in (cast.fatima, cast.amina, cast.paula):
        assert signed_in(who).get(page("edit_protocol", incident().pk)).status_code == 403
        assert signed_in(who).post(page("delete_protocol", incident().pk)).status_code == 403
    with pytest.raises(Refused):
        actions.edit_protocol(incident(), by=cast.fatima, name="Van mij")


def test_an_agenda_that_was_filled_from_a_copy_outlives_it(cast, copy, thursday):
    actions.use_protocol(copy, thursday, by=cast.fatima)
    actions.delete_protocol(copy, by=cast.fatima)
    assert len(titles(thursday)) == 7


def test_a_step_of_a_case_stays_a_case_when_the_copy_goes(cast, copy, thursday):
    actions.use_protocol(copy, thursday, by=cast.fatima)
    actions.delete_protocol(copy, by=cast.fatima)
    assert all(row.is_case for row in carrying.in_order(thursday))
    assert AgendaItem.objects.filter(meeting=thursday, state=ItemState.PLANNED).count() == 7


def test_many_copies_ask_as_much_as_one(cast, copy, signed_in):
    amina = signed_in(cast.amina)
    amina.get(page("protocols"))
    with CaptureQueriesContext(connection) as one:
        amina.get(page("protocols"))
    for n in range(8):
        Protocol.objects.create(community=cast.maths, name=f"Eigen {n}", purpose="x", steps=[])
    with CaptureQueriesContext(connection) as many:
        assert "Eigen 7" in amina.get(page("protocols")).text
    assert len(many) == len(one) <= 12
