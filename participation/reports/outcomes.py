"""What impact adds to a draft: the same questions at the start and at the end, of five people or more both times."""

from django.utils.translation import gettext as _

from participation.impact import results
from participation.impact.choices import Moment
from participation.impact.models import Questionnaire
from participation.impact.models.questionnaire import LEAST


def of_impact(community, year):
    """A sentence for what moved most, and the questions with where they were and where they came."""
    rows = Questionnaire.objects.filter(community=community, year=year).prefetch_related("waves__panels")
    row = rows.select_related("community", "network").first()
    waves = [row.by_moment.get(moment) for moment in (Moment.START, Moment.END)] if row else []
    if not all(wave and wave.closed_at and wave.counted >= LEAST for wave in waves) or not waves:
        return []
    found = results.of(row)
    lines = [
        _("- %(question)s: from %(before)s to %(after)s")
        % {"question": each.question.text, "before": each.before.text, "after": each.after.text}
        for each in found.rows
        if each.after
    ]
    if not lines:
        return []
    first = _("We answered the same questions at the start and at the end of the year, from 1 (no) to 5 (yes).")
    return [("impact", _("What it brought"), "\n".join([first, *found.sentences, "", *lines]))]
