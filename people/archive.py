"""Everything about a person in one file: `gegevens.json` for programs, `lezen.html` to read, and her own files.

Rows are read some hundreds at a time and written as they come, files in pieces: what somebody keeps may be large.
"""

import json
import zipfile
from datetime import date, datetime, time
from pathlib import PurePosixPath

from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from activity.kinds import ask_kinds, kinds
from core.privacy import in_order
from core.registry import exports

#: How columns are called that have no name for people: by their own name, else by how it ends.
COLUMNS = {
    "kind": gettext_lazy("what"),
    "title": gettext_lazy("title"),
    "text": gettext_lazy("text"),
    "name": gettext_lazy("name"),
    "file": gettext_lazy("file"),
    "image": gettext_lazy("photo"),
    "reason": gettext_lazy("reason"),
    "level": gettext_lazy("how much you hear of it"),
    "last_read": gettext_lazy("read up to post"),
    "expertise": gettext_lazy("expertise"),
    "is_of_the_plg": gettext_lazy("in the logbook of the PLG"),
    "source": gettext_lazy("what for"),
    "uid": gettext_lazy("number at your school"),
    "type": gettext_lazy("what"),
    "ip": gettext_lazy("from which address of the internet"),
    "user_agent": gettext_lazy("with which browser"),
    "status": gettext_lazy("what the mail server said"),
    "said": gettext_lazy("what the mail server said"),
    "state": gettext_lazy("state"),
    "pace": gettext_lazy("how soon you hear of it"),
    "address": gettext_lazy("mail address"),
    "since": gettext_lazy("since"),
    "due_on": gettext_lazy("before"),
    "due_at": gettext_lazy("when"),
    "starter": gettext_lazy("to begin with"),
    "expires_at": gettext_lazy("until"),
    "joined_at": gettext_lazy("since"),
    "ended_at": gettext_lazy("until"),
}
AT_ONCE = 500
PIECE = 256 * 1024


def write(person, out):
    """Write the archive of a person into an open file, in her language."""
    with override(person.language), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("gegevens.json", "w", force_zip64=True) as file:
            for piece in _as_json(person):
                file.write(piece.encode())
        with archive.open("lezen.html" if person.language == "nl" else "read.html", "w", force_zip64=True) as file:
            for piece in _as_html(person):
                file.write(piece.encode())
        for name, storage, inside in _files(person):
            _copy(archive, name, storage, inside)


def _copy(archive, name, storage, inside):
    """A file in pieces; one that is gone from the store is left out, as it is for its readers."""
    if not storage.exists(name):
        return
    with storage.open(name, "rb") as source, archive.open(inside, "w", force_zip64=True) as target:
        while piece := source.read(PIECE):
            target.write(piece)


def _parts(person):
    """(name, section, [(table, columns, rows as dicts)]) of all that is downloaded."""
    for name, section in in_order():
        yield name, section, [(table, columns_of(table), _rows(table, rows)) for table, rows in section(person)]


def _rows(table, rows):
    files = set(table.file_columns)
    for row in rows.values("pk", *table.shows).iterator(chunk_size=AT_ONCE):
        pk = row.pop("pk")
        for column in files & row.keys():
            row[column] = place_of(table, pk, row[column]) if row[column] else ""
        yield row


def _files(person):
    for section in exports.values():
        for table, rows in section(person):
            for column in table.file_columns:
                if column not in table.shows:
                    continue
                storage = table.model._meta.get_field(column).storage
                for pk, name in rows.exclude(**{column: ""}).values_list("pk", column).iterator(chunk_size=AT_ONCE):
                    yield name, storage, place_of(table, pk, name)


def place_of(table, pk, name):
    """Where a file stands in the archive."""
    return f"bestanden/{table.model._meta.model_name}-{pk}{PurePosixPath(name).suffix[:8]}"


def columns_of(table):
    """{path: (words, choices)} of what a table shows."""
    return {path: _column(table.model, path) for path in table.shows}


def _column(model, path):
    """What a column is called: of what lies behind a reference, with the name of that."""
    *way, last = path.split("__")
    called = ""
    for step in way:
        field = model._meta.get_field(step)
        called, model = str(field.related_model._meta.verbose_name), field.related_model
    try:
        field = model._meta.get_field(last)
    except FieldDoesNotExist:
        return capfirst(last), {}
    choices = dict(getattr(field, "base_field", field).flatchoices)
    words = str(field.verbose_name)
    if words == field.name.replace("_", " "):  # nobody gave it a name
        words = str(
            COLUMNS.get(field.name) or (_("when") if field.name.endswith("_at") or field.name == "at" else words)
        )
    if last == "kind" and not choices:
        choices = {name: kind.label for name, kind in (ask_kinds | kinds).items() if kind.label}
    if called:
        words = called if last in ("name", "title", "text") else f"{called}: {words}"
    return capfirst(words), choices


# For programs -------------------------------------------------------------------------------------


def _as_json(person):
    yield f'{{"made_at": {_json(now())}, "person": {person.pk}, "sections": {{'
    for place, (name, section, tables) in enumerate(_parts(person)):
        yield f'{"," if place else ""}\n{json.dumps(name)}: {{"title": {_json(str(section.title))}, "tables": {{'
        for number, (table, _columns, rows) in enumerate(tables):
            yield f"{',' if number else ''}\n  {json.dumps(table.label)}: ["
            for at, row in enumerate(rows):
                yield f"{',' if at else ''}\n    {_json(row)}"
            yield "]"
        yield "}}"
    yield "\n}}\n"


def _json(value):
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


# To read ------------------------------------------------------------------------------------------


def _as_html(person):
    head, foot = render_to_string("people/archive.html", {"person": person, "at": now()}).split("<!-- rows -->")
    yield head
    empty = []
    for _name, section, tables in _parts(person):
        said = False
        for table, columns, rows in tables:
            for at, row in enumerate(rows):
                if not said:
                    yield format_html("<section><h2>{}</h2><p class=soft>{}</p>", section.title, section.seen_by)
                    said = True
                if not at:
                    yield format_html("<h3>{}</h3>", capfirst(str(table.model._meta.verbose_name_plural)))
                yield _row(row, columns)
        if said:
            yield "</section>"
        else:
            empty.append(str(section.title))
    if empty:
        yield format_html("<section><h2>{}</h2><p>{}</p></section>", _("We keep nothing here"), ", ".join(empty))
    yield foot


def _row(row, columns):
    pairs = [(columns[name][0], _said(value, columns[name][1])) for name, value in row.items()]
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", [p for p in pairs if p[1]]))


#: How values are said that are no text; a moment is a day as well, and so comes first.
SAID = {
    bool: lambda value: _("yes") if value else _("no"),
    datetime: lambda value: date_format(localtime(value), "DATETIME_FORMAT"),
    date: lambda value: date_format(value, "DATE_FORMAT"),
    time: lambda value: date_format(value, "TIME_FORMAT"),
    type(None): lambda value: "",
}


def _said(value, choices):
    if isinstance(value, list | tuple):
        return ", ".join(str(_said(each, choices)) for each in value)
    if choices and value in choices:
        return choices[value]
    if isinstance(value, str) and value.startswith("bestanden/"):
        return format_html('<a href="{0}">{0}</a>', value)
    return SAID.get(type(value), str)(value)
