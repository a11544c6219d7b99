"""Was it asked already? While somebody types a title, questions that mean the same, those that were answered first."""

from functools import reduce
from operator import or_

from django.db.models import F, Q

from core import dutch
from knowledgehub.questions.models import Question

MOST, LOOKED_AT, SHORTEST = 5, 200, 3


def to(title, user):
    """At most five questions that share words with this title; which words are the same, `core.dutch` says."""
    wanted = _meanings(title)
    keys = {key for meaning in wanted for key in meaning if len(key) >= SHORTEST}
    if not keys:
        return []
    said = reduce(or_, (Q(sort_name__contains=key) for key in sorted(keys)[:20]))
    rows = Question.objects.for_list(user).filter(said, hidden_at=None)
    found = []
    for place, row in enumerate(rows.order_by(F("accepted").asc(nulls_last=True), "-last_at")[:LOOKED_AT]):
        theirs = {key for meaning in _meanings(row.title) for key in meaning}
        if shared := sum(bool(meaning & theirs) for meaning in wanted):
            found.append((-shared, place, row))
    least = -min(2, len(wanted))
    return [row for shared, _place, row in sorted(found, key=lambda each: each[:2]) if shared <= least][:MOST]


def _meanings(text):
    """Each word of a text that says something, with its parts: as the keys by which it is found."""
    words = [word for word in dutch.words(text) if word not in dutch.STOP]
    return [{*own, *parts} for own, parts in map(dutch.keys_of, words)]
