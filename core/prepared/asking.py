"""Rows that write down what is asked of them."""

from functools import wraps

from django.db import models
from django.db.models import Q
from django.db.models.query import MAX_GET_RESULTS

from core.prepared.outlines import Unfit
from core.prepared.plans import rows_of


class PreparedQuerySet(models.QuerySet):
    """Rows that may begin with a prepared method: what is asked further of them is then written down, too.

    Whatever is no step (count, annotate, use in another query) needs a query, and by asking for it gets one.
    """

    steps = ()

    def __init__(self, model=None, query=None, using=None, hints=None):
        super().__init__(model, query, using, hints)
        self._is_new = query is None

    @property
    def may_begin(self):
        """True for all rows of a table, of which nothing was asked yet; those of a related manager are not all."""
        return self._is_new and not self._hints and not self._defer_next_filter

    def then(self, step, *args):
        """These rows, with one more thing asked of them."""
        if not (self.steps or self.may_begin) or self._result_cache is not None:
            return step(self, *args)
        rows = self._begun()
        rows.steps = (*self.steps, (step, args))
        return rows

    def _begun(self):
        """All rows, that write nothing down any more."""
        rows = type(self)(self.model, using=self._db)
        rows._is_new = False
        return rows

    def taken(self, steps):
        """What comes of these steps, one after the other."""
        rows = self._begun()
        for step, args in steps:
            rows = step(rows, *args)
        return rows

    @property
    def query(self):
        """Django's query: as soon as somebody wants it, the steps are taken."""
        if self.steps:
            self.__dict__.update(self.taken(self.steps).__dict__, steps=())
        return models.QuerySet.query.fget(self)

    @query.setter
    def query(self, value):
        models.QuerySet.query.fset(self, value)

    def _fetch_all(self):
        if self.steps and self._result_cache is None:
            try:
                self._result_cache = rows_of(self)
            except Unfit:
                self.query  # noqa: B018 - the steps are taken
        super()._fetch_all()

    def iterator(self, *args, **kwargs):
        self.query  # noqa: B018 - the steps are taken
        return super().iterator(*args, **kwargs)

    def filter(self, *args, **kwargs):
        if self.steps or self.may_begin:
            return self.then(_filter, Q(*args, **kwargs))
        return super().filter(*args, **kwargs)

    def exclude(self, *args, **kwargs):
        if self.steps or self.may_begin:
            return self.then(_filter, ~Q(*args, **kwargs))
        return super().exclude(*args, **kwargs)

    def annotate(self, *args, **kwargs):
        if self.steps and not args:
            rows = self
            for name, expression in kwargs.items():
                rows = rows.then(_annotate, name, expression)
            return rows
        return super().annotate(*args, **kwargs)

    def order_by(self, *names):
        return self.then(models.QuerySet.order_by, *names) if self.steps else super().order_by(*names)

    def select_related(self, *names):
        return self.then(models.QuerySet.select_related, *names) if self.steps else super().select_related(*names)

    def values_list(self, *names, flat=False, named=False):
        if self.steps and not named and all(isinstance(name, str) for name in names):
            return self.then(_values_list, flat, *names)
        return super().values_list(*names, flat=flat, named=named)

    def distinct(self, *names):
        return self.then(models.QuerySet.distinct, *names) if self.steps else super().distinct(*names)

    def __getitem__(self, wanted):
        if self.steps and self._result_cache is None and isinstance(wanted, slice) and not wanted.step:
            return self.then(models.QuerySet.__getitem__, wanted)
        return super().__getitem__(wanted)

    def first(self):
        if not self.steps:
            return super().first()
        return next(iter(self.then(_by_pk_at_least)[:1]), None)

    def get(self, *args, **kwargs):
        if not self.steps:
            return super().get(*args, **kwargs)
        found = self.filter(*args, **kwargs).order_by()[:MAX_GET_RESULTS]
        if len(found) == 1:
            return found[0]
        error = self.model.MultipleObjectsReturned if found else self.model.DoesNotExist
        raise error(f"{len(found)} of {self.model._meta.object_name} instead of one.")


def _filter(rows, condition):
    return models.QuerySet.filter(rows, condition)


def _annotate(rows, name, expression):
    return models.QuerySet.annotate(rows, **{name: expression})


def _values_list(rows, flat, *names):
    return models.QuerySet.values_list(rows, *names, flat=flat)


def _by_pk_at_least(rows):
    return rows if rows.ordered else models.QuerySet.order_by(rows, "pk")


def prepared(method):
    """Mark a method of `core.models.QuerySet` whose SQL depends on its arguments' shape only, not on their values.

    In it, the person and ids among the arguments are slots: they fit in `filter()` and `allowing()` and have no
    value. A moment must be an argument; one that the method takes from the clock itself is refused.
    """

    @wraps(method)
    def for_page(self, *args):
        return self.then(method, *args)

    return for_page
