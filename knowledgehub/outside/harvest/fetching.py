"""Asking another library. What answers is not trusted: not its size, its time, its redirects, nor its XML."""

import time

import requests
from django.utils.translation import gettext as _
from lxml import etree

from core import outward
from core.refusals import Refused

OAI = "{http://www.openarchives.org/OAI/2.0/}"
MOST_BYTES, MOST_SECONDS, MOST_PIECES = 20_000_000, 60, 2000
AGENT = "PLG-platform KennisHub (OAI-PMH 2.0)"
#: In which of its formats we read it, the richest first.
PREFIXES = ("nl_lom", "oai_lom", "ieee_lom", "lom", "oai_dc")


class Problem(Refused):
    """The library answers with an error of the protocol."""

    def __init__(self, code, said):
        super().__init__(f"{code}: {said}"[:300])
        self.code = code


class Library:
    """Another repository, at its address."""

    def __init__(self, url):
        self.url, self.session = url, outward.session(seconds=20)
        self.session.headers.update({"User-Agent": AGENT, "Accept": "text/xml, application/xml"})

    def ask(self, **arguments):
        """Its answer to one question, as XML. Raises Refused."""
        root = read(self._fetch({name: value for name, value in arguments.items() if value}))
        for error in root.iter(f"{OAI}error"):
            raise Problem(error.get("code", ""), error.text or "")
        return root

    def _fetch(self, arguments):
        ends_at, kept = time.monotonic() + MOST_SECONDS, bytearray()
        try:
            with self.session.get(self.url, params=arguments, stream=True) as answer:
                if answer.status_code != 200:
                    raise Refused(_("The library answers with error %(status)d.") % {"status": answer.status_code})
                for piece in answer.iter_content(65536):
                    kept += piece
                    if len(kept) > MOST_BYTES:
                        raise Refused(_("The library sends more at once than we read."))
                    if time.monotonic() > ends_at:
                        raise Refused(_("The library is too slow."))
        except (requests.RequestException, UnicodeError):
            # also for an address within our own network: who asks learns nothing of what stands there
            raise Refused(_("We cannot reach the library at this address.")) from None
        return bytes(kept)

    def prefix(self):
        """The format in which we ask. Raises Refused where there is none that we read."""
        root = self.ask(verb="ListMetadataFormats")
        has = [each.text.strip() for each in root.iter(f"{OAI}metadataPrefix") if each.text]
        for prefix in PREFIXES:
            if prefix in has:
                return prefix
        raise Refused(_("The library has no format that we can read."))

    def since(self, moment):
        """A moment as this library tells time: some know only days."""
        if not moment:
            return ""
        granularity = self.ask(verb="Identify").findtext(f".//{OAI}granularity") or ""
        return moment if "ss" in granularity.lower() else moment[:10]

    def pieces(self, **arguments):
        """The list of records, piece by piece."""
        asked = {"verb": "ListRecords"} | arguments
        seen = set()
        for _n in range(MOST_PIECES):
            try:
                root = self.ask(**asked)
            except Problem as problem:
                if problem.code == "noRecordsMatch":
                    return
                raise
            yield root
            token = (root.findtext(f".//{OAI}resumptionToken") or "").strip()
            if not token:
                return
            if token in seen:
                raise Refused(_("The library goes round in circles."))
            seen.add(token)
            asked = {"verb": "ListRecords", "resumptionToken": token}
        raise Refused(_("The library sends more than we read."))


def read(content):
    """XML from outside: without entities, without a document type, without anything fetched. Raises Refused."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Refused(_("What the library sends is no XML.")) from None
    if root.getroottree().docinfo.doctype or root.tag != f"{OAI}OAI-PMH":
        raise Refused(_("What answers there is no library that speaks OAI-PMH."))
    return root
