"""SQL that is made once: Django compiles a query as often as it is asked, which cost half the time of a page.

A queryset method marked `@prepared` (a `for_<page>`) writes down what is asked of it, and of the rows it
returns: rules, filters, order, slices. Only when its rows are fetched is that read:

- what decides the SQL (method, names, the shape of each rule's `Q`, whether a set is empty) is the key of a `Plan`;
- what varies (ids, sets of ids, dates, words) becomes its parameters.

An unknown shape is compiled by Django from the same method, with slots in the place of values. Whatever does not
fit (an expression, a queryset as value, another method) is no error: the method then simply runs, as it did before.
The rules are asked each time, of the real person; only how their answer reads as SQL is remembered.
"""

from core.prepared.asking import PreparedQuerySet as PreparedQuerySet
from core.prepared.asking import prepared as prepared
from core.prepared.outlines import Unfit as Unfit
from core.prepared.outlines import outline as outline
from core.prepared.outlines import rule_for as rule_for
from core.prepared.plans import PLANS as PLANS
from core.prepared.plans import rows_of as rows_of
