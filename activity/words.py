"""The words of a kind, from its one template, in whatever voice is asked: subject, line, email, ask, …"""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.template import Context, TemplateDoesNotExist, engines
from django.utils.safestring import mark_safe

from activity.kinds import community_names
from core.models import FETCH_MODE, QuerySet
from core.prepared import prepared, rule_for
from core.text import one_line

PLAIN = {"subject", "ask", "ask_note", "ask_button"}
OF_THE_READER = {"person", "address"}


def context_of(kind, row, person, address="", by=None, *, more=None):
    """What the partials find; `row` is an Activity, an Ask or a Delivery with its `about` at hand.

    `more` is what the kind adds, if that was gathered for many readers at once.
    """
    shared = {
        "kind": kind,
        "person": person,
        "address": address or (person.email if person else ""),
        "about": row.about,
        "by": by,
        "community_id": row.community_id,
        "facts": row.facts,
        "base_url": settings.BASE_URL,
    }
    return InDue(shared, more or (lambda: kind.context(row.about, person, row.facts)))


class InDue(dict):
    """Variables to which the kind's own are added once a template asks for one of them.

    A page of thirty lines so pays for the context of a letter only where a line uses it.
    """

    def __init__(self, variables, more):
        super().__init__(variables)
        self.more = more

    def __contains__(self, name):
        return super().__contains__(name) or super(InDue, self.complete()).__contains__(name)

    def complete(self):
        """All variables. Raises NothingToSay when the kind says so."""
        more, self.more = self.more, None
        if more:
            try:
                self.update(more())
            except (TypeError, AttributeError, LookupError, ValueError) as error:
                # The template engine would take these for a variable that is not there.
                raise RuntimeError(f"The context of {self['kind'].name} failed: {error!r}") from error
        return self


class Watched(InDue):
    """The same, which knows whether the words looked at who reads; if not, they are the same for everybody."""

    is_personal = False

    @classmethod
    def of(cls, kind, row, person, **more):
        """As `context_of`."""
        plain = context_of(kind, row, person, **more)
        return cls(plain, plain.more)

    def __getitem__(self, name):
        self.is_personal = self.is_personal or name in OF_THE_READER
        return super().__getitem__(name)

    def complete(self):
        self.is_personal = True
        return super().complete()


class Latest(Context):
    """Variables of a template; what it made itself is looked for first, before `InDue` has to build the kind's own."""

    def __contains__(self, name):
        return any(name in variables for variables in reversed(self.dicts))


def say(kind, voice, context):
    """One partial of the kind's template. Plain voices come on one line and without escaping."""
    template = engines["django"].engine.get_template(f"{kind.template}#{voice}")
    if voice in PLAIN:
        return one_line(template.render(Latest(context, autoescape=False)))
    return mark_safe(template.render(Latest(context)).strip())


def say_if_any(kind, voice, context):
    """The same, "" where the template has no such partial."""
    try:
        return say(kind, voice, context)
    except TemplateDoesNotExist:
        return ""


def seen_by(person, rows, kind_of, known=()):
    """Those rows whose subject this person may see now, each with its `about` loaded.

    One query for each model and rule, whatever the number of rows; none for subjects among `known`, which were
    fetched with what she may do with them (`can_…`).
    """
    wanted, found = {}, {}
    at_hand = {(type(each), each.pk): each for each in known}
    for row in rows:
        kind = kind_of(row.kind)
        if kind and row.about_type_id:
            model, power = model_of(row), kind.power if not kind.visible else ""
            about = at_hand.get((model, row.about_id))
            if about and power and getattr(about, f"can_{power}", False):
                found.setdefault((model, power), {})[about.pk] = about
                continue
            group = wanted.setdefault((model, power), (set(), set()))
            group[0].add(row.about_id)
            group[1].update(kind.related)
    for key, group in wanted.items():
        found.setdefault(key, {}).update(_fetch(person, *key, *group))
    return [row for row in rows if _is_seen(person, row, kind_of(row.kind), found)]


class Subjects(QuerySet):
    """What notifications and requests are about, of whatever model."""

    @prepared
    def seen_by(self, person, power, *related):
        """Those that this person may see by the rule of this name, if the model has it, with what is related."""
        rows = self.select_related(*related) if related else self
        if power in getattr(self.model, "rules", {}):
            rows = rows.filter(rule_for(person, self.model, power))
        return rows.fetch_mode(FETCH_MODE)


def _fetch(person, model, power, ids, related):
    rows = Subjects(model).seen_by(person, power, *sorted(related)).filter(pk__in=ids)
    return {row.pk: row for row in rows}


def key_of(about):
    """How a row says that it is about this one."""
    return ContentType.objects.get_for_model(about).pk, about.pk


def model_of(row):
    """The model of what this row is about; Django remembers content types."""
    return ContentType.objects.get_for_id(row.about_type_id).model_class()


def _is_seen(person, row, kind, found):
    if kind is None:
        return False
    if not row.about_type_id:
        return kind.visible(None, person) if kind.visible else True
    about = found[model_of(row), kind.power if not kind.visible else ""].get(row.about_id)
    if about is None:
        return False
    row.about = about
    return kind.visible(about, person) if kind.visible else True


def names_of(ids):
    """How communities are called, by id."""
    names = {}
    for of in community_names.values():
        names |= of({pk for pk in ids if pk})
    return names
