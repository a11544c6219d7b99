"""Translations: ``extract`` collects strings, ``compile`` makes .mo files, ``check`` names what lacks Dutch.

Extraction needs GNU gettext. Without it the check still finds what is untranslated or doubtful in the
``.po`` files; with it also the strings of the sources that have not reached them yet.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

BASE = Path(__file__).resolve().parent.parent
LANGUAGE = "nl"
DOMAINS = {"django": ["--extension=html,txt,py"], "djangojs": ["--extension=js"]}
NOT_OURS = ("node_modules", ".venv", "var", "tests", "bench", "tools", "docs", "dist", ".git", "*.mo")
# Reading sources needs no database; without addresses the settings would start one.
NO_SERVICES = {
    "DEBUG": "1",
    "DATABASE_URL": "postgresql://127.0.0.1:9/none",
    "REDIS_URL": "redis://127.0.0.1:9/0",
}
OPTIONS = ["--no-wrap", "--no-obsolete", "--no-location", "--verbosity=0"]


def extract(base: Path = BASE) -> None:
    """Bring the .po files of a checkout up to its sources; translations stay."""
    ignore = [f"--ignore={pattern}" for pattern in NOT_OURS]
    for domain, extensions in DOMAINS.items():
        arguments = ["makemessages", f"--locale={LANGUAGE}", f"--domain={domain}", *extensions]
        command = [sys.executable, "-W", "ignore", str(base / "manage.py"), *arguments, *OPTIONS, *ignore]
        subprocess.run(command, cwd=base, env={**os.environ, **NO_SERVICES}, check=True)


def catalogues(base: Path) -> dict[str, polib.POFile]:
    folder = base / "locale" / LANGUAGE / "LC_MESSAGES"
    return {path.stem: polib.pofile(str(path)) for path in sorted(folder.glob("*.po"))}


def key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


def lacking(catalogue: polib.POFile) -> list[str]:
    """A sentence for each entry without good Dutch."""
    doubtful = [("doubtful", entry) for entry in catalogue.fuzzy_entries()]
    missing = [("no Dutch", entry) for entry in catalogue.untranslated_entries()]
    return [f"{why}: {entry.msgid!r}" for why, entry in doubtful + missing]


def not_extracted() -> list[str]:
    """Strings of the sources that the .po files do not know."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(BASE, copy, ignore=shutil.ignore_patterns(*NOT_OURS), symlinks=True)
        (copy / "locale").mkdir(exist_ok=True)
        extract(copy)
        known = {name: {key(entry) for entry in one} for name, one in catalogues(BASE).items()}
        return [
            f"not in {name}.po: {entry.msgid!r}"
            for name, catalogue in catalogues(copy).items()
            for entry in catalogue
            if key(entry) not in known.get(name, set())
        ]


def check() -> int:
    found = [sentence for catalogue in catalogues(BASE).values() for sentence in lacking(catalogue)]
    if shutil.which("xgettext") and shutil.which("msgmerge"):
        found += not_extracted()
    else:
        print("GNU gettext is not here: the sources were not searched for new strings.")
    for sentence in found:
        print(sentence)
    print(f"Dutch is {'complete' if not found else f'not complete: {len(found)} strings'}.")
    return 1 if found else 0


def compile_all() -> None:
    """A .mo for every .po that is newer; by polib, so that GNU gettext need not be there."""
    for path in (BASE / "locale").glob("*/LC_MESSAGES/*.po"):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(compiled))


if __name__ == "__main__":
    verbs = {"extract": extract, "compile": compile_all, "check": check}
    sys.exit(verbs[sys.argv[1]]())
