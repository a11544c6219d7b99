"""What credentials hold of a person. Of whoever is erased an empty place stays: her own files can still be checked."""

from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep
from training.credentials import actions
from training.credentials.choices import State
from training.credentials.models import Accreditation, Credential, QualityRecord


def let_go(person):
    """What was issued to her says nothing any more here, and keeps its place in the list; what waits goes."""
    for credential in Credential.objects.filter(person=person):
        actions.forget_asks(credential)
    Credential.objects.filter(person=person, state__in=[State.ELIGIBLE, State.APPROVED, State.DECLINED]).delete()
    Credential.objects.filter(person=person).update(person=None, enrolment=None, holder="", signed=None, snapshot={})


def register():
    """From `AppConfig.ready()`."""
    keep(
        "credentials",
        Section(
            title=_("Certificates"),
            seen_by=_(
                "You, and who keeps the programme. Others see a certificate without your name, unless you gave them "
                "the link that shows it."
            ),
            after=_("Your certificates go. What you downloaded before can still be checked, without us knowing you."),
            tables=[
                Table(
                    Credential,
                    hers=("person",),
                    did=("proposed_by", "approved_by", "issued_by"),
                    shows=("kind", "state", "holder", "snapshot", "signed", "issued_at", "expires_on", "because"),
                ),
                Table(QualityRecord, said=("filled_by",), did=("approved_by",), shows=("assured_by", "procedure")),
                Table(Accreditation, said=("added_by",), shows=("register", "number", "value")),
            ],
            first=let_go,
        ),
    )
