"""What stands in the manifest, and whether a folder still is what it says."""

import hashlib
import json
from pathlib import Path

MANIFEST, ERASURES = "manifest.json", "erasures.txt"


class Damaged(Exception):
    """The folder is no whole backup; the message says what is wrong with it."""


def sum_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def parts(folder: Path) -> dict[str, dict]:
    """{path within the folder: its bytes and SHA-256} of everything beside the manifest."""
    return {
        str(path.relative_to(folder)): {"bytes": path.stat().st_size, "sha256": sum_of(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / MANIFEST
    }


def read(folder: Path) -> dict:
    """The manifest of a whole backup. Raises Damaged when a part is missing, was changed or was added."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        known = manifest["parts"]
    except (OSError, ValueError, KeyError):
        raise Damaged(f"There is no manifest in {folder}: this is no backup, or it never came to its end.") from None
    found = parts(folder)
    wrong = sorted(name for name in known.keys() | found.keys() if known.get(name) != found.get(name))
    if wrong:
        raise Damaged(f"{len(wrong)} parts are not what the manifest says, the first is {wrong[0]}.")
    return manifest
