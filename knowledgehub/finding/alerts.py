"""What is new for a search that somebody saved; what she may not see is never among it, also not later."""

from django.http import QueryDict

from activity.kinds import NothingToSay
from core import dutch
from core.links import address
from core.models import FETCH_MODE
from knowledgehub import rules as hub
from knowledgehub.finding import facets, finding
from knowledgehub.finding.models import SavedSearch
from knowledgehub.models import Resource

MOST_TOLD = 5


def new_for(person, search):
    """What was published since she was told, the best first, and has all words of this search; not her own."""
    asked = QueryDict(search.query)
    question = dutch.asked(asked.get("q", ""), typing=False)
    hits = finding.find(person, question, facets.chosen(asked), only_exact=True, since=search.told_until).hits
    rows = Resource.objects.filter(hub.found(person), published_at__gt=search.told_until).fetch_mode(FETCH_MODE)
    rows = rows.exclude(authors__person=person.pk).in_bulk([hit.pk for hit in hits])
    return [rows[hit.pk] for hit in hits if hit.pk in rows]


def page_of(about, person, facts):
    """The search itself, as she saved it."""
    return f"{address('finding:index')}?{about.query}"


def of_letter(about, person, facts):
    """The titles of those that she may see when the letter goes out; without any there is no letter."""
    rows = Resource.objects.filter(hub.found(person), pk__in=facts.get("resources", ())).fetch_mode(FETCH_MODE)
    rows = list(rows.order_by("-published_at", "-pk"))
    if not rows:
        raise NothingToSay
    return {"rows": rows, "search_url": page_of(about, person, facts)}


def sample():
    """(about, facts) for the previews."""
    search = SavedSearch.objects.select_related("person").order_by("pk").first()
    rows = Resource.objects.filter(hub.found(search.person))[:2] if search else []
    return search, {"count": len(rows), "resources": [row.pk for row in rows]}
