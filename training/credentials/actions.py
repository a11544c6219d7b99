"""Credentials: proposed, approved by a second person, issued, suspended, revoked, issued anew.

Whoever completes an enrolment calls `completed`; it needs nothing else of this package.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from activity.models import Ask
from core.links import address
from core.refusals import Refused
from core.steps import find, why_not
from core.text import one_line
from organisations.models import Qualification, Role
from organisations.qualifications import FACILITATOR
from training.choices import Part
from training.credentials import badge, facts, guards, keys, proofs, statuses
from training.credentials.choices import LIVING, Kind, State
from training.credentials.linked import Unsigned
from training.credentials.models import Credential, QualityRecord, new_key
from training.credentials.steps import CREDENTIAL
from training.models import GroupMember

ASK = "credentials.approve"
RENEW = "credentials.renew"
AT_ONCE = 1_000  # the most that one deed issues

# Proposing ------------------------------------------------------------------------------------------


@transaction.atomic
def completed(enrolment, *, by):
    """Somebody completed a programme: a certificate where one is trained by it, and apart from it proof of attendance.

    Returns the credentials that now wait for a second person; called twice, nothing is made twice.
    """
    made = []
    if enrolment.version.programme.is_trajectory:
        quality = quality_of(enrolment.version.programme_id)
        kind = Kind.MICROCREDENTIAL if quality else Kind.CERTIFICATE
        made.append(_propose(enrolment, kind, by=by, quality=quality))
    made.append(attended(enrolment, by=by))
    return [each for each in made if each]


@transaction.atomic
def attended(enrolment, *, by):
    """Proof of attendance, also where nothing was completed; None where nobody wrote down that she was there."""
    said = facts.of_enrolment(enrolment, Kind.ATTENDANCE)
    if not said.minutes and enrolment.version.programme.is_trajectory:
        return None
    return _propose(enrolment, Kind.ATTENDANCE, by=by)


def _propose(enrolment, kind, *, by, quality=None):
    said = facts.of_enrolment(enrolment, kind, quality)
    return propose(
        enrolment.person, kind, said, by=by, enrolment=enrolment, programme=enrolment.version.programme, quality=quality
    )


@transaction.atomic
def propose(person, kind, said, *, by=None, enrolment=None, programme=None, quality=None, expires_on=None):
    """Somebody may get this (`facts.Facts`). It waits for a second person; asked again, the first one stands."""
    if enrolment is not None and enrolment.person_id != person.pk:
        raise Refused(_("This enrolment is of somebody else."))
    recorded = facts.recorded_minutes(enrolment) if enrolment is not None else 0
    if said.minutes > recorded:
        raise Refused(
            _("Only hours at which somebody was there count: %(recorded)s are written down.")
            % {"recorded": badge.in_words(recorded)}
        )
    quality = _quality_for(kind, said, programme, quality)
    try:
        with transaction.atomic():
            credential = Credential.objects.create(
                person=person,
                kind=kind,
                enrolment=enrolment,
                programme=programme,
                quality=quality,
                snapshot=said.as_json(),
                expires_on=expires_on,
                proposed_by=by,
            )
    except IntegrityError:
        found = Credential.objects.filter(enrolment=enrolment, kind=kind, state__in=LIVING).first()
        if enrolment is None or found is None:
            raise
        return found
    record("credentials.proposed", by=by, about=credential)
    ask(ASK, about=credential, url=_queue(), people=[each for each in keepers(credential) if each != by])
    return credential


def _quality_for(kind, said, programme, quality):
    """The record of quality that stands behind it; without one nothing speaks of credits, levels, microcredentials."""
    holds = quality is not None and quality.holds and programme is not None and quality.programme_id == programme.pk
    if kind == Kind.MICROCREDENTIAL and holds:
        return quality
    if kind == Kind.MICROCREDENTIAL or said.ects or said.level or said.promises:
        raise Refused(
            _("Credits, a level and the word microcredential need an approved record of quality of the programme.")
        )
    return None


def quality_of(programme):
    """The record of a programme that holds now, or None."""
    found = QualityRecord.objects.filter(programme=programme, retired_at=None).first()
    return found if found and found.holds else None


# Steps ----------------------------------------------------------------------------------------------


@transaction.atomic
def approve(credential, *, by):
    """A second person says that it is right."""
    credential = _hold(credential, "approve")
    if reason := guards.why_not_second(credential, by):
        raise Refused(reason)
    credential.approved_by, credential.approved_at = by, now()
    _go(credential, "approve", by, "approved_by", "approved_at")
    answered(ASK, about=credential)
    return credential


@transaction.atomic
def decline(credential, *, by, because):
    """It is not given."""
    credential = _hold(credential, "decline")
    credential.because, credential.ended_at = _reason(because), now()
    _go(credential, "decline", by, "because", "ended_at", tell=True)
    answered(ASK, about=credential)
    return credential


def issue(credential, *, by):
    """Hand one out."""
    issued, refused = issue_all([credential], by=by)
    if refused:
        raise Refused(refused[0][1])
    return issued[0]


@transaction.atomic
def issue_all(credentials, *, by):
    """Hand many out at once. Returns (those that were issued, [(credential, why not)])."""
    row, private = keys.signer()
    ids = [each.pk for each in credentials][:AT_ONCE]
    held = Credential.objects.select_for_update(of=("self",)).select_related("person", "quality", "programme")
    ready, refused = [], []
    step = find(CREDENTIAL, State.APPROVED, "issue")
    guarding = [guard for guard in step.hard if guard is not guards.can_be_signed]  # asked above, for all of them
    for credential in held.filter(pk__in=ids).order_by("pk"):
        reason = why_not(CREDENTIAL, credential, "issue") or next(filter(None, (g(credential) for g in guarding)), "")
        if reason:
            refused.append((credential, reason))
        else:
            ready.append(credential)
    _sign_all(ready, row, private, by)
    return ready, refused


def _sign_all(credentials, row, private, by):
    """Each gets its place in a status list, its holder as she is called now, and its signature."""
    at = now().replace(microsecond=0)
    fresh = set()
    for credential, (place, index) in zip(credentials, statuses.places(len(credentials)), strict=True):
        credential.status_list, credential.status_index = place, index
        credential.holder = credential.person.name
        credential.issued_at, credential.issued_by, credential.state = at, by, State.ISSUED
        try:
            credential.signed = proofs.sign(badge.compose(credential, credential.person.email, at), row, private, at)
        except Unsigned as unsigned:
            raise Refused(_("This cannot be signed as it stands: %(why)s") % {"why": unsigned}) from unsigned
        if not place.revocation:
            fresh.add(place)
    Credential.objects.bulk_update(
        credentials,
        ["status_list", "status_index", "holder", "issued_at", "issued_by", "state", "signed"],
        batch_size=200,
    )
    if fresh:
        statuses.publish(fresh)
    _qualify(credentials)
    for credential in credentials:
        record("credentials.issued", by=by, about=credential, tell=[credential.person])


def _qualify(credentials):
    """What the rest of the platform knows of it: a certificate of the trajectory makes a facilitator."""
    Qualification.objects.bulk_create(
        [
            Qualification(
                person=each.person,
                kind=FACILITATOR,
                title=each.title,
                source=f"credential:{each.uuid}",
                issued_on=localdate(each.issued_at),
                expires_on=each.expires_on,
            )
            for each in credentials
            if each.kind != Kind.ATTENDANCE and each.programme and each.programme.is_trajectory
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def suspend(credential, *, by, because):
    """It does not count for the time being."""
    credential = _hold(credential, "suspend")
    credential.because, credential.suspended_at = _reason(because), now()
    _go(credential, "suspend", by, "because", "suspended_at", tell=True)
    return _known(credential, "suspension")


@transaction.atomic
def restore(credential, *, by):
    """It counts again."""
    credential = _hold(credential, "restore")
    credential.because, credential.suspended_at = "", None
    _go(credential, "restore", by, "because", "suspended_at", tell=True)
    return _known(credential, "suspension")


@transaction.atomic
def revoke(credential, *, by, because):
    """It does not count any more, for good."""
    credential = _hold(credential, "revoke")
    credential.because, credential.ended_at = _reason(because), now()
    _go(credential, "revoke", by, "because", "ended_at", tell=True)
    return _known(credential, *statuses.PURPOSES)


@transaction.atomic
def reissue(credential, *, by):
    """The same facts under the name and address of today; the earlier one is replaced by it."""
    credential = _hold(credential, "replace")
    row, private = keys.signer()
    credential.ended_at = now()
    _go(credential, "replace", by, "ended_at")
    fields = ("person", "enrolment", "programme", "quality", "kind", "snapshot", "expires_on")
    fields += ("proposed_by", "proposed_at", "approved_by", "approved_at")
    anew = Credential.objects.create(**{name: getattr(credential, name) for name in fields}, state=State.APPROVED)
    _sign_all([anew], row, private, by)
    credential.replaced_by = anew
    credential.save(update_fields=["replaced_by"])
    _known(credential, *statuses.PURPOSES)
    answered(RENEW, about=credential)
    return anew


def _hold(credential, verb):
    """The row, held, once this step is possible; else Refused with the sentence."""
    rows = Credential.objects.select_for_update(of=("self",))
    credential = rows.select_related("person", "quality", "programme", "status_list").get(pk=credential.pk)
    reason = why_not(CREDENTIAL, credential, verb)
    if not reason:
        reason = next(iter(find(CREDENTIAL, credential.state, verb).refused(credential)), "")
    if reason:
        raise Refused(reason)
    return credential


def _go(credential, verb, by, *fields, tell=False):
    credential.state = find(CREDENTIAL, credential.state, verb).to
    credential.save(update_fields=["state", *fields])
    told = [credential.person] if tell and credential.person else []
    record(f"credentials.{PAST[verb]}", by=by, about=credential, tell=told)


PAST = {
    "approve": "approved",
    "decline": "declined",
    "suspend": "suspended",
    "restore": "restored",
    "revoke": "revoked",
    "replace": "replaced",
}


def _reason(because):
    """Nothing is taken from somebody without a reason."""
    if not (said := one_line(because)):
        raise Refused(_("Say why."), field="because")
    return said[:300]


def _known(credential, *purposes):
    """Whoever asks hears it at once: the signed lists, and the shield beside a name."""
    statuses.publish([credential.status_list], purposes)
    Qualification.objects.filter(source=f"credential:{credential.uuid}").update(
        ended_at=None if credential.state == State.ISSUED else now()
    )
    return credential


# Links and wishes of the holder ---------------------------------------------------------------------


@transaction.atomic
def new_link(credential, *, by):
    """Another key: who has the old link or paper sees no name any more."""
    credential = Credential.objects.select_for_update().get(pk=credential.pk)
    credential.key = new_key()
    credential.save(update_fields=["key"])
    record("credentials.link_renewed", by=by, about=credential)
    return credential


@transaction.atomic
def ask_anew(credential, *, by):
    """The holder is called otherwise now, or has another address: whoever keeps the programme is asked."""
    credential = _hold(credential, "replace")
    if not stale(credential):
        raise Refused(_("Your name and mail address are still those on it."))
    ask(RENEW, about=credential, url=credential.get_absolute_url(), people=keepers(credential))
    record("credentials.anew_asked", by=by, about=credential)
    return credential


def stale(credential):
    """True where its holder is called otherwise now, or has another mail address."""
    person = credential.person
    if not person or not credential.signed:
        return False
    same = badge.is_of(credential.signed, "emailAddress", person.email.lower())
    return not (same and credential.holder == person.name)


# Who is asked ---------------------------------------------------------------------------------------


def keepers(credential):
    """The people who may approve or issue it, without its holder: at most twenty."""
    found = []
    if credential.enrolment and credential.enrolment.group_id:
        rows = GroupMember.objects.filter(group=credential.enrolment.group_id, part=Part.TRAINER)
        found += [row.person for row in rows.select_related("person")]
    programme = credential.programme
    kinds = {"kind": "platform_admin"}
    if programme and programme.board_id:
        kinds = {"kind": "board_admin", "board": programme.board_id}
    elif programme and programme.network_id:
        kinds = {"kind": "network_admin", "network": programme.network_id}
    found += [row.person for row in Role.objects.current().filter(**kinds).select_related("person").order_by("pk")]
    return [each for each in dict.fromkeys(found) if each.pk != credential.person_id][:20]


def forget_asks(credential):
    """Nobody is asked about it any more."""
    kind = ContentType.objects.get_for_model(Credential)
    Ask.objects.filter(kind__in=(ASK, RENEW), about_type=kind, about_id=credential.pk).delete()


def _queue():
    return address("credentials:approve")
