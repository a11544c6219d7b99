"""Who of many readers may see what: the rules of the pages, asked in Python of rows that are fetched once for all."""

from collections import defaultdict

from activity.words import model_of
from core import holding
from core.models import FETCH_MODE, QuerySet


class Subjects:
    """What the rows of many readers are about, fetched in one query a model, and who may see it."""

    def __init__(self, wanted):
        """`wanted` are (person, row, kind): a row of the journal or a request, as it would be told to this person."""
        self.ids, self.related, self.many, self.tests = defaultdict(set), defaultdict(set), defaultdict(set), {}
        for person, row, kind in wanted:
            if row.about_type_id:
                self._want(person, row, kind)
        self.rows = {model: self._fetched(model) for model in self.ids}

    def _want(self, person, row, kind):
        model = model_of(row)
        self.ids[model].add(row.about_id)
        self.related[model].update(kind.related)
        self.many[model].update(kind.many)
        key = person.pk, model, kind.power
        if key in self.tests or kind.visible or kind.power not in getattr(model, "rules", {}):
            return
        rule = model.rules[kind.power](person)
        try:
            self.tests[key] = holding.test_of(rule, model)
            self.related[model].update(holding.related_to(rule, model))
        except holding.Unfit:
            self.tests[key] = _AskedOfTheDatabase(rule, model, self.ids[model])

    def _fetched(self, model):
        rows = QuerySet(model).filter(pk__in=self.ids[model]).fetch_mode(FETCH_MODE)
        rows = rows.prefetch_related(*sorted(self.many[model]))
        if self.related[model]:
            rows = rows.select_related(*sorted(self.related[model]))
        return {row.pk: row for row in rows}

    def shown(self, person, row, kind):
        """True when this person may see what the row is about, which then is at hand as `row.about`."""
        about = None
        if row.about_type_id:
            model = model_of(row)
            about = self.rows[model].get(row.about_id)
            if about is None:
                return False
            test = self.tests.get((person.pk, model, kind.power))
            if test and not kind.visible and not test(about):
                return False
            row.about = about
        return kind.visible(about, person) if kind.visible else True


class _AskedOfTheDatabase:
    """A rule that cannot be asked in Python: one query for this reader."""

    def __init__(self, rule, model, ids):
        self.rule, self.model, self.ids, self.found = rule, model, ids, None

    def __call__(self, row):
        if self.found is None:
            rows = QuerySet(self.model).filter(self.rule, pk__in=self.ids)
            self.found = set(rows.values_list("pk", flat=True))
        return row.pk in self.found
