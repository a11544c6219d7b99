"""A PLG lets its averages count in the figures of its school, board and network; or takes them back."""

from django.db import transaction
from django.utils.timezone import now

from activity.journal import record
from core.refusals import Refused
from participation.impact import asking, results
from participation.impact.actions.waves import changed
from participation.impact.choices import Moment
from participation.impact.models import Outcome, Questionnaire


@transaction.atomic
def release(questionnaire, *, by):
    """From now on these averages are part of the sums above. Members hear it. Refused below five at either time."""
    row = hold(questionnaire)
    if reason := row.why_not_release:
        raise Refused(reason)
    first, last = row.by_moment[Moment.START], row.by_moment[Moment.END]
    before, after = results.sums(first), results.sums(last)
    community = row.community
    Outcome.objects.bulk_create(
        Outcome(
            questionnaire=row,
            question=key,
            year=row.year,
            school_id=community and community.owner_school_id,
            board_id=community and community.board_id,
            network_id=community.owner_network_id if community else row.network_id,
            people_before=before[key][0],
            sum_before=before[key][1],
            people_after=after[key][0],
            sum_after=after[key][1],
        )
        for key in before
        if key in after and first.is_enough(before[key][0]) and last.is_enough(after[key][0])
    )
    row.released_at, row.released_by = now(), by
    row.save(update_fields=["released_at", "released_by"])
    record("impact.released", by=by, about=row, tell=list(asking.people_of(row)), community=community)
    changed(row)
    return row


@transaction.atomic
def take_back(questionnaire, *, by):
    """These averages count no more."""
    row = hold(questionnaire)
    if row.released_at:
        row.outcomes.all().delete()
        row.released_at = row.released_by = None
        row.save(update_fields=["released_at", "released_by"])
        record("impact.taken_back", by=by, about=row, community=row.community_id)
        changed(row)
    return row


def hold(questionnaire):
    """The row as it is now, for us alone until the end of the deed."""
    rows = Questionnaire.objects.select_for_update(of=("self",)).select_related("community", "network")
    return rows.get(pk=questionnaire.pk)
