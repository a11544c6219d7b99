"""A certificate on paper: tagged, and with a code that leads to where it is checked."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from core import pdf
from tests.training import credentials_world as world
from training.credentials import paper


@pytest.fixture
def printed(cast, signing):
    """The certificate of a programme with all that can be said of it."""
    credential = world.microcredential(cast)
    return credential, pdf.typeset("credential", paper.of(credential))


def test_it_is_tagged_and_says_that_it_is(printed):
    with pikepdf.open(BytesIO(printed[1])) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("nl")
        assert b"pdfuaid" in document.Root.Metadata.read_bytes()
        assert {"/H1", "/H2", "/Figure", "/P"} <= set(tags(document.Root.StructTreeRoot))


def tags(element):
    """The kinds of everything in the tree of a document."""
    if isinstance(element, pikepdf.Array):
        for each in element:
            yield from tags(each)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from tags(element.K)


def test_it_says_to_whom_what_and_where_to_check(printed):
    credential, content = printed
    document = pypdfium2.PdfDocument(content)
    said = " ".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", " ")
    assert len(document) == 1
    for word in ("Gijs Postma", "PLG-facilitator", "ECTS", "NLQF 6", "Schoolleidersregister PO", "F1"):
        assert word in said
    assert credential.link in said.replace(" ", "")


def test_the_address_to_type_over_never_breaks_at_a_hyphen(cast, signing):
    link = f"http://testserver/credentials/check/09cf5241-4895-4d94-95cf-4d1d6e044170/{'V-R-d-9-B-' * 3}/"
    content = pdf.typeset("credential", paper.of(world.microcredential(cast)) | {"link": link})
    said = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert link not in said and link in said.replace("\r\n", "")


def test_the_code_is_the_link_with_its_quiet_border(printed):
    bits = paper.of(printed[0])["bits"]
    assert len(bits) == len(bits[0]) >= 33 and set("".join(bits)) == {"0", "1"}
    assert set(bits[0]) == set(bits[3]) == {"0"} and bits[4].strip("0").startswith("1111111")
