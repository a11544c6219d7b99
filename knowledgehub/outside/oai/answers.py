"""What we answer to each verb. Only what stands on the web is told; what stood there and went is told as deleted."""

from datetime import UTC
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q
from django.utils.timezone import now
from lxml import etree

from communities.choices import Theme
from core.links import absolute
from core.text import of_the_house
from knowledgehub.choices import Kind
from knowledgehub.models import Resource, ResourceFile
from knowledgehub.outside.oai import asked
from knowledgehub.outside.oai.formats import FORMATS, XSI, add, clean

OAI = "http://www.openarchives.org/OAI/2.0/"
#: So many records in one piece; identifiers are short.
PIECE, MOST_IDENTIFIERS = 50, 500
PATH = "/oai"


def answer(arguments):
    """The whole answer to these arguments, as bytes."""
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {OAI}OAI-PMH.xsd")
    add(root, "responseDate", stamp(now()))
    request = add(root, "request", absolute(PATH))
    try:
        question = asked.read(arguments)
        with of_the_house():
            body = ANSWERS[question.verb](question)
    except asked.Problem as problem:
        if problem.code not in ("badVerb", "badArgument"):
            _repeat(request, {name: arguments.get(name) for name in arguments})
        add(root, "error", problem.said, code=problem.code)
    else:
        _repeat(request, question.given)
        root.append(body)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _repeat(request, given):
    for name, value in given.items():
        request.set(name, clean(value))


def stamp(moment):
    """A moment as the protocol writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def identifier_of(resource):
    """The name of a resource among all repositories of the world."""
    return f"oai:{_host()}:{resource.key}"


def _host():
    return urlsplit(settings.BASE_URL).hostname or "localhost"


# Which ------------------------------------------------------------------------------------------
def _known():
    """All that harvesters may know: what stands on the web, or ever stood there."""
    return Resource.objects.filter(was_public=True)


def _told(rows):
    """The same rows with all that a record says; a query each for makers, terms, their twins, tags and files."""
    files = ResourceFile.objects.only("version_id", "media_type", "size")
    return rows.select_related("current", "school", "adapted_from").prefetch_related(
        "authors__person", "terms__replaces", "tags", Prefetch("current__files", files)
    )


SETS = {f"kind-{value}": Q(kind=value) for value in Kind.values} | {
    f"theme-{value}": Q(theme=value) for value in Theme.values
}


def _one(identifier):
    start = f"oai:{_host()}:"
    try:
        key = UUID(identifier.removeprefix(start)) if identifier.startswith(start) else None
    except ValueError:
        key = None
    found = _told(_known().filter(key=key)).first() if key else None
    if found is None:
        raise asked.Problem("idDoesNotExist", "We have nothing by that identifier.")
    return found


def _format(prefix):
    if prefix not in FORMATS:
        raise asked.Problem("cannotDisseminateFormat", "We have " + " and ".join(FORMATS) + ".")
    return FORMATS[prefix]


# The verbs --------------------------------------------------------------------------------------
def _body(verb):
    return etree.Element(f"{{{OAI}}}{verb}", nsmap={None: OAI})


def identify(question):
    """Who we are and how we keep our list."""
    body, first = _body("Identify"), _known().order_by("changed_at", "pk").values_list("changed_at", flat=True).first()
    add(body, "repositoryName", "KennisHub – PLG-platform")
    add(body, "baseURL", absolute(PATH))
    add(body, "protocolVersion", "2.0")
    add(body, "adminEmail", f"beheer@{settings.MAIL_DOMAIN}")
    add(body, "earliestDatestamp", stamp(first or now()))
    add(body, "deletedRecord", "persistent")
    add(body, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    return body


def list_metadata_formats(question):
    """In which formats we tell: the same for all."""
    if question.identifier:
        _one(question.identifier)
    body = _body("ListMetadataFormats")
    for each in FORMATS.values():
        child = add(body, "metadataFormat")
        add(child, "metadataPrefix", each.prefix)
        add(child, "schema", each.schema)
        add(child, "metadataNamespace", each.namespace)
    return body


def list_sets(question):
    """By kind and by theme."""
    body = _body("ListSets")
    for choices, prefix in ((Kind, "kind"), (Theme, "theme")):
        for value, label in choices.choices:
            child = add(body, "set")
            add(child, "setSpec", f"{prefix}-{value}")
            add(child, "setName", label)
    return body


def get_record(question):
    """One record."""
    chosen = _format(question.prefix)
    body = _body("GetRecord")
    _record(body, _one(question.identifier), chosen)
    return body


def list_identifiers(question):
    """Headers alone."""
    body = _body("ListIdentifiers")
    _format(question.prefix)
    _list(question, body, _known(), _header, MOST_IDENTIFIERS)
    return body


def list_records(question):
    """Whole records."""
    body, chosen = _body("ListRecords"), _format(question.prefix)
    _list(question, body, _told(_known()), lambda parent, row: _record(parent, row, chosen), PIECE)
    return body


def _list(question, body, rows, draw, most):
    """One piece of a list, in the order of change. What changes between two pieces comes (again) at the end."""
    rows = _asked_for(question, rows)
    most = getattr(settings, "OAI_PIECE", most)
    size = rows.count() if question.size is None else question.size
    if question.after:
        moment, pk = question.after
        rows = rows.filter(changed_at__gte=moment).exclude(changed_at=moment, pk__lte=pk)
    piece = list(rows.order_by("changed_at", "pk")[: most + 1])
    if not piece and not question.after:
        raise asked.Problem("noRecordsMatch", "Nothing matches this question.")
    for row in piece[:most]:
        draw(body, row)
    goes_on = len(piece) > most
    if goes_on or question.after:
        token = question.token_after(piece[most - 1], question.cursor + most, size) if goes_on else None
        told = add(body, "resumptionToken", token, completeListSize=str(size), cursor=str(question.cursor))
        if goes_on:
            told.set("expirationDate", stamp(now() + asked.TOKEN_LASTS))


def _asked_for(question, rows):
    if question.set:
        if question.set not in SETS:
            raise asked.Problem("noRecordsMatch", "There is no such set; ListSets names them.")
        rows = rows.filter(SETS[question.set])
    if question.begin:
        rows = rows.filter(changed_at__gte=question.begin)
    return rows.filter(changed_at__lte=question.end) if question.end else rows


def _header(parent, resource):
    header = add(parent, "header")
    if not resource.is_public:
        header.set("status", "deleted")
    add(header, "identifier", identifier_of(resource))
    add(header, "datestamp", stamp(resource.changed_at))
    if resource.kind:
        add(header, "setSpec", f"kind-{resource.kind}")
    if resource.theme:
        add(header, "setSpec", f"theme-{resource.theme}")


def _record(parent, resource, chosen):
    record = add(parent, "record")
    _header(record, resource)
    if resource.is_public:
        add(record, "metadata").append(chosen.draw(resource))


ANSWERS = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}
