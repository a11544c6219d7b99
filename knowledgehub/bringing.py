"""What a PLG or a teacher wrote elsewhere and brings to the KennisHub: an insight of minutes, an entry of a logbook,
what a completed PLG learned. Never anything about a case; what is copied is shown before, to be changed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from django.utils.translation import gettext as _

from communities.choices import State
from communities.meetings import minutes as reading
from communities.meetings.choices import MinutesState
from communities.meetings.models import Minutes, MinutesVersion
from communities.models import Community, LogbookEntry
from communities.rules import standing
from core.links import address
from knowledgehub.choices import Kind


@dataclass(frozen=True)
class Brought:
    """The beginning of a resource: what is copied, from where, and who made it along."""

    title: str
    text: str
    said: str  # where it comes from, and what does not come along
    back: str  # the page it comes from
    kind: str
    community: Community | None
    makers: list = field(default_factory=list)
    link: str = ""
    then: Callable = lambda version: None  # what follows once the concept is begun: files are laid in, it is noted


#: Kind of source -> function(user, pk, key) -> Brought, or None where there is nothing to bring for her.
SOURCES: dict[str, Callable] = {}


def source(name):
    """Make a kind of source known."""

    def decorate(function):
        SOURCES[name] = function
        return function

    return decorate


# Minutes ------------------------------------------------------------------------------------------


def deed_on_insight(minutes, insight, user):
    """The button beside an insight in minutes that stand, for who takes part."""
    if minutes.state != MinutesState.APPROVED or minutes.meeting.community_id not in standing(user).member_of:
        return None
    url = f"{address('knowledgehub:bring', 'insight', minutes.pk)}?key={mark(insight)}"
    return {"url": url, "label": _("To the KennisHub"), "icon": "book-upload"}


def mark(text):
    """A short mark by which an insight is found again; its text stands in no address."""
    return sha256(text.encode()).hexdigest()[:16]


@source("insight")
def insight(user, pk, key):
    """One insight of minutes that stand, in a PLG in which she takes part; none of a case."""
    row = Minutes.objects.for_detail(user).filter(pk=pk, state=MinutesState.APPROVED).first()
    if not row or row.meeting.community_id not in standing(user).member_of:
        return None
    version = MinutesVersion.objects.get(minutes=row, number=row.number)
    sections = [each for each in version.sections if each["kind"] == "insights" and not each.get("case")]
    lines = (line for each in sections for line in reading.bullets(each["text"]))
    if not (text := next((line for line in lines if mark(line) == key), "")):
        return None
    return Brought(
        title=_short(text),
        text=text,
        said=_("Only this one insight is copied. The rest of the minutes stays with your PLG."),
        back=row.get_absolute_url(),
        kind=Kind.STUDY,
        community=row.meeting.community,
    )


# Logbook ------------------------------------------------------------------------------------------


def deed_on_entry(entry, user):
    """The button on the page of an entry: her own, or one that she reads in a PLG in which she takes part."""
    return {
        "url": address("knowledgehub:bring", "entry", entry.pk),
        "label": _("To the KennisHub"),
        "icon": "book-upload",
    }


@source("entry")
def entry(user, pk, _key):
    """An entry of a logbook; of a colleague's, she is a maker as well and is asked before it is published."""
    row = LogbookEntry.objects.for_list(user).filter(pk=pk).first()
    if not row:
        return None
    is_own = row.person_id == user.pk
    said = _("Only these words are copied, no photos. Your entry itself stays as it is.")
    if not is_own and row.person:
        said = _("%(name)s wrote this and becomes a maker as well: without her yes it is not published.") % {
            "name": row.person
        }
    return Brought(
        title=_short(str(row)),
        text="\n\n".join(f"**{label}**\n{text}" if label else text for label, text in row.parts),
        said=said,
        back=row.get_absolute_url(),
        kind=Kind.PRACTICE,
        community=row.community,
        makers=[] if is_own or not row.person else [row.person],
    )


# A completed PLG ----------------------------------------------------------------------------------


@source("outcome")
def outcome(user, pk, _key):
    """What a completed PLG learned, for who took part in it to the end."""
    row = Community.objects.filter(pk=pk, state=State.CLOSED, pk__in=standing(user).member_of).first()
    if not row or not row.outcome:
        return None
    return Brought(
        title=_("What %(plg)s learned") % {"plg": row.name},
        text=row.outcome,
        said=_("Only what you wrote at the end is copied. Conversations, minutes and logbooks stay with your PLG."),
        back=row.get_absolute_url(),
        kind=Kind.STUDY,
        community=row,
    )


def _short(text):
    """The first line of a text as a title."""
    first = text.strip().split("\n")[0]
    return first if len(first) <= 80 else f"{first[:79].rsplit(' ', 1)[0]}…"
