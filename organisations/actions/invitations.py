from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import record
from core.links import BadLink
from core.refusals import Refused
from core.text import one_line
from core.time import today
from organisations import regions
from organisations.actions.roles import hold_place
from organisations.arrivals import begin_account, first_time, must_sign_in
from organisations.models import INVITATION_DAYS, Affiliation, Invitation
from people.actions import owner_of


@transaction.atomic
def invite(email, place, function, *, by, name="", person=None, at=None):
    """Invite somebody by mail to work at a school, board or partner; the letter goes out at `at`, or now.

    Raises PermissionDenied where `by` may not invite, Refused when the person works there already or when an
    invitation to this place is still open.
    """
    if not type(place).objects.allowing(by, "invite").filter(pk=place.pk).exists():
        raise PermissionDenied
    email = email.strip().lower()
    where = {type(place).__name__.lower(): hold_place(place)}  # two administrators at once send one letter
    known = person or owner_of(email)
    if known and known.has_joined and known.affiliations.current().filter(**where).exists():
        raise Refused(_("%(person)s works at %(place)s already.") % {"person": known, "place": place}, "email")
    if Invitation.objects.open().filter(email=email, **where).exists():
        raise Refused(_("An invitation for this address is open already. Send it again from the list."), "email")
    invitation = Invitation.objects.create(
        email=email, name=one_line(name), person=person, function=function, invited_by=by, **where
    )
    send(invitation, at=at)
    record("organisations.person_invited", by=by, about=invitation, place=str(place))
    return invitation


def send(invitation, *, at=None):
    """Lay the letter in the outbox and let the invitation run from the moment it goes."""
    moment = at or now()
    invitation.expires_at = runs_until(moment)
    invitation.save(update_fields=["expires_at"])
    send_all([invitation], at=moment)


def runs_until(moment):
    """How long an invitation runs that goes out at this moment."""
    return moment + timedelta(days=INVITATION_DAYS)


def send_all(invitations, *, at):
    """Lay the letters of many invitations in the outbox at once; they run `runs_until(at)` already."""
    shared = {"kind": "organisations.invited", "slot": at.isoformat(timespec="minutes"), "due_at": at}
    outbox.put_all(
        [(shared | {"occasion": f"invitation:{each.pk}", "about": each}, [], [each.email]) for each in invitations]
    )


@transaction.atomic
def resend(invitation, *, by):
    """Send the letter once more; the link works fourteen days from now again."""
    invitation = _locked(invitation)
    if invitation.used_at or invitation.revoked_at:
        raise Refused(invitation.why_not_accept)
    outbox.withdraw(about=invitation)
    send(invitation)
    record("organisations.invitation_resent", by=by, about=invitation)
    return invitation


@transaction.atomic
def revoke(invitation, *, by):
    """Withdraw an invitation: its link stops working at once."""
    invitation = _locked(invitation)
    if invitation.used_at:
        raise Refused(_("This invitation was accepted already."))
    if not invitation.revoked_at:
        invitation.revoked_at = now()
        invitation.save(update_fields=["revoked_at"])
        outbox.withdraw(about=invitation)
        record("organisations.invitation_revoked", by=by, about=invitation)
    return invitation


def _locked(invitation):
    rows = Invitation.objects.select_for_update(of=("self",))
    return rows.select_related("school", "board", "partner", "person", "invited_by").get(pk=invitation.pk)


def whose(invitation):
    """The account that can take this up, None where its address has none yet.

    Raises BadLink when it was for somebody who has another address meanwhile, or whose account is closed.
    """
    owner = owner_of(invitation.email)
    if invitation.person and invitation.person != owner:
        raise BadLink(_("This invitation went to an address that does not count any more. Ask for a new one."))
    if owner and not owner.is_active:
        raise BadLink(_("This account is closed. Ask the one who invited you."))
    return owner


@transaction.atomic
def accept(invitation, *, name="", signed_in=None):
    """Take an invitation up: the address is proven by its link, so an account begins where there is none.

    `signed_in` is the person who opened the link, None for somebody not signed in. Returns the person who
    accepted. Raises BadLink when it no longer works or is somebody else's, PermissionDenied when its account
    must be signed in to first.
    """
    invitation = _locked(invitation)
    if reason := invitation.why_not_accept:
        raise BadLink(reason)
    person = whose(invitation)
    if signed_in and person != signed_in:
        raise BadLink(_("This invitation is for somebody else. Sign out first, and open the link again."))
    if person is None:
        person = begin_account(
            invitation.email, name=one_line(name) or invitation.name, language=get_language() or "nl"
        )
    elif not signed_in:
        if must_sign_in(person):
            raise PermissionDenied
        first_time(person, name=one_line(name) or invitation.name)
    _work_there(person, invitation)
    return person


def _work_there(person, invitation):
    place = invitation.place
    where = {type(place).__name__.lower(): place}
    if not person.affiliations.current().filter(**where).exists():
        Affiliation.objects.create(person=person, function=invitation.function, from_on=today(), **where)
        regions.follow([person])
    invitation.used_at, invitation.person = now(), person
    invitation.save(update_fields=["used_at", "person"])
    outbox.withdraw(about=invitation)
    record(
        "organisations.invitation_accepted",
        by=person,
        about=invitation,
        tell=[invitation.invited_by] if invitation.invited_by else [],
        place=str(place),
    )
