"""What impact adds to a draft: the same questions at the start and at the end, of five people or more both times."""

from dataclasses import replace

from django.utils.translation import gettext as _

from participation.impact import results
from participation.impact.choices import Moment
from participation.impact.models import Questionnaire


def of_impact(community, year):
    """A sentence for what moved most, and the questions with where they were and where they came."""
    row = (
        Questionnaire.objects.filter(community=community, year=year)
        .prefetch_related("waves__panels")
        .select_related("community", "network")
        .first()
    )
    waves = [row.by_moment.get(moment) for moment in (Moment.START, Moment.END)] if row else []
    if not waves or not all(wave and wave.closed_at for wave in waves):
        return []
    found = _of_both(results.of(row), waves)
    if not found.rows:
        return []
    lines = [
        _("- %(question)s: from %(before)s to %(after)s")
        % {"question": each.question.text, "before": each.before.text, "after": each.after.text}
        for each in found.rows
    ]
    first = _("We answered the same questions at the start and at the end of the year, from 1 (no) to 5 (yes).")
    return [("impact", _("What it brought"), "\n".join([first, *found.sentences, "", *lines]))]


def _of_both(found, waves):
    """Of these results the start and the end alone, and the questions that enough people answered both times."""
    places = {moment.moment: place for place, moment in enumerate(found.moments)}
    if not all(wave.moment in places for wave in waves):
        return results.Results()
    rows = []
    for each in found.rows:
        marks = [each.marks[places[wave.moment]] for wave in waves]
        if all(mark and wave.is_enough(mark.people) for mark, wave in zip(marks, waves, strict=True)):
            rows.append(replace(each, marks=marks))
    return replace(found, moments=[found.moments[places[wave.moment]] for wave in waves], rows=rows)
