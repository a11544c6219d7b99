"""From minutes, a logbook and a completed PLG into a concept: what is copied is shown, and nothing of a case is."""

import pytest
from django.urls import reverse

from communities import actions as of_plg
from communities.actions import logbook
from communities.meetings.models import Minutes, MinutesVersion
from core.time import today
from knowledgehub.bringing import mark
from knowledgehub.models import Author, ResourceVersion
from tests import cast as people

INSIGHT, OF_CASE = "Vouwen werkt beter dan kleuren.", "Sem durft nu te vragen."


def bring(source, pk, key=""):
    return reverse("knowledgehub:bring", args=[source, pk]) + (f"?key={key}" if key else "")


@pytest.fixture
def minutes(cast):
    """Approved minutes with an insight, and one of a case."""
    row = Minutes.objects.create(meeting=people.meeting(cast.maths, -7), state="approved", number=1)
    sections = [
        {"key": "insights", "kind": "insights", "title": "", "text": f"- {INSIGHT}"},
        {"key": "insights-case", "kind": "insights", "title": "", "text": f"- {OF_CASE}", "case": True},
    ]
    MinutesVersion.objects.create(minutes=row, number=1, sections=sections)
    return row


def test_an_insight_becomes_a_concept_after_she_read_it(cast, minutes, signed_in):
    client = signed_in(cast.tom)
    page = client.get(reverse("meetings:minutes", args=[minutes.meeting_id])).content.decode()
    address = bring("insight", minutes.pk, mark(INSIGHT))
    assert address in page.replace("&amp;", "&")
    shown = client.get(address).content.decode()
    assert INSIGHT in shown and "Alleen dit ene inzicht gaat mee" in shown and OF_CASE not in shown
    assert client.post(address, {"title": "Vouwen", "text": INSIGHT}).status_code == 422, "not read yet"
    client.post(address, {"title": "Vouwen", "text": f"{INSIGHT} Bij ons.", "checked": "on"})
    version = ResourceVersion.objects.select_related("resource").get()
    assert version.text == f"{INSIGHT} Bij ons."
    assert (version.resource.state, version.resource.audience, version.resource.theme) == (
        "concept",
        "private",
        "maths",
    )


def test_of_a_case_nothing_can_be_brought(cast, minutes, signed_in):
    client = signed_in(cast.fatima)
    page = client.get(reverse("meetings:minutes", args=[minutes.meeting_id])).content.decode()
    assert OF_CASE in page and mark(OF_CASE) not in page
    assert client.get(bring("insight", minutes.pk, mark(OF_CASE))).status_code == 404


def test_minutes_that_do_not_stand_yet_and_those_of_others_are_not_there(cast, minutes, signed_in):
    address = bring("insight", minutes.pk, mark(INSIGHT))
    assert signed_in(cast.els).get(address).status_code == 404
    assert signed_in(cast.gijs).get(address).status_code == 404
    Minutes.objects.update(state="proposed")
    assert signed_in(cast.tom).get(address).status_code == 404
    assert signed_in(cast.tom).get(bring("nonsense", minutes.pk)).status_code == 404


def test_of_a_colleagues_entry_she_is_a_maker_too(cast, signed_in):
    row = logbook.write_entry(
        cast.amina, happened_on=today(), words={"tried": "Stroken vouwen.", "saw": "Ze zagen het."}
    )
    assert signed_in(cast.tom).get(bring("entry", row.pk)).status_code == 404, "it is hers alone"
    logbook.share_entry(row, by=cast.amina, community=cast.maths)
    client = signed_in(cast.tom)
    shown = client.get(bring("entry", row.pk)).content.decode()
    assert "Stroken vouwen." in shown and "Amina Yildiz schreef dit en wordt ook maker" in shown
    assert bring("entry", row.pk) in client.get(row.get_absolute_url()).content.decode()
    client.post(bring("entry", row.pk), {"title": "Vouwen", "text": "Stroken vouwen.", "checked": "on"})
    assert set(Author.objects.values_list("person", flat=True)) == {cast.tom.pk, cast.amina.pk}


def test_what_a_completed_plg_learned_begins_a_resource(cast, signed_in):
    client = signed_in(cast.tom)
    assert client.get(bring("outcome", cast.maths.pk)).status_code == 404
    of_plg.close(cast.maths, by=cast.fatima, outcome="Kinderen leren breuken door te vouwen.")
    assert bring("outcome", cast.maths.pk) in client.get(cast.maths.get_absolute_url()).content.decode()
    assert "Kinderen leren breuken door te vouwen." in client.get(bring("outcome", cast.maths.pk)).content.decode()
    client.post(bring("outcome", cast.maths.pk), {"title": "Wat we leerden", "text": "Vouwen.", "checked": "on"})
    assert ResourceVersion.objects.get().resource.kind == "study"
    assert signed_in(cast.els).get(bring("outcome", cast.maths.pk)).status_code == 404
