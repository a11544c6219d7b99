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
from django.utils.translation import override

from core.registry import exports

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
    for name, section in exports.items():
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
    choices = dict(field.flatchoices) if field.flatchoices else {}
    words = str(field.verbose_name)
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
    yield render_to_string("people/archive_head.html", {"person": person, "at": now()})
    for _name, section, tables in _parts(person):
        yield format_html("<section><h2>{}</h2><p class=soft>{}</p>", section.title, section.seen_by)
        said = False
        for table, columns, rows in tables:
            for at, row in enumerate(rows):
                if not at:
                    yield format_html("<h3>{}</h3>", capfirst(str(table.model._meta.verbose_name_plural)))
                said = True
                yield _row(row, columns)
        yield "</section>" if said else format_html("<p>{}</p></section>", _("We keep nothing here."))
    yield "</main></body></html>"


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
