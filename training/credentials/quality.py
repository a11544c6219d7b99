"""The record of quality of a programme, filled by one and approved by another; registers that know the programme."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from training.credentials.models import Accreditation, Credential, QualityRecord
from training.models import Programme


@transaction.atomic
def fill(programme, *, by, **fields):
    """Write the record; what was approved stays as it is for what was issued by it, and a new one begins."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    found = QualityRecord.objects.filter(programme=programme, retired_at=None).first()
    if found and (found.approved_at or Credential.objects.filter(quality=found).exists()):
        found.retired_at = now()
        found.save(update_fields=["retired_at"])
        found = None
    found = found or QualityRecord(programme=programme)
    for name, value in fields.items():
        setattr(found, name, value)
    found.filled_by, found.filled_at = by, now()
    found.save()
    record("credentials.quality_filled", by=by, about=found)
    return found


def why_not_approve(found, by):
    """Why this person does not approve it now, or ""."""
    if found.approved_at:
        return _("It was approved already.")
    if found.retired_at:
        return _("There is a newer record.")
    return _("You filled it in yourself. Somebody else approves it.") if found.filled_by_id == by.pk else ""


@transaction.atomic
def approve(found, *, by):
    """A second person says that it is so."""
    found = QualityRecord.objects.select_for_update().get(pk=found.pk)
    if reason := why_not_approve(found, by):
        raise Refused(reason)
    found.approved_by, found.approved_at = by, now()
    found.save(update_fields=["approved_by", "approved_at"])
    record("credentials.quality_approved", by=by, about=found)
    return found


@transaction.atomic
def accredit(programme, *, by, **fields):
    """Write down in which register it stands."""
    if Accreditation.objects.filter(programme=programme, register=fields["register"], number=fields["number"]).exists():
        raise Refused(_("This stands there already."), field="number")
    found = Accreditation.objects.create(programme=programme, added_by=by, **fields)
    record("credentials.accredited", by=by, about=found)
    return found


@transaction.atomic
def remove_accreditation(found, *, by):
    """Take it away; what was issued keeps what it said."""
    found = Accreditation.objects.select_related("programme").get(pk=found.pk)
    record("credentials.accreditation_removed", by=by, about=found.programme)
    found.delete()
