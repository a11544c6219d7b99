"""Other libraries harvest ours: OAI-PMH 2.0, by its letter, and never more than stands on the web."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from lxml import etree
from oaipmh_scythe import Scythe
from sickle import Sickle

from core.registry import erasures
from knowledgehub.actions import publishing
from knowledgehub.choices import Audience
from knowledgehub.models import Resource, Term
from knowledgehub.registry import tell_changed
from tests.cast import resource

NAMES = {"o": "http://www.openarchives.org/OAI/2.0/", "l": "http://ltsc.ieee.org/xsd/LOM"}
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture
def ask(signed_in):
    """What a harvester gets, as XML; with `post`, by a POST."""
    client = signed_in()

    def send(*pairs, post=False, **arguments):
        query = urlencode([*pairs, *((name.rstrip("_"), value) for name, value in arguments.items())])
        form = "application/x-www-form-urlencoded"
        answer = client.post("/oai", query, content_type=form) if post else client.get(f"/oai?{query}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml; charset=utf-8")
        return etree.fromstring(answer.content)

    return send


def found(root, path):
    return root.xpath(path, namespaces=NAMES)


def error(root):
    return found(root, "string(//o:error/@code)")


def titles(root):
    return [each.text for each in root.iter(f"{DC}title")]


def on_the_web(cast, *names, **fields):
    return [resource(cast.fatima, title=name, audience="public", **fields) for name in names]


def narrow(row, audience=Audience.MEMBERS):
    row.audience = audience
    row.save()
    tell_changed(row)


def test_only_what_stands_on_the_web_is_told(cast, ask):
    on_the_web(cast, "Voor iedereen")
    resource(cast.fatima, title="Voor leden")
    resource(cast.fatima, title="Van de PLG", audience="plg", of=cast.maths)
    resource(cast.fatima, title="Nog niet af", audience="public", published=False)
    assert titles(ask(verb="ListRecords", metadataPrefix="oai_dc")) == ["Voor iedereen"]


def test_what_goes_from_the_web_stays_known_as_deleted_and_comes_back(cast, ask):
    withdrawn, hidden, closed = on_the_web(cast, "Ingetrokken", "Verborgen", "Gesloten")
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        publishing.withdraw(withdrawn, by=cast.fatima, why="Klopt niet meer")
        hidden.hidden_at = now()
        hidden.save()
        tell_changed(hidden)
        narrow(closed)
        answer = ask(verb="ListRecords", metadataPrefix="nl_lom")
        assert len(found(answer, "//o:header[@status='deleted']")) == 3
        assert not found(answer, "//o:metadata")
        assert b"Ingetrokken" not in etree.tostring(answer)
        changed = found(answer, "string(//o:datestamp)")
    with time_machine.travel(now() + timedelta(hours=2), tick=False):
        narrow(closed, Audience.PUBLIC)
        again = ask(verb="ListRecords", metadataPrefix="oai_dc", from_=changed)
        assert titles(again) == ["Gesloten"]
        assert len(found(again, "//o:header[@status='deleted']")) == 2


def test_what_never_was_public_is_not_known_at_all(cast, ask):
    closed = resource(cast.fatima)
    tell_changed(closed)
    answer = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=f"oai:testserver:{closed.key}")
    assert error(answer) == "idDoesNotExist"


def test_nl_lom_says_it_in_the_words_of_the_netherlands(cast, ask):
    (lesson,) = on_the_web(
        cast, "Breuken & \x0bstroken <nu>", lesson_minutes=45, licence="cc-by-nc-40", kind="practice", theme="maths"
    )
    lesson.terms.set(Term.objects.filter(label__in=["Groep 6", "Rekenen en wiskunde"]))
    lesson.tags.add("breuk\x01en")
    answer = ask(verb="GetRecord", metadataPrefix="nl_lom", identifier=f"oai:testserver:{lesson.key}")
    lom = found(answer, "//l:lom")[0]
    assert {etree.QName(each).namespace for each in lom.iter()} == {NAMES["l"]}
    assert found(lom, "string(l:general/l:title/l:string)") == "Breuken & stroken <nu>"
    assert found(lom, "string(l:educational/l:learningResourceType/l:value)") == "professionaliseringsmateriaal"
    assert found(lom, "string(l:educational/l:typicalLearningTime/l:duration)") == "PT45M"
    assert found(lom, "string(l:rights/l:copyrightAndOtherRestrictions/l:value)") == "cc-by-nc-40"
    assert found(lom, "string(l:rights/l:description/l:string)").endswith("/licenses/by-nc/4.0/")
    purposes = found(lom, "l:classification/l:purpose/l:value/text()")
    assert purposes == ["educational level", "discipline", "access rights"]
    assert Term.objects.get(label="Groep 6").key in found(lom, "//l:taxon/l:id/text()")
    card = found(lom, "string(l:lifeCycle/l:contribute/l:entity)")
    assert "FN:Fatima Aydin" in card
    assert "EMAIL" not in card
    assert found(lom, "l:general/l:keyword/l:string/text()") == ["Rekenen", "breuken"]


def test_a_lesson_is_a_lesson_and_a_tool_a_tool(cast, ask):
    on_the_web(cast, "Les", kind="lesson")
    on_the_web(cast, "Kijkwijzer", kind="tool")
    parts = found(ask(verb="ListRecords", metadataPrefix="nl_lom"), "//l:lom")
    told = [
        (found(each, "string(.//l:aggregationLevel/l:value)"), found(each, "string(.//l:learningResourceType/l:value)"))
        for each in parts
    ]
    assert told == [("3", "handleiding"), ("2", "gereedschap")]


def test_a_closed_original_is_not_named_beside_its_open_adaptation(cast, ask):
    (copy,) = on_the_web(cast, "Eigen versie")
    original = resource(cast.fatima, title="Geheim origineel")
    Resource.objects.filter(pk=copy.pk).update(adapted_from=original)
    for prefix in ("oai_dc", "nl_lom"):
        assert b"Geheim" not in etree.tostring(ask(verb="ListRecords", metadataPrefix=prefix))
        assert str(original.key).encode() not in etree.tostring(ask(verb="ListRecords", metadataPrefix=prefix))


def test_who_is_erased_is_named_no_more_and_harvesters_hear_that_it_changed(cast, ask):
    (lesson,) = on_the_web(cast, "Van Fatima en Amina")
    before = lesson.changed_at
    for erase in (erasures["outside.named"], erasures["knowledgehub"]):
        erase(cast.fatima)
    lesson.refresh_from_db()
    assert lesson.changed_at > before
    assert not list(ask(verb="ListRecords", metadataPrefix="oai_dc").iter(f"{DC}creator"))


def test_a_maker_who_is_called_otherwise_is_so_everywhere_and_harvesters_hear_it(cast, ask, signed_in):
    (lesson,) = on_the_web(cast, "Van Fatima")
    before, client = lesson.changed_at, signed_in(cast.fatima)
    said = {"name": cast.fatima.name, "language": "nl", "theme": "auto", "level": "", "subjects": ""}
    client.post(reverse("people:profile"), said)
    lesson.refresh_from_db()
    assert lesson.changed_at == before, "the same name is no news"
    client.post(reverse("people:profile"), said | {"name": "Fatima Bakker"})
    lesson.refresh_from_db()
    assert lesson.changed_at > before
    told = ask(verb="ListRecords", metadataPrefix="oai_dc", from_=before.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert [each.text for each in told.iter(f"{DC}creator")] == ["Fatima Bakker"]


WRONG = [
    ({}, "badVerb"),
    ({"verb": "Steal"}, "badVerb"),
    ([("verb", "Identify"), ("verb", "Identify")], "badVerb"),
    ({"verb": "Identify", "colour": "red"}, "badArgument"),
    ({"verb": "Identify", "resumptionToken": "x"}, "badArgument"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "\x00"}, "badArgument"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "a b"}, "badArgument"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:testserver:1"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:elsewhere:{key}"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "metadataPrefix": "marc", "identifier": "oai:testserver:{key}"}, "cannotDisseminateFormat"),
    ({"verb": "ListRecords"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
    ({"verb": "ListRecords", "metadataPrefix": "ó"}, "badArgument"),
    ([("verb", "ListRecords"), ("metadataPrefix", "oai_dc"), ("metadataPrefix", "oai_dc")], "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": ""}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-13-01"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01T00:00:00+01:00"}, "badArgument"),
    (
        {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01", "until": "2026-01-02T00:00:00Z"},
        "badArgument",
    ),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-01", "until": "2026-01-01"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "9999-12-31"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "0001-01-01"}, "noRecordsMatch"),
    ({"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "set": "kind-webinar"}, "noRecordsMatch"),
    ({"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "set": "nowhere"}, "noRecordsMatch"),
    ({"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "set": "::"}, "badArgument"),
    ({"verb": "ListMetadataFormats", "identifier": "oai:testserver:1"}, "idDoesNotExist"),
    ({"verb": "ListRecords", "resumptionToken": "rubbish"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": ""}, "badResumptionToken"),
    ({"verb": "ListSets", "resumptionToken": "rubbish"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "oai_dc"}, "badArgument"),
]


def arguments_of(wrong, key):
    pairs = wrong.items() if isinstance(wrong, dict) else wrong
    return [(name, value.format(key=key)) for name, value in pairs]


@pytest.mark.parametrize("post", [False, True])
@pytest.mark.parametrize(("wrong", "code"), WRONG)
def test_every_error_of_the_protocol_is_said(cast, ask, wrong, code, post):
    (known,) = on_the_web(cast, "Bekend")
    answer = ask(*arguments_of(wrong, known.key), post=post)
    assert error(answer) == code
    assert not found(answer, "//o:record")
    repeats = dict(found(answer, "//o:request")[0].attrib)
    assert bool(repeats) == (code not in ("badVerb", "badArgument"))


def test_a_token_of_last_month_of_another_verb_or_changed_by_a_letter_is_refused(cast, ask, settings):
    settings.OAI_PIECE = 1
    on_the_web(cast, "Een", "Twee", "Drie")
    token = found(ask(verb="ListRecords", metadataPrefix="oai_dc"), "string(//o:resumptionToken)")
    assert titles(ask(verb="ListRecords", resumptionToken=token)) == ["Twee"]
    assert error(ask(verb="ListIdentifiers", resumptionToken=token)) == "badResumptionToken"
    assert error(ask(verb="ListRecords", resumptionToken=f"{token}x")) == "badResumptionToken"
    with time_machine.travel(now() + timedelta(days=30)):
        assert error(ask(verb="ListRecords", resumptionToken=token)) == "badResumptionToken"


def test_a_list_in_pieces_says_how_far_it_is_and_ends_with_an_empty_token(cast, ask, settings):
    settings.OAI_PIECE = 2
    on_the_web(cast, "Een", "Twee", "Drie")
    first = ask(verb="ListIdentifiers", metadataPrefix="oai_dc")
    token = found(first, "//o:resumptionToken")[0]
    assert (token.get("completeListSize"), token.get("cursor")) == ("3", "0")
    assert token.get("expirationDate")
    last = ask(verb="ListIdentifiers", resumptionToken=token.text)
    token = found(last, "//o:resumptionToken")[0]
    assert (token.text, token.get("cursor"), token.get("expirationDate")) == (None, "2", None)
    assert len(found(last, "//o:header")) == 1


def test_days_and_moments_are_meant_up_to_their_end(cast, ask):
    with time_machine.travel("2026-03-01T09:30:00.700Z", tick=False):
        on_the_web(cast, "In maart")
    for fitting in (
        {"from_": "2026-03-01", "until": "2026-03-01"},
        {"from_": "2026-03-01T09:30:00Z", "until": "2026-03-01T09:30:00Z"},
    ):
        assert titles(ask(verb="ListRecords", metadataPrefix="oai_dc", **fitting)) == ["In maart"]
    late = ask(verb="ListRecords", metadataPrefix="oai_dc", from_="2026-03-01T09:30:01Z")
    assert error(late) == "noRecordsMatch"


def test_one_record_costs_as_much_as_three(cast, ask):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ask(verb="ListRecords", metadataPrefix="nl_lom")
        return len(asked)

    (first,) = on_the_web(cast, "Een")
    first.terms.set(Term.objects.filter(label="Groep 6"))
    first.tags.add("breuken")
    cost()
    one = cost()
    for each in on_the_web(cast, "Twee", "Drie"):
        each.terms.set(Term.objects.filter(label="Groep 7"))
        each.tags.add("meten")
    assert cost() == one <= 9


# Two clients that others wrote ------------------------------------------------------------------
def with_sickle(url, **arguments):
    for each in Sickle(f"{url}/oai").ListRecords(metadataPrefix="nl_lom", **arguments):
        yield (
            each.header.identifier,
            each.header.datestamp,
            each.header.deleted,
            etree.tostring(each.xml, method="c14n"),
        )


def with_scythe(url, **arguments):
    with Scythe(f"{url}/oai") as scythe:
        for each in scythe.list_records(metadata_prefix="nl_lom", **arguments):
            header = each.header
            yield header.identifier, header.datestamp, header.deleted, etree.tostring(each.xml, method="c14n")


@pytest.mark.django_db(transaction=True)
def test_two_clients_harvest_the_same_also_while_it_changes(live_server, cast, settings):
    settings.OAI_PIECE = 3
    rows = on_the_web(cast, *(f"Les {n}" for n in range(10)))
    publishing.withdraw(rows[0], by=cast.fatima, why="Oud")
    still = list(with_sickle(live_server.url))
    assert len(still) == 10
    assert still == list(with_scythe(live_server.url))
    for n, harvest in enumerate((with_sickle, with_scythe)):
        kept, going = {}, harvest(live_server.url)
        for _n in range(4):  # in the midst of the second piece
            identifier, *record = next(going)
            kept[identifier] = record
        narrow(Resource.objects.get(pk=rows[1 + n].pk))  # told already, or still to come
        narrow(Resource.objects.get(pk=rows[7 + n].pk))
        on_the_web(cast, f"Nieuw {n}")
        kept |= {identifier: record for identifier, *record in going}
        now_there = {identifier: record for identifier, *record in with_sickle(live_server.url)}
        assert kept == now_there
    assert list(with_sickle(live_server.url)) == list(with_scythe(live_server.url))
