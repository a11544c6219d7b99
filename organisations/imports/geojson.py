"""The open map of schools of all sectors (GeoJSON, also gzipped): secondary, special and special primary schools.

It names no boards: an administrator links these schools on screen. Primary schools come from DUO's own list;
here they only get their place on the map and their number of pupils. A location code that occurs twice is one
school with two entrances: the first one counts. The holiday region is that of the primary schools in the same
municipality, where we have those.
"""

import gzip
import json
import zlib
from collections import Counter
from pathlib import Path

from django.utils.translation import gettext as _

from core.refusals import Refused
from organisations.choices import Sector
from organisations.imports import upsert
from organisations.imports.upsert import BadRow, text
from organisations.models import LOCATION_CODE, School

CHUNK = 1 << 16
LONGEST = 1 << 20
DECODER, BETWEEN = json.JSONDecoder(), ", \r\n\t"
SECTORS = {"basisschool": Sector.PRIMARY, "SBAO": Sector.SPECIAL_PRIMARY}
SPECIAL = {"SO", "VSO", "(V)SO"}


def import_schools(path, **how):
    """Bring in the schools of a GeoJSON file; see `upsert.save_all` for what may be refused."""

    def read(saving):
        regions = _regions()
        for line, feature in enumerate(features(path), start=1):
            facts = feature.get("properties") or {}
            code = str(facts.get("vestigingscode") or "")
            if _sector(facts) == Sector.PRIMARY:
                saving.beside(code, _place(feature))
            else:
                saving.take(line, lambda feature=feature: _school(feature, regions))

    return upsert.save_all(read, **how)


def features(path):
    """The features of the collection one by one; only one of them is in memory at a time."""
    try:
        with _open(path) as stream:
            buffer = _to_the_list(stream)
            while not buffer.startswith("]"):
                try:
                    feature, end = DECODER.raw_decode(buffer)
                except json.JSONDecodeError:
                    more = stream.read(CHUNK)
                    if not more or len(buffer) > LONGEST:
                        raise
                    buffer = (buffer + more).lstrip(BETWEEN)
                    continue
                if not isinstance(feature, dict):
                    raise _broken()
                yield feature
                buffer = buffer[end:].lstrip(BETWEEN)
    except (json.JSONDecodeError, UnicodeDecodeError, gzip.BadGzipFile, EOFError, zlib.error):
        raise _broken() from None


def _to_the_list(stream):
    """What was read from the first feature on."""
    head = ""
    while chunk := stream.read(CHUNK):
        head += chunk
        _before, word, rest = head.partition('"features"')
        if word and "[" in rest:
            return rest.partition("[")[2].lstrip(BETWEEN)
        if len(head) > LONGEST:
            break
    raise _broken()


def _broken():
    return Refused(_("Nothing was saved. This file is no GeoJSON of schools, or it is cut off."))


def _open(path):
    with Path(path).open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rt", encoding="utf-8") if packed else Path(path).open(encoding="utf-8-sig")


def _sector(facts):
    kind = facts.get("type") or ""
    return SECTORS.get(kind) or (Sector.SPECIAL if kind in SPECIAL else Sector.SECONDARY)


def _school(feature, regions):
    facts = feature.get("properties") or {}
    code = str(facts.get("vestigingscode") or "")
    if not LOCATION_CODE.regex.match(code):
        raise BadRow(f"“{code[:30]}”: {LOCATION_CODE.message}")
    name = text(facts.get("naam"), 160)
    if not name:
        raise BadRow(_("the name is empty."))
    house = "".join(str(facts.get(part) or "") for part in ("huisnummer", "huisletter", "huisnummertoevoeging"))
    postcode = text(facts.get("postcode"), 7)
    municipality = text(facts.get("gemeente"), 80)
    return {
        "code": code,
        "name": name,
        "board_number": "",
        "sector": _sector(facts),
        "street": text(f"{facts.get('straat') or ''} {house}", 160),
        "postcode": f"{postcode[:4]} {postcode[4:]}" if len(postcode) == 6 else postcode,
        "town": text(facts.get("plaats"), 80),
        "municipality": municipality,
        "denomination": text(facts.get("denominatie"), 80),
        "website": text(facts.get("internetadres"), 200),
        "region": regions.get(municipality, ""),
        "fresh": ("pupils", "latitude", "longitude"),
    } | _place(feature)


def _place(feature):
    where = (feature.get("geometry") or {}).get("coordinates") or (None, None)
    pupils = (feature.get("properties") or {}).get("leerlingen")
    try:
        longitude, latitude = (None if side is None else float(side) for side in where[:2])
        pupils = None if pupils is None else int(pupils)
    except (TypeError, ValueError):
        raise BadRow(_("place or number of pupils is no number.")) from None
    return {"latitude": latitude, "longitude": longitude, "pupils": pupils}


def _regions():
    """The holiday region of each municipality, as most of its primary schools have it."""
    rows = School.objects.exclude(region="").exclude(municipality="")
    found = Counter(rows.filter(sector=Sector.PRIMARY).values_list("municipality", "region"))
    return {municipality: region for (municipality, region), _count in reversed(found.most_common())}
