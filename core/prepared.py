"""SQL that is made once: Django compiles a query as often as it is asked, which cost half the time of a page.

A queryset method marked `@prepared` (a `for_<page>`) writes down what is asked of it, and of the rows it
returns: rules, filters, order, slices. Only when its rows are fetched is that read:

- what decides the SQL (method, names, the shape of each rule's `Q`, whether a set is empty) is the key of a `Plan`;
- what varies (ids, sets of ids, dates, words) becomes its parameters.

An unknown shape is compiled by Django from the same method, with slots in the place of values. Whatever does not
fit (an expression, a queryset as value, another method) is no error: the method then simply runs, as it did before.
The rules are asked each time, of the real person; only how their answer reads as SQL is remembered.
"""

from datetime import date, datetime, time
from functools import wraps
from operator import itemgetter
from uuid import UUID
from weakref import ref

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import F, Model, Q, Value
from django.db.models.base import ModelState
from django.db.models.expressions import ExpressionWrapper, OrderBy
from django.db.models.functions import Now
from django.db.models.query import (
    MAX_GET_RESULTS,
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_init, pre_init

from core.statements import Statement

#: Plans of this process. Shapes are few; the bound is for who writes a rule without end.
PLANS, ASKED, MOST = {}, {}, 1000

SCALARS = (int, str, date, datetime, time, UUID)
ITERABLES = (ModelIterable, ValuesListIterable, FlatValuesListIterable)
LOOKUPS = {"exact", "in", "lt", "lte", "gt", "gte"}
FIELDS = (
    models.AutoField,
    models.IntegerField,
    models.CharField,
    models.TextField,
    models.FileField,
    models.DateField,
    models.TimeField,
    models.UUIDField,
    models.ForeignKey,
)


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


class Unfit(Exception):
    """This cannot be prepared; the queryset runs as it is."""


def prepared(method):
    """Mark a method of `core.models.QuerySet` whose SQL depends on its arguments' shape only, not on their values.

    In it, the person and ids among the arguments are slots: they fit in `filter()` and `allowing()` and have no
    value. A moment must be an argument; one that the method takes from the clock itself is refused.
    """

    @wraps(method)
    def for_page(self, *args):
        return self.then(method, *args)

    return for_page


# What is asked: its outline decides the SQL, its values fill the slots ------------------------------
def outline(thing, values):
    """All of this that decides the SQL, as a key; what does not goes onto the list of values. Raises Unfit."""
    kind = type(thing)
    if kind is Q:
        return _outline_of_rule(thing, values)
    if thing is None or kind is bool or kind is str or kind is slice:
        return thing
    if kind is ExpressionWrapper and type(thing.expression) is Q:
        return ExpressionWrapper, type(thing.output_field), _outline_of_rule(thing.expression, values)
    if isinstance(thing, OrderBy) and isinstance(thing.expression, F):
        return OrderBy, thing.expression.name, thing.descending, thing.nulls_first, thing.nulls_last
    return _outline_of_value(thing, kind, values)


def _outline_of_rule(rule, values):
    parts = [rule.connector, rule.negated]
    for child in rule.children:
        if type(child) is Q:
            parts.append(_outline_of_rule(child, values))
        elif type(child) is tuple:
            name, value = child
            parts += name, _outline_of_value(value, type(value), values)
        else:
            raise Unfit(child)
    return tuple(parts)


def _outline_of_value(value, kind, values):
    if value is None or kind is bool:
        return value
    if kind in (set, frozenset, list, tuple):
        value = tuple(each.pk if isinstance(each, Model) else each for each in value if each is not None)
        if not value:
            return ()
        if not all(isinstance(each, SCALARS) for each in value):
            raise Unfit(value)
        kind = tuple
    elif kind is Now:
        return kind
    elif isinstance(value, Model):
        value, kind = value.pk, int
    elif not isinstance(value, SCALARS):
        raise Unfit(value)
    elif isinstance(value, str):
        kind = str
    if value is None:
        raise Unfit(value)
    values.append(value)
    return kind


class Slot:
    """The place in the SQL of one value; a field prepares it as in any query."""

    def __init__(self, field=None):
        self.field = field
        whole = field.target_field if isinstance(field, models.ForeignKey) else field
        kind = whole.get_internal_type() if isinstance(whole, models.IntegerField) else "BigAutoField"
        self.least, self.most = connections[DEFAULT_DB_ALIAS].ops.integer_field_range(kind)

    def filled(self, value, connection):
        """The parameter for this value. Raises Unfit for a number that no such column can hold."""
        if type(value) is tuple:
            return [self.filled(each, connection) for each in value]
        if self.field:
            value = self.field.get_db_prep_value(value, connection)
        if type(value) is int and not self.least <= value <= self.most:
            raise Unfit(value)  # Django knows what such a number finds: nothing
        return value


class Reader(Value):
    """The person for whom a method is prepared: her id is a slot, her rules are slotted, more she has not."""

    def __init__(self, person, asked, slots, place):
        slots.append(Slot())
        super().__init__(slots[-1])
        self.person, self.asked, self.slots, self.place = person, asked, slots, place
        self.pk = self

    def rule(self, model, power):
        """The model's rule for her, with slots in the place of values."""
        self.asked.append((self.place, model, power))
        return slotted(model.rules[power](self.person), self.slots, model)


def rule_for(user, model, power):
    """What the model's rule says of this user: of a prepared method's reader, too."""
    return user.rule(model, power) if isinstance(user, Reader) else model.rules[power](user)


def slotted(rule, slots, model):
    """The same Q with slots in the place of what `outline` takes for values, in the same order. Raises Unfit."""
    twin = Q(_connector=rule.connector, _negated=rule.negated)
    for child in rule.children:
        if isinstance(child, Q):
            twin.children.append(slotted(child, slots, model))
            continue
        name, value = child
        if outline(Q(child), found := []) and found:
            slots.append(Slot(_field_of(name, model)))
            value = Value(slots[-1])
        twin.children.append((name, value))
    return twin


def _field_of(name, model):
    query = models.sql.Query(model)
    _path, field, _targets, rest = query.names_to_path(name.split("__"), model._meta, fail_on_missing=False)
    if isinstance(field, models.GeneratedField):
        field = field.output_field
    if not isinstance(field, FIELDS) or len(rest) > 1 or not LOOKUPS.issuperset(rest):
        raise Unfit(name)
    return field


# How it is answered --------------------------------------------------------------------------------
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


def rows_of(queryset):
    """What the steps of this queryset find. Raises Unfit when they cannot be prepared."""
    values, people = [], []
    steps = tuple((step, *(_outline_of_argument(arg, values, people) for arg in args)) for step, args in queryset.steps)
    key = (type(queryset), queryset.model, queryset.db, steps)
    asked = ASKED.get(key)  # once: another thread may clear it
    if asked is None:
        asked = ASKED[key] = _compiled(queryset)[1]
    rules = tuple(outline(model.rules[power](people[place]), values) for place, model, power in asked)
    plan = PLANS.get((key, rules))
    if plan is None:
        if len(PLANS) >= MOST:
            PLANS.clear()
            ASKED.clear()
        plan, ASKED[key] = _compiled(queryset)
        PLANS[key, rules] = plan
    return plan.rows(values)


def _outline_of_argument(arg, values, people):
    if hasattr(arg, "is_authenticated"):
        if not arg.is_authenticated:
            raise Unfit(arg)
        people.append(arg)
        values.append(arg.pk)
        return Reader
    return outline(arg, values)


def _compiled(queryset):
    """The plan of these steps, and which rules they asked: (place of the person, model, power)."""
    slots, asked, readers, steps = [], [], [], []
    for step, args in queryset.steps:
        fit = []
        for arg in args:
            if hasattr(arg, "is_authenticated"):
                readers.append(Reader(arg, asked, slots, len(readers)))
                fit.append(readers[-1])
            elif isinstance(arg, Q):
                fit.append(slotted(arg, slots, queryset.model))
            elif isinstance(arg, ExpressionWrapper):
                fit.append(ExpressionWrapper(slotted(arg.expression, slots, queryset.model), arg.output_field))
            elif outline(arg, found := []) and found:
                slots.append(Slot())
                fit.append(Value(slots[-1]))
            else:
                fit.append(arg)
        steps.append((step, fit))
    plan = Plan(queryset.taken(steps), slots)
    for reader in readers:
        reader.person = None  # a plan keeps nobody
    return plan, asked
