"""How it is answered: compiled SQL with its slots, and objects made of its rows."""

from operator import itemgetter
from weakref import ref

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_init, pre_init

from core.prepared.outlines import Slot, Unfit
from core.statements import Statement

ITERABLES = (ModelIterable, ValuesListIterable, FlatValuesListIterable)


class Plan:
    """Compiled SQL, its slots, and how its rows become objects: what Django finds out anew for every query."""

    def __init__(self, queryset, slots):
        compiler = queryset.query.get_compiler(using=queryset.db)
        if queryset._iterable_class not in ITERABLES or queryset._prefetch_related_lookups:
            raise Unfit(queryset._iterable_class)
        self.db, self.fetch_mode, self.kind = queryset.db, queryset._fetch_mode, queryset._iterable_class
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            self.statement = None
            return
        self.statement, self.params = _statement(sql, params, {slot: place for place, slot in enumerate(slots)})
        select, info = compiler.select, compiler.klass_info
        self.width = compiler.col_count if compiler.has_extra_select else None
        self.converters = list(compiler.get_converters([each[0] for each in select[: compiler.col_count]]).items())
        if self.kind is not ModelIterable:
            return
        self.make = maker(info["model"], self.db, self.fetch_mode)
        self.own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self.names = [each[0].target.attname for each in select[self.own]]
        self.related = get_related_populators(info, select, self.db, self.fetch_mode)
        self.annotations = list(compiler.annotation_col_map.items())

    def rows(self, values):
        """The objects, as `django.db.models.query.ModelIterable` makes them."""
        if not self.statement:
            return []
        connection = connections[self.db]
        found = self.statement.rows([slot.filled(values[place], connection) for place, slot in self.params], self.db)
        if self.width:
            found = [row[: self.width] for row in found]
        if self.converters:
            found = self._converted(found, connection)
        if self.kind is ValuesListIterable:
            return [*map(tuple, found)]
        if self.kind is FlatValuesListIterable:
            return [row[0] for row in found]
        related, rows, peers = [Related(each) for each in self.related], [], []
        for row in found:
            one = self.make(self.names, row[self.own])
            if self.fetch_mode.track_peers:
                peers.append(ref(one))
                one._state.peers = peers
            for each in related:
                each.populate(row, one)
            for name, place in self.annotations:
                setattr(one, name, row[place])
            rows.append(one)
        return rows

    def _converted(self, rows, connection):
        for row in map(list, rows):
            for place, (converters, expression) in self.converters:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
            yield row


def _statement(sql, params, places):
    """The statement and its slots, each with its place among the values; constants of Django's become SQL again."""
    parts, slots = sql.split("%s"), []
    text = parts[0]
    for param, part in zip(params, parts[1:], strict=True):
        if isinstance(param, Slot):
            slots.append((places[param], param))
            text = f"{text.removesuffix('IN ')}= ANY(%s)" if text.endswith(" IN ") else f"{text}%s"
        elif isinstance(param, str | int | float | None):
            text += _constant(param)
        else:
            raise TypeError(f"{param!r} must be an argument of the prepared method.")
        text += part
    return Statement(text, len(slots)), slots


def _constant(value):
    if isinstance(value, str):
        return "'" + value.replace("'", "''").replace("%", "%%") + "'"
    return "NULL" if value is None else str(value).upper()


def maker(model, db, fetch_mode):
    """What makes a row's object: `Model.from_db`, without its step for each column where nobody listens to those."""
    if _has_own_way(model):
        return lambda names, values: model.from_db(db, names, values, fetch_mode=fetch_mode)

    def make(names, values):
        one = model.__new__(model)
        known = one.__dict__
        known["_state"] = state = ModelState()
        state.db, state.adding, state.fetch_mode = db, False, fetch_mode
        known.update(zip(names, values, strict=True))
        return one

    return make


def _has_own_way(model):
    own = model.__init__ is not Model.__init__ or model.from_db.__func__ is not Model.from_db.__func__
    return own or pre_init.has_listeners(model) or post_init.has_listeners(model)


class Related:
    """What Django's `RelatedPopulator` makes of the columns of a related row, but once for all that share that row."""

    def __init__(self, plan):
        self.plan, self.made, self.peers = plan, {None: None}, []
        self.make = maker(plan.model_cls, plan.db, plan.fetch_mode)
        self.more = [Related(each) for each in plan.related_populators]
        self.columns = plan.reorder_for_init or itemgetter(slice(plan.cols_start, plan.cols_end))

    def populate(self, row, one):
        """Give this object the one that it is related to."""
        plan, columns = self.plan, self.columns(row)
        pk = columns[plan.pk_idx]
        if pk in self.made:
            other = self.made[pk]
        else:
            other = self.made[pk] = self.make(plan.init_list, columns)
            if plan.fetch_mode.track_peers:
                self.peers.append(ref(other))
                other._state.peers = self.peers
            for each in self.more:
                each.populate(row, other)
        plan.local_setter(one, other)
        if other is not None:
            plan.remote_setter(other, one)
