"""What operators look at: figures of the outbox, and its letters by state, reason and reader.

Who wrote to whom about what kind of thing stands here; what a letter said, or about which row it was, does not.
"""

from django.db.models import Count, F, Func, Min, OuterRef, Q, Subquery, Value
from django.utils.timezone import now

from activity.choices import State
from activity.kinds import kinds
from activity.models import Bounce, Delivery, PausedAddress
from core.text import sort_key
from plg_platform.health.checks import tick_age

WAITING, FAILED, PAUSED = "waiting", "failed", "paused"
# One by one, not IN: each state has an index of its own, and PostgreSQL only sees that for such a condition.
IN_WORK = Q(state=State.PENDING) | Q(state=State.SENDING)
#: A reason without what differs from one letter to the next: addresses, numbers of the mail server's own.
REASON = Func(
    F("trouble"), Value(r"<?[^\s<>@]+@[^\s<>@]+>?"), Value("…"), Value("g"), function="regexp_replace", arity=4
)
MOST_REASONS = 12


def figures():
    """What stands at the top of the page; four queries, none of which reads letters that are done."""
    at = now()
    counted = Delivery.objects.filter(IN_WORK | Q(state=State.FAILED)).values("state", "kind")
    lines = counted.annotate(count=Count("pk"), due=Count("pk", filter=Q(due_at__lte=at))).order_by("state", "-count")
    oldest = Delivery.objects.due(at).aggregate(oldest=Min("due_at"))["oldest"]
    lines = [line | {"label": label_of(line["kind"]), "said": State(line["state"]).label} for line in lines]
    age = tick_age()
    return {
        "lines": lines,
        "due": sum(line["due"] for line in lines if line["state"] == State.PENDING),
        "later": sum(line["count"] - line["due"] for line in lines if line["state"] == State.PENDING),
        "failed": sum(line["count"] for line in lines if line["state"] == State.FAILED),
        "paused": PausedAddress.objects.count(),
        "oldest_minutes": round((at - oldest).total_seconds() / 60) if oldest else 0,
        "tick_age": age,
        "tick_minutes": (age or 0) // 60,
    }


def label_of(kind):
    """How a kind of letter is called."""
    return str(kinds[kind].label) if kind in kinds else kind


def letters(show, *, words="", kind="", reason=""):
    """The letters of a list: what waits, by when it is due; what failed, the newest first."""
    if show == WAITING:
        rows = Delivery.objects.filter(IN_WORK).order_by("due_at", "pk")
    else:
        rows = failed(reason).order_by("-due_at", "-pk")
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(_of_reader(words)).select_related("person")


def failed(reason=""):
    """Letters that failed; those of one reason, if given."""
    rows = Delivery.objects.filter(state=State.FAILED).annotate(reason=REASON)
    return rows.filter(reason=reason) if reason else rows


def reasons():
    """Why letters failed: what occurs most comes first."""
    rows = failed().values("reason").annotate(count=Count("pk"))
    return list(rows.order_by("-count", "reason")[:MOST_REASONS])


def paused(words=""):
    """Addresses to which nothing goes, each with what was said last about it."""
    last = Bounce.objects.filter(address=OuterRef("address")).order_by("-pk")
    rows = PausedAddress.objects.filter(_of_reader(words)).select_related("person")
    return rows.annotate(said=Subquery(last.values("said")[:1])).order_by("-since", "pk")


def _of_reader(words):
    found = Q()
    for word in sort_key(words[:80]).split():
        found &= Q(person__sort_name__contains=word) | Q(person__email__contains=word) | Q(address__contains=word)
    return found
