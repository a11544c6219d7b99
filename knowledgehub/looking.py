"""Looks at a file in the background: what is written in it, for search, and a picture of it, for the page.

Reading happens in a process of its own (`drawing.py`): files come from strangers. An office file is made into PDF
where LibreOffice is installed.
"""

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.cache import cache as kept
from django.utils.translation import gettext as _

from core.files.intake import PDF
from core.text import of_the_house

DRAWING = Path(__file__).with_name("drawing.py")
SECONDS, OFFICE_SECONDS = 60, 90
WIDE, SMALL = 1100, 160
MOST_TEXT = 300_000
PAGES_KEPT = 3600  # seconds


class Broken(Exception):
    """This file cannot be read, and looking again makes no difference; the text says what it is."""


@dataclass
class Seen:
    """What was seen of a file; pictures as bytes, since the folder in which they were made is gone."""

    text: str = ""
    pages: int | None = None
    preview: bytes = b""
    shown: bytes = b""
    by: str = ""
    title: str = ""
    facts: dict = field(default_factory=dict)


def see(row):
    """What is written in this file and how it looks. Raises Broken when it cannot be read."""
    with at_hand(row.file) as (path, folder):
        if row.general == "image":
            return _pictured(run("image", path, folder / "preview"), folder)
        if row.media_type == PDF:
            return pdf(path, folder)
        if row.general == "text":
            return Seen(text=path.read_text("utf-8", errors="replace")[:MOST_TEXT])  # so the intake wrote it
        if row.general == "zip":
            return Seen(text="\n".join(name for name, _size in row.entries)[:MOST_TEXT])
        if row.general == "other":
            return office(path, folder)
    return Seen()


def pdf(path, folder):
    """What stands in a PDF, and its first page."""
    answer = run("pdf", path, folder / "preview")
    if answer.get("locked"):
        raise Broken(says("locked"))
    return _pictured(answer, folder)


def office(path, folder):
    """The same of an office file: as PDF where LibreOffice is here, else its text and the thumb it may carry."""
    seen = _pictured(run("office", path, folder / "preview"), folder)
    if made := _as_pdf(path, folder):
        shown = pdf(made, folder)
        seen.pages, seen.preview, seen.shown = shown.pages, shown.preview, made.read_bytes()
    return seen


def _pictured(answer, folder):
    if answer.get("broken"):
        raise Broken(says("broken"))
    picture = folder / "preview"
    return Seen(
        text=answer.get("text", "").replace("\0", "")[:MOST_TEXT],
        pages=answer.get("pages"),
        preview=picture.read_bytes() if picture.exists() else b"",
        by=answer.get("by", ""),
        title=answer.get("title", ""),
    )


def says(what):
    """Why a file cannot be shown; kept on the row, for readers of every language."""
    with of_the_house():
        if what == "locked":
            return _("This PDF has a password, so we cannot show it. Save it without one.")
        return _("This file cannot be shown. You can download it.")


@contextmanager
def at_hand(file):
    """(path of the file, an empty folder beside it) for as long as the block lasts."""
    with TemporaryDirectory(prefix="plg-look-") as name:
        folder = Path(name)
        try:
            path = Path(file.path).resolve(strict=True)  # a disk that is away is no broken file
        except NotImplementedError:  # it lies in a store of objects
            path = folder / f"file{Path(file.name).suffix}"
            with file.open("rb") as source, path.open("wb") as target:
                shutil.copyfileobj(source, target)
        yield path, folder


def run(verb, *args):
    """Let `drawing.py` do something; its answer, or {"broken": True} when it broke or took too long."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(DRAWING), verb, *map(str, args)],
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
        )
        return json.loads(done.stdout) if done.returncode == 0 else {"broken": True}
    except (subprocess.TimeoutExpired, ValueError):
        return {"broken": True}


# Office -------------------------------------------------------------------------------------------


@cache
def _without_network():
    """What to write before a command so that it reaches no network, where this system can do that."""
    words = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
        return words
    return []


def _as_pdf(path, folder):
    """The file as PDF; None without LibreOffice, or when it cannot do it in time."""
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if not command:
        return None
    words = [
        *_without_network(),
        command,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf", "--outdir", str(folder), str(path),
    ]  # fmt: skip
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"} | nowhere
    try:
        process = subprocess.Popen(
            words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        process.wait(OFFICE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)  # it starts children of its own
        process.wait()
        return None
    made = folder / f"{path.stem}.pdf"
    return made if made.exists() and made.stat().st_size else None


# Pages --------------------------------------------------------------------------------------------


def page_of(row, number, *, small=False):
    """One page of a PDF, or of an office file that was made into one, as a JPEG; None where there is none."""
    file = row.shown or (row.file if row.media_type == PDF else None)
    if not file or not 1 <= number <= (row.pages or 0):
        return None
    width = SMALL if small else WIDE
    key = f"hub:page:{row.sha256}:{number}:{width}"
    if picture := kept.get(key):
        return picture
    with at_hand(file) as (path, folder):
        answer = run("page", path, number, width, folder / "page")
        if answer.get("broken"):
            return None
        picture = (folder / "page").read_bytes()
    kept.set(key, picture, PAGES_KEPT)
    return picture


def why_not_pdf(content):
    """Why this PDF is not let in: with a password nobody can read it; "" when it opens."""
    with TemporaryDirectory(prefix="plg-look-") as name:
        path = Path(name) / "file.pdf"
        content.seek(0)
        with path.open("wb") as target:
            shutil.copyfileobj(content, target)
        content.seek(0)
        answer = run("opens", path)
    if answer.get("locked"):
        return _("This PDF has a password. Save it without one, then everybody can open it.")
    return _("This PDF is broken. Save it once more and choose it again.") if answer.get("broken") else ""
