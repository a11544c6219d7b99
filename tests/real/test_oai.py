"""Every answer of ours to a harvester, by the protocol's own schema."""

import os
from pathlib import Path
from urllib.parse import urlencode

import pytest
from lxml import etree

from knowledgehub.actions import publishing
from tests.hub.test_oai import WRONG, arguments_of, on_the_web

SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "data" / "edurep" / "OAI-PMH.xsd"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SCHEMA.is_file() and not os.environ.get("CI"), reason="../shared/data is absent"),
]


def test_every_verb_and_every_error_validates(cast, signed_in, settings):
    settings.OAI_PIECE = 2
    schema, client = etree.XMLSchema(etree.parse(SCHEMA)), signed_in()
    rows = on_the_web(cast, "Een", "Twee", "Drie", "Vier", lesson_minutes=40, theme="maths")
    publishing.withdraw(rows[0], by=cast.fatima, why="Oud")
    key = rows[1].key

    def check(pairs):
        root = etree.fromstring(client.get("/oai?" + urlencode(pairs)).content)
        schema.assertValid(root)
        return root.findtext(".//{*}resumptionToken"), root.find(".//{*}error")

    right = [
        [("verb", "Identify")],
        [("verb", "ListSets")],
        [("verb", "ListMetadataFormats")],
        [("verb", "ListMetadataFormats"), ("identifier", f"oai:testserver:{key}")],
    ]
    for prefix in ("oai_dc", "nl_lom"):
        right += [
            [("verb", "GetRecord"), ("identifier", f"oai:testserver:{each.key}"), ("metadataPrefix", prefix)]
            for each in rows[:2]
        ]
        for verb in ("ListIdentifiers", "ListRecords"):
            right.append([("verb", verb), ("metadataPrefix", prefix), ("set", "theme-maths"), ("from", "2020-01-01")])
    for pairs in right:
        token, error = check(pairs)
        assert error is None, pairs
        while token:
            token, error = check([pairs[0], ("resumptionToken", token)])
            assert error is None
    for wrong, code in WRONG:
        _token, error = check(arguments_of(wrong, key))
        assert error.get("code") == code
    print(f"\n{len(right)} good and {len(WRONG)} bad requests validate")
