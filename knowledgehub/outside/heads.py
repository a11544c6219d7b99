"""What stands in the head of a resource's page: for search engines, and for who sends somebody its address."""

import json

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.links import absolute, address
from core.robots import let_in
from core.text import of_the_house
from knowledgehub.choices import Kind, Vocabulary
from knowledgehub.outside.oai.formats import address_of, names_of, publisher_of, source_on_the_web, type_of

CONTEXT = "https://schema.org"
TERMS = "https://opendata.slo.nl/curriculum"
SLO_TERM = "https://opendata.slo.nl/curriculum/uuid/{}"
#: What would end the element, or be a line's end in old JavaScript.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
SCHEMA_TYPES = {Kind.VIDEO: "VideoObject", Kind.WEBINAR: "VideoObject"}


def head(resource, request):
    """Its lasting address, a card and a description in schema.org of what everybody may have; of all else nothing."""
    if not resource.is_public or not resource.current_id:
        return ""
    if request.path == resource.get_absolute_url():
        let_in(request)
    with of_the_house():  # machines are told the same, whoever looks
        told = learning_resource(resource)
    return format_html(
        '<link rel="canonical" href="{}">\n{}<script type="application/ld+json">{}</script>\n'
        '<link rel="alternate" type="application/atom+xml" href="{}">',
        address_of(resource),
        _card(resource),
        as_json(told),
        reverse("outside:feed"),
    )


def feed_of(collection):
    """Where one follows what everybody may have of it; of a closed one nowhere."""
    return reverse("outside:collection_feed", args=[collection.pk]) if collection.is_public else ""


def collection_head(collection, request):
    """Its lasting address and its feed, where it was opened to the web."""
    if not collection.is_public:
        return ""
    let_in(request)
    return format_html(
        '<link rel="canonical" href="{}">\n<link rel="alternate" type="application/atom+xml" href="{}">',
        absolute(collection.get_absolute_url()),
        feed_of(collection),
    )


def _card(resource):
    """Open Graph: how it looks where somebody pastes the address."""
    told = {
        "og:type": "article",
        "og:site_name": "KennisHub",
        "og:title": resource.title,
        "og:description": resource.summary[:300],
        "og:url": address_of(resource),
        "og:locale": "nl_NL" if resource.language == "nl" else resource.language,
        "article:published_time": resource.published_at.isoformat(),
    }
    if picture := _picture(resource):
        told |= {"og:image": picture}
    return mark_safe("".join(format_html('<meta property="{}" content="{}">\n', *pair) for pair in told.items()))


def _picture(resource):
    shown = resource.current.files.exclude(preview="").values_list("pk", flat=True).first()
    return absolute(address("knowledgehub:preview", shown)) if shown else ""


def learning_resource(resource):
    """The resource as schema.org's LearningResource (LRMI)."""
    terms = list(resource.terms.all())
    source, here = source_on_the_web(resource), address_of(resource)

    def of(vocabulary):
        return [_term(term) for term in terms if term.vocabulary == vocabulary]

    told = {
        "@context": CONTEXT,
        "@type": ["LearningResource", *filter(None, [SCHEMA_TYPES.get(resource.kind)])],
        "@id": here,
        "url": here,
        "identifier": f"urn:uuid:{resource.key}",
        "name": resource.title,
        "description": resource.summary,
        "inLanguage": resource.language,
        "learningResourceType": [str(resource.get_kind_display()), type_of(resource)],
        "educationalLevel": of(Vocabulary.LEVEL),
        "about": of(Vocabulary.SUBJECT) + of(Vocabulary.CONCEPT),
        "educationalAlignment": [
            {
                "@type": "AlignmentObject",
                "alignmentType": "teaches",
                "educationalFramework": "SLO kerndoelen",
                "targetName": f"{term.prefix}: {term.label}" if term.prefix else term.label,
                "targetDescription": term.said,
                "targetUrl": SLO_TERM.format(term.key),
            }
            for term in terms
            if term.vocabulary == Vocabulary.OBJECTIVE
        ],
        "keywords": sorted(tag.name for tag in resource.tags.all()),
        "audience": {"@type": "EducationalAudience", "educationalRole": "teacher"},
        "author": [{"@type": "Person", "name": name} for name in names_of(resource)],
        "publisher": {"@type": "Organization", "name": publisher_of(resource)},
        "license": resource.licensed.url,
        "isAccessibleForFree": True,
        "datePublished": resource.published_at.date().isoformat(),
        "dateModified": resource.changed_at.date().isoformat(),
        "timeRequired": f"PT{resource.lesson_minutes}M" if resource.lesson_minutes else "",
        "version": resource.current.number,
        "isBasedOn": address_of(source) if source else "",
        "thumbnailUrl": _picture(resource),
    }
    if "VideoObject" in told["@type"]:
        told["uploadDate"] = resource.published_at.isoformat()
    return {name: value for name, value in told.items() if value not in ("", [], None)}


def _term(term):
    return {"@type": "DefinedTerm", "name": term.label, "termCode": term.key, "inDefinedTermSet": TERMS}


def as_json(told):
    """JSON that may stand in a page: nothing in it ends the element."""
    return mark_safe(json.dumps(told, ensure_ascii=False).translate(ESCAPES))
