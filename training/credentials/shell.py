"""Where credentials show themselves in the frame, and what becomes of them when two accounts become one."""

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.context import item
from core.links import address
from training.credentials.choices import State
from training.credentials.models import Accreditation, Credential, QualityRecord


def lines(user):
    """Beneath one's own name."""
    return [item("credentials:mine", _("My certificates"), "award", 70, own=True)]


def merge(kept, gone):
    """Hers become the other account's. Where she would then stand twice as the one who looked, once is not named."""
    Credential.objects.filter(person=gone).update(person=kept)
    same = Q(proposed_by=kept) | Q(person=kept)
    Credential.objects.filter(same, approved_by=gone).update(approved_by=None)
    Credential.objects.filter(approved_by=kept).filter(Q(proposed_by=gone) | Q(person=kept)).update(approved_by=None)
    for column in ("proposed_by", "approved_by", "issued_by"):
        Credential.objects.filter(**{column: gone}).update(**{column: kept})
    QualityRecord.objects.filter(filled_by=kept, approved_by=gone).update(approved_by=None)
    QualityRecord.objects.filter(filled_by=gone, approved_by=kept).update(approved_by=None)
    for column in ("filled_by", "approved_by"):
        QualityRecord.objects.filter(**{column: gone}).update(**{column: kept})
    Accreditation.objects.filter(added_by=gone).update(added_by=kept)


def card(enrolment, user):
    """On the page of a learner: what she has of it, or what is on its way."""
    rows = Credential.objects.for_page(user).filter(enrolment=enrolment).exclude(state=State.DECLINED)
    found = list(rows)
    return ("credentials/card.html", {"credentials": found}) if found else None


def quality_line(programme, user):
    """For who keeps a programme: by what its quality is assured."""
    label = gettext("Quality and registers")
    return {"url": address("credentials:quality", programme.pk), "label": label, "icon": "rosette-discount-check"}
