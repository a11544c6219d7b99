"""One thing refers to another: a logbook entry to a meeting, later an agenda item to a resource.

An upper app says in `AppConfig.ready()` what of its own can be referred to, how that is called and what it offers to
choose from. Whoever may not see the thing itself sees nothing of the reference either, not even its name.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from activity.models import Link
from core.registry import Registry

#: What can be referred to: "<app label>.<model>" -> Target.
targets = Registry("what can be referred to")


@dataclass(frozen=True)
class Target:
    """One kind of thing: `name` is "<app label>.<model>", the model has rules and an address.

    - `label`: the word above its rows where somebody chooses.
    - `called(row)`: how a row is called.
    - `offers(user)`: the few rows that she most likely means, all of which she may see.
    - `related`: relations of the row that `called` needs.
    """

    name: str
    label: str
    icon: str
    called: Callable
    offers: Callable
    related: tuple = ()

    @property
    def model(self):
        return apps.get_model(self.name)

    def seen_by(self, user):
        """The rows that this user may see."""
        rows = self.model.objects.allowing(user, "view")
        return rows.select_related(*self.related) if self.related else rows

    def key(self, row):
        return f"{self.name}:{row.pk}"


@dataclass(frozen=True)
class Reference:
    """What something is about, ready for a page."""

    key: str
    label: str
    called: str
    icon: str
    url: str


def register(name, label, **more):
    """Make a kind of thing known to which others may refer."""
    return targets.add(name, Target(name, label, **more))


def refer(source, target):
    """Let this refer to that, and to nothing else; `None` for nothing."""
    links = _from([source])
    if target is None:
        links.delete()
        return
    to = {"to_type": ContentType.objects.get_for_model(target), "to_id": target.pk}
    links.exclude(**to).delete()
    Link.objects.get_or_create(from_type=ContentType.objects.get_for_model(source), from_id=source.pk, **to)


def of(sources, user):
    """What each of these refers to, as far as this user may see that: {pk: [Reference]}, a query a kind."""
    by_type = defaultdict(list)
    for link in _from(sources).order_by("pk") if sources else ():
        by_type[link.to_type_id].append(link)
    found = defaultdict(list)
    for type_id, links in by_type.items():
        target = targets.get(_name_of(ContentType.objects.get_for_id(type_id)))
        if target is None:
            continue
        rows = target.seen_by(user).in_bulk([link.to_id for link in links])
        for link in links:
            if row := rows.get(link.to_id):
                found[link.from_id].append(_reference(target, row))
    return dict(found)


def pick(user, key):
    """The row that was chosen by its key, if this user may see it; None otherwise."""
    name, _colon, pk = str(key).partition(":")
    if name not in targets or not (pk.isdecimal() and pk.isascii() and len(pk) < 19):
        return None
    return targets[name].seen_by(user).filter(pk=pk).first()


def as_reference(row):
    """The same for a row at hand, which the reader may see."""
    return _reference(targets[row._meta.label_lower], row)


def choices(user, also=()):
    """What she may choose from, in groups for a select; `also` are references that stand already."""
    also = {reference.key: reference for reference in also}
    groups = []
    for target in targets.values():
        stand = (each for each in also.values() if each.key.startswith(f"{target.name}:"))
        rows = [(each.key, each.called) for each in stand]
        rows += [(target.key(row), target.called(row)) for row in target.offers(user) if target.key(row) not in also]
        if rows:
            groups.append((target.label, rows))
    return groups


def referring(model, to):
    """The ids of the rows of this model that refer to this row."""
    return Link.objects.filter(
        from_type=ContentType.objects.get_for_model(model), to_type=ContentType.objects.get_for_model(to), to_id=to.pk
    ).values_list("from_id", flat=True)


def referred_by(rows, things):
    """The ids among these things (of one model) to which one of these rows refers."""
    if not things:
        return set()
    links = Link.objects.filter(
        from_type=ContentType.objects.get_for_model(rows.model),
        from_id__in=rows.order_by().values("pk"),
        to_type=ContentType.objects.get_for_model(things[0]),
        to_id__in=[thing.pk for thing in things],
    )
    return set(links.values_list("to_id", flat=True))


def _from(sources):
    return Link.objects.filter(
        from_type=ContentType.objects.get_for_model(sources[0]), from_id__in=[source.pk for source in sources]
    )


def _name_of(content_type):
    return f"{content_type.app_label}.{content_type.model}"


def _reference(target, row):
    return Reference(target.key(row), str(target.label), target.called(row), target.icon, row.get_absolute_url())
