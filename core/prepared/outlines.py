"""What is asked: its outline decides the SQL, its values fill the slots."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import F, Model, Q, Value
from django.db.models.expressions import ExpressionWrapper, OrderBy
from django.db.models.functions import Now

SCALARS = (int, str, date, datetime, time, UUID)
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


class Unfit(Exception):
    """This cannot be prepared; the queryset runs as it is."""


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
