"""What must be so before a step: each returns a sentence for the reader, or "" when it is so."""

from django.utils.translation import gettext as _

from training.choices import AssessmentState
from training.credentials import keys
from training.credentials.choices import Kind
from training.models import Assessment


def has_its_holder(credential):
    """There is somebody with a mail address of hers to give it to."""
    person = credential.person
    if person is None or not person.is_active:
        return _("Whoever this was for has no account any more.")
    return "" if person.email and person.name.strip() else _("There is no name and mail address to put on it.")


def can_be_signed(credential):
    return keys.why_not_sign()


def quality_holds(credential):
    """A microcredential, credits and levels stand on an approved record of quality; so does speaking of them."""
    if credential.kind == Kind.MICROCREDENTIAL and not (credential.quality and credential.quality.holds):
        return _("There is no approved record of quality for this programme, so it cannot be called a microcredential.")
    return ""


def judged_by(person, credentials):
    """Ids of the enrolments, of these credentials, that she assessed."""
    rows = Assessment.objects.filter(assessor=person.pk, state=AssessmentState.GIVEN)
    ids = {each.enrolment_id for each in credentials if each.enrolment_id}
    return set(rows.filter(enrolment__in=ids).values_list("enrolment", flat=True)) if ids else set()


def why_not_second(credential, by, judged=None):
    """Why this person does not approve it: a second one does, who neither gets it, nor proposed or assessed it."""
    if by.pk == credential.person_id:
        return _("You cannot approve your own.")
    if by.pk == credential.proposed_by_id:
        return _("You proposed this one yourself. Somebody else approves it.")
    if credential.enrolment_id in (judged_by(by, [credential]) if judged is None else judged):
        return _("You assessed this yourself. Somebody else approves it.")
    return ""
