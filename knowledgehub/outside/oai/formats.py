"""A resource in the words of others: Dublin Core, and NL-LOM in the binding of the IEEE."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from lxml import etree

from core.links import absolute
from knowledgehub.choices import Kind, Vocabulary
from knowledgehub.vocabularies import twin_of

XSI = "http://www.w3.org/2001/XMLSchema-instance"
DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
LOM = "http://ltsc.ieee.org/xsd/LOM"
PURL = "http://purl.edustandaard.nl/"
OBK = f"{PURL}begrippenkader"
TYPES = f"{PURL}vdex_learningresourcetype_czp_20060628.xml"
#: What most of a PLG's work is: made for teachers to learn from. The others are for in the classroom.
FOR_TEACHERS = "professionaliseringsmateriaal"
TYPE_OF = {Kind.LESSON: "handleiding", Kind.VIDEO: "informatiebron", Kind.TOOL: "gereedschap"}
#: 2 is a thing by itself, 3 a lesson of several.
LEVEL_OF = {Kind.LESSON: "3"}
#: What may not stand in XML 1.0, not even escaped.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Format:
    """A metadata format as `ListMetadataFormats` tells of it."""

    prefix: str
    schema: str
    namespace: str
    draw: object  # function(resource) -> element


def clean(text):
    """Text without what XML cannot carry."""
    return NOT_XML.sub("", str(text))


def add(parent, name, text=None, **attributes):
    """A child in the namespace of its parent."""
    child = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    for key, value in attributes.items():
        child.set(key, clean(value))
    if text is not None:
        child.text = clean(text)
    return child


def names_of(resource):
    """Who made it, as far as they have a name here."""
    return [str(author.who) for author in resource.authors.all() if author.person_id or author.name]


def said_with(resource):
    """Words by which one looks for it: subject terms, theme, tags."""
    terms = [term.label for term in resource.terms.all() if term.vocabulary == Vocabulary.CONCEPT]
    theme = [resource.get_theme_display()] if resource.theme else []
    return list(dict.fromkeys([*theme, *terms, *sorted(tag.name for tag in resource.tags.all())]))


def type_of(resource):
    """Its type in the vocabulary of NL-LOM."""
    return TYPE_OF.get(resource.kind, FOR_TEACHERS)


def source_on_the_web(resource):
    """What it was adapted from, where everybody may have that too."""
    return resource.adapted_from if resource.adapted_from_id and resource.adapted_from.is_public else None


def address_of(resource):
    """The lasting address of its page."""
    return absolute(resource.get_absolute_url())


def dublin_core(resource):
    """The fifteen elements, as far as there is something to say."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    source, licence = source_on_the_web(resource), resource.licensed
    terms = [term.label for term in resource.terms.all() if term.vocabulary != Vocabulary.CONCEPT]
    told = [
        ("title", [resource.title]),
        ("creator", names_of(resource)),
        ("subject", list(dict.fromkeys([*terms, *said_with(resource)]))),
        ("description", [resource.summary]),
        ("publisher", [publisher_of(resource)]),
        ("date", [resource.published_at.date().isoformat()]),
        ("type", [resource.get_kind_display()]),
        ("format", dict.fromkeys(file.media_type for file in resource.current.files.all())),
        ("identifier", [address_of(resource), f"urn:uuid:{resource.key}"]),
        ("relation", [address_of(source)] if source else []),
        ("language", [resource.language]),
        ("rights", [licence.url or licence.label, licence.label if licence.url else ""]),
    ]
    for name, values in told:
        for value in values:
            if value:
                etree.SubElement(root, f"{{{DC}}}{name}").text = clean(value)
    return root


def publisher_of(resource):
    """The school, or the platform where it is of none."""
    return resource.school.name if resource.school_id else "PLG-platform"


# NL-LOM -----------------------------------------------------------------------------------------
def nl_lom(resource):
    """NL-LOM in the binding of IEEE 1484.12.3."""
    root = etree.Element(f"{{{LOM}}}lom", nsmap={None: LOM, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{LOM} http://ltsc.ieee.org/xsd/lomv1.0/lomLoose.xsd")
    for part in (_general, _life_cycle, _meta, _technical, _educational, _rights, _relation, _classifications):
        part(root, resource)
    return root


def _said(parent, name, text, language):
    """A text in a language (`LangString`)."""
    add(add(parent, name), "string", text, language=language)


def _chosen(parent, name, value, source="LOMv1.0"):
    """A word of a vocabulary."""
    child = add(parent, name)
    add(child, "source", source)
    add(child, "value", value)


def _identifier(parent, catalog, entry):
    child = add(parent, "identifier")
    add(child, "catalog", catalog)
    add(child, "entry", entry)


def _general(root, resource):
    part = add(root, "general")
    _identifier(part, "URI", f"urn:uuid:{resource.key}")
    _identifier(part, "URL", address_of(resource))
    _said(part, "title", resource.title, resource.language)
    add(part, "language", resource.language)
    if resource.summary:
        _said(part, "description", resource.summary, resource.language)
    for word in said_with(resource):
        _said(part, "keyword", word, "nl")
    _chosen(part, "aggregationLevel", LEVEL_OF.get(resource.kind, "2"))


def _life_cycle(root, resource):
    part = add(root, "lifeCycle")
    _said(part, "version", str(resource.current.number), "x-none")
    _chosen(part, "status", "final")
    for name in names_of(resource):
        _contribute(part, "author", _card(name, resource.school.name if resource.school_id else ""), resource)
    _contribute(part, "publisher", _card(publisher_of(resource), publisher_of(resource)), resource)


def _contribute(part, role, card, resource):
    child = add(part, "contribute")
    _chosen(child, "role", role)
    add(child, "entity", card)
    add(add(child, "date"), "dateTime", resource.published_at.date().isoformat())


def _card(name, organisation=""):
    """A vCard 3.0 with nothing but a name: no address, mail or number leaves by it."""

    def plain(text):
        text = str(text).replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
        return " ".join(text.split())

    lines = ["BEGIN:VCARD", "VERSION:3.0", "FN:" + plain(name), "N:" + plain(name) + ";;;;"]
    if organisation:
        lines.append("ORG:" + plain(organisation))
    return "\n".join([*lines, "END:VCARD"])


def _meta(root, resource):
    part = add(root, "metaMetadata")
    _identifier(part, "URI", f"urn:uuid:{resource.key}")
    add(part, "metadataSchema", "LOMv1.0")
    add(part, "metadataSchema", "nl_lom_v1p0")
    add(part, "language", "nl")


def _technical(root, resource):
    part, files = add(root, "technical"), resource.current.files.all()
    for media_type in dict.fromkeys([*(file.media_type for file in files), "text/html"]):
        add(part, "format", media_type)
    if files:
        add(part, "size", str(sum(file.size for file in files)))
    add(part, "location", address_of(resource))


def _educational(root, resource):
    part = add(root, "educational")
    _chosen(part, "learningResourceType", type_of(resource), TYPES)
    _chosen(part, "intendedEndUserRole", "teacher", f"{PURL}vdex_intendedenduserrole_lomv1p0_20060628.xml")
    _chosen(part, "context", "PO", f"{PURL}vdex_context_czp_20060628.xml")
    if resource.lesson_minutes:
        add(add(part, "typicalLearningTime"), "duration", f"PT{resource.lesson_minutes}M")


def _rights(root, resource):
    part, licence = add(root, "rights"), resource.licensed
    _chosen(part, "cost", "no")
    _chosen(
        part,
        "copyrightAndOtherRestrictions",
        licence.code if licence.is_open else "yes",
        f"{PURL}copyrightsandotherrestrictions_nllom_20131202",
    )
    _said(part, "description", licence.url or licence.label, "x-none")


def _relation(root, resource):
    if source := source_on_the_web(resource):
        part = add(root, "relation")
        _chosen(part, "kind", "isbasedon")
        child = add(part, "resource")
        _identifier(child, "URI", f"urn:uuid:{source.key}")
        _identifier(child, "URL", address_of(source))
        _said(child, "description", source.title, source.language)


#: Which purpose a vocabulary of ours serves.
PURPOSES = (
    (Vocabulary.LEVEL, "educational level"),
    (Vocabulary.SUBJECT, "discipline"),
    (Vocabulary.OBJECTIVE, "educational objective"),
)


def _classifications(root, resource):
    for vocabulary, purpose in PURPOSES:
        terms = [term for term in resource.terms.all() if term.vocabulary == vocabulary]
        if terms:
            part = add(root, "classification")
            _chosen(part, "purpose", purpose)
            for term in terms:  # one path each: they lie beside each other, not below
                _taxon(part, OBK, twin_of(term), f"{term.prefix}: {term.label}" if term.said else term.label)
    part = add(root, "classification")
    _chosen(part, "purpose", "access rights", f"{PURL}classification_purpose_nllom_20180530")
    _taxon(part, f"{PURL}classification_accessrights_nllom_20180530", "OpenAccess", _("open access"))


def _taxon(part, source, key, label):
    path = add(part, "taxonPath")
    _said(path, "source", source, "x-none")
    taxon = add(path, "taxon")
    add(taxon, "id", key)
    _said(taxon, "entry", label, "nl")


FORMATS = {
    each.prefix: each
    for each in (
        Format("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, dublin_core),
        Format("nl_lom", "http://ltsc.ieee.org/xsd/lomv1.0/lomLoose.xsd", LOM, nl_lom),
    )
}
