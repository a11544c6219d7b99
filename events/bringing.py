"""What was shown at an event, into the KennisHub: by who brings it, and by nobody else. That is her yes.

Whoever brings it along becomes a maker, and is asked before it is published, as everywhere in the KennisHub. The
recording of a session comes along as its link; until then only organisers and who gives it know where it stands.
"""

from django.core.files.base import File
from django.utils.translation import gettext as _

from core.links import address
from core.refusals import Refused
from events.attending import given_by
from events.choices import ContributionKind, ContributionState
from events.models import Contribution, Session
from knowledgehub.actions import files
from knowledgehub.bringing import Brought, source
from knowledgehub.choices import Kind
from people.models import User

SHOWN = (ContributionState.CONFIRMED, ContributionState.SCHEDULED)
KINDS = {ContributionKind.WORKSHOP: Kind.PRACTICE, ContributionKind.THEME: Kind.PRACTICE}


@source("contribution")
def contribution(user, pk, _key):
    """What somebody brought to an event, for her who did; its poster and its recording come along. Once."""
    rows = Contribution.objects.filter(pk=pk, authors__person=user.pk, state__in=SHOWN, resource=None)
    row = rows.select_related("event", "community").first()
    if not row:
        return None
    session = Session.objects.filter(contribution=row).first()
    recording = session.recording if session else ""
    others = [each.person for each in row.authors.select_related("person") if each.person_id not in (None, user.pk)]
    said = _("What you wrote is copied. Add your slides and handouts after this.")
    if row.poster:
        said += " " + _("Your poster comes along.")
    if recording:
        said += " " + _("So does the link to the recording.")
    if others:
        said += " " + _("Who brought it with you becomes a maker as well, and is asked before it is published.")
    return Brought(
        title=row.title, text=row.summary, said=said, back=row.get_absolute_url(), community=row.community,
        kind=Kind.VIDEO if recording else KINDS.get(row.kind, Kind.STUDY), makers=others, link=recording,
        then=lambda version: _laid(row, version, user),
    )  # fmt: skip


def _laid(row, version, user):
    """The concept is begun: the poster is laid in, and the contribution knows where it went."""
    Contribution.objects.filter(pk=row.pk).update(resource=version.resource)
    if not row.poster:
        return
    try:
        with row.poster.open("rb") as poster:
            files.add(version, File(poster, name=row.poster_name), by=user)
    except (Refused, OSError):
        return  # it can be laid in by hand; the words stand


@source("talk")
def talk(user, pk, _key):
    """A session that nobody offered but somebody gave, such as a lecture: for her who gave it."""
    row = Session.objects.filter(pk=pk, contribution=None, is_cancelled=False, speakers=user.pk).first()
    if not row:
        return None
    others = User.objects.filter(pk__in=given_by(row) - {user.pk})
    return Brought(
        title=row.title, text=row.summary, community=None, makers=list(others), link=row.recording,
        said=_("What you wrote is copied. Add your slides and handouts after this."),
        back=address("events:session", row.pk), kind=Kind.VIDEO if row.recording else Kind.STUDY,
    )  # fmt: skip
