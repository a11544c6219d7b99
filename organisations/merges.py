"""What of organisations follows when two accounts of one person become one, and whose photo one may see."""

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now

from core.registry import merges
from organisations import hours
from organisations.models import (
    Affiliation,
    Invitation,
    Joining,
    Qualification,
    Role,
    RoomRequest,
    StaffImport,
    TimeBudget,
)
from organisations.rules import standing
from people.rules import acquaintances


@merges.register("organisations")
def organisations(kept, gone):
    """Where she works, what she may manage, and what she did as one who manages."""
    _affiliations(kept, gone)
    for field in ("school", "board", "network"):  # an empty place equals an empty place, which SQL denies
        same = Role.objects.current().filter(person=kept, kind=OuterRef("kind"), **{field: OuterRef(field)})
        Role.objects.current().filter(Exists(same), person=gone, **{f"{field}__isnull": False}).update(ended_at=now())
    if Role.objects.current().filter(person=kept, kind="platform_admin").exists():
        Role.objects.current().filter(person=gone, kind="platform_admin").update(ended_at=now())
    Role.objects.filter(person=gone).update(person=kept)
    Role.objects.filter(given_by=gone).update(given_by=kept)
    Invitation.objects.filter(person=gone).update(person=kept)
    Invitation.objects.filter(invited_by=gone).update(invited_by=kept)
    hours.hand_over(kept, gone)
    StaffImport.objects.filter(by=gone).update(by=kept)
    Joining.objects.filter(by=gone).update(by=kept)
    Qualification.objects.filter(person=gone).update(person=kept)
    _time(kept, gone)


def _time(kept, gone):
    """Budgets and requests for room; where both have one of the same, the kept account's stays."""
    same = TimeBudget.objects.filter(person=kept, school=OuterRef("school"), rule=OuterRef("rule"))
    TimeBudget.objects.filter(~Exists(same), person=gone).update(person=kept)
    TimeBudget.objects.filter(person=gone).delete()
    asked = RoomRequest.objects.live().filter(person=kept).exclude(source="").values("source")
    RoomRequest.objects.live().filter(person=gone, source__in=asked).delete()
    RoomRequest.objects.filter(person=gone).update(person=kept)
    RoomRequest.objects.filter(cover_person=gone).update(cover_person=kept)
    RoomRequest.objects.filter(decided_by=gone).update(decided_by=kept)
    TimeBudget.objects.filter(changed_by=gone).update(changed_by=kept)


def _affiliations(kept, gone):
    """Two open ones at the same place become one, from the earlier day on; the rest comes along as it is."""
    for theirs in Affiliation.objects.current().filter(person=gone).select_for_update():
        mine = (
            Affiliation.objects.current()
            .filter(person=kept, school=theirs.school_id, board=theirs.board_id, partner=theirs.partner_id)
            .first()
        )
        if mine:
            mine.from_on = min(mine.from_on, theirs.from_on)
            mine.until_on = mine.until_on and theirs.until_on and max(mine.until_on, theirs.until_on)
            mine.save(update_fields=["from_on", "until_on"])
            theirs.delete()
    Affiliation.objects.filter(person=gone).update(person=kept)


@acquaintances.register("organisations")
def colleagues(user):
    """Who works at a school, board or partner where the user works, or that she manages."""
    mine = standing(user)
    if mine.is_platform_admin:
        return Q(pk__isnull=False)
    boards = mine.boards | mine.boards_run
    here = Affiliation.objects.current().filter(
        Q(board__in=boards) | Q(school__board__in=boards) | Q(partner__in=mine.partners) | Q(school__in=mine.works_at)
    )
    return Q(pk__in=here.values("person"))
