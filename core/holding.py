"""A rule asked of a row at hand, in Python: where one occasion meets many readers, a query for each is too many.

`test_of(rule, model)` turns a rule's `Q` into a function of a row. It knows what rules are made of: comparisons of
the row's own columns, and of those of rows it refers to, which must be fetched with it (`related_to`). Whatever else
stands in a rule (an expression, a queryset, a relation to many) raises `Unfit`, and the database must be asked.

Empty values compare as Django's filters do: nothing equals, and a negation holds for it. But a negation of what lies
behind an empty reference has in SQL an answer that hangs on the joins of the whole query: that raises `Unfit`, too.
"""

from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.db.models.functions import Now
from django.utils.timezone import now

COMPARED = {
    "lt": lambda mine, value: mine < value,
    "lte": lambda mine, value: mine <= value,
    "gt": lambda mine, value: mine > value,
    "gte": lambda mine, value: mine >= value,
}


class Unfit(Exception):
    """This can only be asked of the database."""


def holds(rule, row):
    """True when this rule holds for this row. Raises Unfit."""
    return test_of(rule, type(row))(row)


def test_of(rule, model, *, within_not=False):
    """A function of a row of this model that says whether the rule holds for it. Raises Unfit."""
    within_not = within_not or rule.negated
    tests = [_test_of_part(child, model, within_not=within_not) for child in rule.children]
    if rule.connector == Q.AND or len(tests) <= 1:
        test = _all(tests)
    elif rule.connector == Q.OR:
        test = _any(tests)
    else:
        raise Unfit(rule.connector)
    return (lambda row: not test(row)) if rule.negated else test


def _test_of_part(child, model, *, within_not):
    if isinstance(child, Q):
        return test_of(child, model, within_not=within_not)
    if not isinstance(child, tuple):
        raise Unfit(child)  # an expression
    return _comparison(*child, model, within_not=within_not)


def _all(tests):
    if len(tests) == 1:
        return tests[0]
    return lambda row: all(test(row) for test in tests)


def _any(tests):
    return lambda row: any(test(row) for test in tests)


def _comparison(name, value, model, *, within_not):
    path, lookup, _related, may_be_empty = _read(model, name)
    if within_not and may_be_empty:
        raise Unfit(name)
    value = _plain(value)
    if lookup == "exact" and value is None:
        lookup, value = "isnull", True
    get = _getter(path)
    if lookup == "exact":
        return lambda row: get(row) == value
    if lookup == "in":
        wanted = {_plain(each) for each in value} - {None}
        return lambda row: get(row) in wanted
    if lookup == "isnull":
        return lambda row: (get(row) is None) == value
    compare = COMPARED[lookup]
    return lambda row: (mine := get(row)) is not None and compare(mine, value)


def _plain(value):
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Now):
        return now()
    if isinstance(value, QuerySet) or hasattr(value, "resolve_expression"):
        raise Unfit(value)
    return value


def _getter(path):
    if len(path) == 1:
        name = path[0]
        return lambda row: getattr(row, name)

    def get(row):
        for name in path:
            if row is None:
                return None
            row = getattr(row, name)
        return row

    return get


def related_to(rule, model):
    """The relations of the model that this rule looks at, as `select_related` takes them. Raises Unfit."""
    found = set()
    for child in rule.children:
        if isinstance(child, Q):
            found |= related_to(child, model)
        elif related := _read(model, child[0])[2]:
            found.add(related)
    return found


@cache
def _read(model, name):
    """(attributes to follow, lookup, relation that must be fetched, may one be empty) of the left of a comparison."""
    path, related, parts, may_be_empty = [], [], name.split("__"), False
    while parts:
        part = parts.pop(0)
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            raise Unfit(name) from None
        if not field.concrete or field.many_to_many:
            raise Unfit(name)
        if not isinstance(field, ForeignKey) or not parts or _is_lookup(parts):
            path.append(field.attname)
            break
        path.append(field.name)
        related.append(field.name)
        may_be_empty = may_be_empty or field.null
        model = field.related_model
    if parts and not _is_lookup(parts):
        raise Unfit(name)
    return tuple(path), parts[0] if parts else "exact", "__".join(related), may_be_empty


def _is_lookup(parts):
    return len(parts) == 1 and (parts[0] in COMPARED or parts[0] in ("exact", "in", "isnull"))
