"""From what is asked to its rows, along a plan that is made once for each shape."""

from django.db.models import Q, Value
from django.db.models.expressions import ExpressionWrapper

from core.prepared.outlines import Reader, Slot, Unfit, outline, slotted
from core.prepared.rows import Plan

#: Plans of this process. Shapes are few; the bound is for who writes a rule without end.
PLANS, ASKED, MOST = {}, {}, 1000


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
