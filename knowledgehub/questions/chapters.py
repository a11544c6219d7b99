"""Chapters along the way of a version: where its makers write them, and what the next version takes over."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.links import address
from knowledgehub.questions.models import Chapter
from knowledgehub.questions.panels import FILMS


def of_concept(version):
    """The way from the screen of a concept to its chapters; None where it is no film."""
    kind = (version.about or {}).get("kind", version.resource.kind)
    if kind not in FILMS and not any(row.general == "video" for row in version.files.without_text()):
        return None
    count = version.chapters.count()
    return {
        "url": address("questions:chapters", version.resource_id),
        "label": _("Chapters"),
        "icon": "list-numbers",
        "said": ngettext("%(n)s chapter", "%(n)s chapters", count) % {"n": count} if count else "",
    }


def take_over(was, version):
    """A version begins with the chapters of the one that it goes on from."""
    rows = was.chapters.values_list("seconds", "title")
    Chapter.objects.bulk_create(Chapter(version=version, seconds=seconds, title=title) for seconds, title in rows)
