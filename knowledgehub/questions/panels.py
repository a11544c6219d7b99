"""On the page of a film: its chapters, and what was asked at which moment. A button takes the film there."""

from django.utils.translation import gettext as _

from core.links import address
from core.models import FETCH_MODE
from knowledgehub.choices import Kind
from knowledgehub.questions.models import Chapter, Moment
from people.choices import FACE

FILMS = (Kind.VIDEO, Kind.WEBINAR)


def ways(user):
    """Our page beside those of the KennisHub."""
    return [{"url": address("questions:index"), "label": _("Questions"), "order": 10}]


def film(resource, user):
    """None where it is no film; two queries where it is one. Of a stranger only the chapters."""
    if resource.kind not in FILMS:
        return None
    chapters = list(Chapter.objects.filter(version=resource.current_id)) if resource.current_id else []
    moments = []
    if user.is_authenticated and resource.current_id:
        rows = Moment.objects.for_page(user, "answer", "remove").filter(version=resource.current_id)
        rows = rows.select_related("author", "answered_by").naming(author=FACE, answered_by=FACE)
        moments = list(rows.fetch_mode(FETCH_MODE))
    may_ask = user.is_authenticated and resource.can_use and resource.is_published
    # those of what is published stay: they are written for a concept that nobody looks at yet
    may_edit = resource.can_edit and resource.versions.filter(published_at=None, offered_at=None).exists()
    if not chapters and not moments and not may_ask and not may_edit:
        return None
    context = {
        "resource": resource,
        "chapters": chapters,
        "moments": moments,
        "may_ask": may_ask,
        "chapters_url": address("questions:chapters", resource.pk) if may_edit else "",
    }
    return {"template": "questions/film.html", "context": context, "order": 10}
