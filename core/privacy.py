"""What is kept of a person, said once for each table: what she downloads, who sees it, what becomes of it.

Each app has a module `privacy.py` with *sections*, each of *tables*. The download, the page "who sees what of me"
and erasure are readings of these; a test fails for a table with a key to a person that stands in none of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection, transaction
from django.db.models import CharField, FileField, JSONField, Model, Q
from django.utils.functional import Promise
from django.utils.html import escape

from core.registry import Registry, erasures, exports

#: Where people write, and names of others may stand: label of a model -> Writing.
writings = Registry("where people write")
#: Why somebody cannot be erased now: name -> function(person) -> list of (sentence, where to settle it).
obstacles = Registry("what comes before leaving")
#: In which PLGs others may have written about her: name -> function(person) -> ids.
surroundings = Registry("PLGs of a person")

FORMER = "oud-lid"  # what stands in texts instead of a name; they are Dutch, whoever reads them


@dataclass(frozen=True)
class Table:
    """What a table holds of a person.

    `hers`: columns (or paths) by which a row is hers; it is downloaded, and goes when she is erased.
    `said`: by which she made it for others; it is downloaded, and stays without her name.
    `did`: by which she is named as the one who did something; only her name goes.
    `address`: columns with a mail address; a row with hers is hers.
    `shows`: the columns that she downloads; of a table without any, the section says why.
    """

    model: type[Model]
    hers: tuple = ()
    said: tuple = ()
    did: tuple = ()
    address: tuple = ()
    shows: tuple = ()
    is_last: bool = False  # goes at the very end, by the owner's function: the audit, and the account itself

    @property
    def label(self):
        return self.model._meta.label

    @property
    def columns(self):
        """All columns with which this table names a person."""
        return {*self.hers, *self.said, *self.did, *self.address}

    def rows(self, person, names=("hers", "said")):
        """Her rows, by these of her keys and by her addresses."""
        keys = [key for name in names for key in getattr(self, name)]
        mine = Q(*(Q(**{key: person.pk}) for key in keys), _connector=Q.OR) if keys else Q(pk__in=[])
        if "hers" in names and self.address:
            known = addresses_of(person)
            for column in self.address:
                mine |= Q(**{f"{column}__in": known})
        return self.model._base_manager.filter(mine).order_by("pk")

    @property
    def file_columns(self):
        return [each.name for each in self.model._meta.concrete_fields if isinstance(each, FileField)]

    def erase(self, person):
        """Her rows go, with their files; what she made for others stays without her name."""
        if self.is_last:
            return
        for name in (*self.said, *self.did):
            if "__" in name:  # by way of a row of another table, where her name goes
                continue
            self.model._base_manager.filter(**{name: person.pk}).update(**{name: None})
        gone = self.rows(person, ("hers",))
        if self.file_columns:  # a file that is being written now is there when its row is free again
            list(gone.select_for_update(of=("self",)).values_list("pk"))
        for column in self.file_columns:
            storage = self.model._meta.get_field(column).storage
            for file in gone.exclude(**{column: ""}).values_list(column, flat=True):
                transaction.on_commit(lambda file=file, storage=storage: storage.delete(file))
        gone.delete()


@dataclass(frozen=True)
class Section:
    """A part of what is kept of a person, in words and in tables."""

    title: str | Promise
    seen_by: str | Promise  # a sentence: who sees this of her
    after: str | Promise  # a sentence: what becomes of it when she is erased
    tables: Iterable[Table] = ()
    correct: str = ""  # the name of the address where she corrects it
    term: str = ""  # by which term of `core.registry.terms` it goes
    first: Callable | None = None  # function(person): what must happen before her rows go
    untold: dict = field(default_factory=dict)  # label of a table -> why nothing of it is downloaded
    do_not_call_in_templates = True

    def erase(self, person):
        if self.first:
            self.first(person)
        for table in self.tables:
            table.erase(person)

    def __call__(self, person):
        """[(table, her rows)] of what is downloaded."""
        return [(table, table.rows(person)) for table in self.tables if table.shows]


@dataclass(frozen=True)
class Writing:
    """Texts in which people name each other: columns of text or JSON, and the path to the PLG in which they stand.

    The path is "" of a PLG itself, and None where texts stand in none: those are searched wherever they are.
    """

    model: type[Model]
    columns: tuple
    community: str | None
    url: Callable | None = None
    follow: Callable | None = None  # function(rows) after they were changed: what is found of them


def keep(name, section):
    """Make a section known: it is downloaded, shown and erased."""
    exports.add(name, section)
    erasures.add(name, section.erase)


#: What matters first to whom it is about: who she is before what she does.
FIRST = ["people", "account", "organisations", "communities", "discussions", "meetings", "logbook", "hours"]


def in_order():
    """[(name, section)] of all sections, as a person reads them."""
    return sorted(exports.items(), key=lambda pair: FIRST.index(pair[0]) if pair[0] in FIRST else len(FIRST))


def write_here(model, *columns, community, follow=None):
    """Make known that people write here about each other."""
    writings.add(model._meta.label, Writing(model, columns, community, follow=follow))


def addresses_of(person):
    """Every mail address that is hers, in lower case; asked once of a person at hand."""
    if not hasattr(person, "_addresses_kept"):
        kept = apps.get_model("account.EmailAddress").objects.filter(user=person)
        found = {person.email.lower(), *(each.lower() for each in kept.values_list("email", flat=True))}
        person._addresses_kept = sorted(found)
    return person._addresses_kept


def names_of(person):
    """Her whole name, where it can only be hers: not a single word, and not the name of somebody else as well."""
    if not hasattr(person, "_names_kept"):
        name, people = person.name, person._meta.model._base_manager
        is_hers = " " in name and not people.filter(sort_name=person.sort_name).exclude(pk=person.pk).exists()
        person._names_kept = [name] if is_hers else []
    return person._names_kept


def words_of(person):
    """What tells who she is, wherever it stands: her name and her addresses."""
    return [*names_of(person), *addresses_of(person)]


def mentions(person, words=None):
    """Where her name or address stands in what others wrote in her PLGs, or in none: [(writing, rows, how many)]."""
    words = words_of(person) if words is None else words
    found = []
    plgs = {pk for in_app in surroundings.values() for pk in in_app(person)}
    for writing in writings.values():
        rows = writing.model._base_manager.filter(_says(writing, words))
        if writing.community is not None:
            rows = rows.filter(**{f"{writing.community or 'pk'}__in": plgs})
        if count := rows.count():
            found.append((writing, rows, count))
    return found


def _says(writing, words):
    spoken = {*words, *(escape(word) for word in words)}
    columns = [(column, _is_json(writing.model, column)) for column in writing.columns]
    any_of = Q(pk__in=[])
    for column, is_json in columns:
        for word in words if is_json else spoken:
            any_of |= Q(**{f"{column}__icontains" if is_json else f"{column}__contains": word})
    return any_of


def _is_json(model, column):
    return isinstance(model._meta.get_field(column), JSONField)


def take_out(person, words):
    """These words of hers go out of what others wrote; what is found of it follows."""
    for writing, rows, _count in mentions(person, words):
        changed = list(rows)
        for row in changed:
            values = {column: _fits(row, column, _without(getattr(row, column), words)) for column in writing.columns}
            writing.model._base_manager.filter(pk=row.pk).update(**values)
        if writing.follow:
            writing.follow(list(writing.model._base_manager.filter(pk__in=[row.pk for row in changed])))


def _fits(row, column, value):
    """A text that grew by another word, as far as its column takes it."""
    field = row._meta.get_field(column)
    return value[: field.max_length] if isinstance(field, CharField) else value


def _without(value, names):
    """The same text, or texts within lists and dicts, with another word for these names."""
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, FORMER).replace(escape(name), FORMER)
        return value
    if isinstance(value, list):
        return [_without(each, names) for each in value]
    if isinstance(value, dict):
        return {key: _without(each, names) for key, each in value.items()}
    return value


def scrub(model, column, words, instead):
    """Put something else for these words wherever they stand in a JSON column. Returns how many rows changed."""
    table, done = model._meta.db_table, 0
    with connection.cursor() as cursor:
        for word in words:
            cursor.execute(
                f"UPDATE {table} SET {column} = replace({column}::text, %s, %s)::jsonb"  # noqa: S608 - names of ours
                f" WHERE position(%s in {column}::text) > 0",
                [_in_json(word), _in_json(instead), _in_json(word)],
            )
            done += cursor.rowcount
    return done


def _in_json(word):
    """As it stands within a string of JSON."""
    return word.replace("\\", "\\\\").replace('"', '\\"')
