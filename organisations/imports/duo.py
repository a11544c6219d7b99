"""DUO's open lists: all locations of primary schools, and the names of boards.

`schoolvestigingen_bo.csv`: semicolons, 31 columns, UTF-8 or (as DUO gives it) cp1252, an empty cell is one
space. `besturen.csv`: commas, number, KvK, name, kind. Source: https://duo.nl/open_onderwijsdata, CC0.
"""

import codecs
import csv
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.refusals import Refused
from organisations.choices import Sector
from organisations.imports import upsert
from organisations.imports.upsert import BadRow, text
from organisations.models import BOARD_NUMBER, BRIN, LOCATION_CODE
from people.choices import Region

COLUMNS = {
    "BEVOEGD GEZAG NUMMER": "board_number",
    "INSTELLINGSCODE": "brin",
    "VESTIGINGSCODE": "code",
    "VESTIGINGSNAAM": "name",
    "STRAATNAAM": "street",
    "HUISNUMMER-TOEVOEGING": "house",
    "POSTCODE": "postcode",
    "PLAATSNAAM": "town",
    "GEMEENTENAAM": "municipality",
    "DENOMINATIE": "denomination",
    "INTERNETADRES": "website",
    "VAKANTIEREGIO": "region",
}
CHUNK = 1 << 20


def import_schools(path, **how):
    """Bring in all primary-school locations of DUO's CSV; see `upsert.save_all` for what may be refused."""

    def read(saving):
        with _table(path, ";") as (reader, columns):
            missing = COLUMNS.keys() - columns.keys()
            if missing:
                raise Refused(
                    _("This is not DUO's list of schools: there is no column %(column)s.")
                    % {"column": ", ".join(sorted(missing))}
                )
            for row in reader:
                if row:
                    saving.take(reader.line_num, lambda row=row: _school(row, columns))

    return upsert.save_all(read, **how)


def name_boards(path, **how):
    """Give boards their names by a CSV with the columns bevoegd_gezag, kvk and naam."""

    def rows():
        with _table(path, ",") as (reader, columns):
            if not {"bevoegd_gezag", "naam"} <= columns.keys():
                raise Refused(_("This is not a list of boards: columns bevoegd_gezag and naam are needed."))
            for row in filter(None, reader):
                cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
                yield reader.line_num, cells["bevoegd_gezag"].strip(), cells.get("kvk", ""), cells["naam"]

    return upsert.name_boards(rows(), **how)


def _school(row, columns):
    if len(row) != len(columns):
        raise BadRow(
            _("there are %(found)d cells where %(expected)d are expected.")
            % {"found": len(row), "expected": len(columns)}
        )
    cells = {ours: text(row[columns[theirs]]) for theirs, ours in COLUMNS.items()}
    if any("\ufffd" in cell for cell in cells.values()):
        raise BadRow(_("there are letters that cannot be read."))
    for name, validator in (("board_number", BOARD_NUMBER), ("brin", BRIN), ("code", LOCATION_CODE)):
        _valid(cells[name], validator)
    if cells["code"][:4] != cells.pop("brin"):
        raise BadRow(_("the location code does not begin with the BRIN."))
    if not cells["name"]:
        raise BadRow(_("the name is empty."))
    if cells["region"] not in ("", *Region.values):
        raise BadRow(_("“%(region)s” is no holiday region.") % {"region": cells["region"][:30]})
    cells["street"] = f"{cells['street']} {cells.pop('house')}".strip()
    for name, most in (("name", 160), ("street", 160), ("town", 80), ("municipality", 80), ("website", 200)):
        text(cells[name], most)
    text(cells["denomination"], 80), text(cells["postcode"], 7)
    return cells | {"sector": Sector.PRIMARY}


def _valid(value, validator):
    try:
        validator(value)
    except ValidationError as problem:
        raise BadRow(f"“{value[:30]}”: {problem.message}") from None


@contextmanager
def _table(path, delimiter):
    """A reader of the rows after the header, and where each column stands. Nothing is read before it is needed."""
    with Path(path).open(encoding=_encoding(path), errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        try:
            header = next(reader, [])
            yield reader, {name.strip(): place for place, name in enumerate(header)}
        except csv.Error as problem:
            raise Refused(
                _("Nothing was saved. Line %(line)d cannot be read: %(reason)s")
                % {"line": reader.line_num, "reason": problem}
            ) from None


def _encoding(path):
    """UTF-8 when every byte of the file is, else cp1252. Raises Refused for what is no text at all."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with Path(path).open("rb") as stream:
        first = stream.read(CHUNK)
        if not first:
            raise Refused(_("This file is empty. Choose another one."))
        if b"\0" in first:
            raise Refused(_("This is not a text file. Save it as CSV first."))
        try:
            decoder.decode(first)
            while chunk := stream.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"
