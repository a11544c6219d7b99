"""The 28 records of Edurep, in both bindings of LOM, as a library would send them."""

import os
from pathlib import Path

import pytest

from knowledgehub.models import Resource
from tests.hub.library import Shelf
from tests.hub.test_harvest import library, run, shown

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "edurep"
pytestmark = [
    pytest.mark.real,
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir() and not os.environ.get("CI"), reason="../shared/data is absent"),
]


def sent(name):
    return (DATA / f"{name}.xml").read_text()


def test_edurep_first_all_of_it_then_what_changed(cast):
    with Shelf("lom") as shelf:
        source = library(cast, shelf.url)
        shelf.answers["ListRecords"] = sent("edurep-oaipmh.initial.0")
        shelf.answers["c1576069959151499|u|f1970-01-01T00:00:00Z|mlom|ssurf"] = sent("edurep-oaipmh.initial.1")
        assert run(source) == {"known": 1, "new": 10, "unusable": 1}
        kept = len(shown(source))
        shelf.answers["ListRecords"] = sent("edurep-oaipmh.delta.0")
        second = run(source)
        assert shelf.asked[-1]["from"] == "2020-02-06T18:10:23Z"
        print(f"\nEdurep: {kept} items; then {second}")
        assert (second["withdrawn"], second["known"]) == (1, 1)
        assert len(shown(source)) == kept - 1 + second["new"]
        assert run(source) == {"known": 2, "same": 4}
    licences = set(Resource.objects.values_list("licence", flat=True))
    assert {"cc-by-40", "cc-by-nc-nd-40", "cc-by-sa-40"} <= licences


def test_the_binding_of_the_ieee(cast):
    with Shelf("nl_lom") as shelf:
        source = library(cast, shelf.url)
        shelf.answers["ListRecords"] = sent("anatomy-tool-oaipmh.initial.0")
        shelf.answers["63dee2213b993cf13abbb33de8d842c0"] = sent("edurep-oaipmh.initial.1")  # an end, of any kind
        assert run(source)["new"] >= 10
    book = Resource.objects.get(title__startswith="OpenStax Book")
    assert "&amp;" not in book.title
    assert (book.licence, book.language, str(book.authors.get())) == ("cc-by-40", "en", "OpenStax")
