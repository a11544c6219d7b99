"""How long DUO's whole list of primary schools takes; nothing of it is kept."""

import time
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "duo" / "schoolvestigingen_bo.csv"


def figures():
    """`import.schools_s`: seconds for 6,122 locations and 749 boards; nothing where the file is absent."""
    from organisations.imports import duo

    if not DATA.exists():
        return []
    began = time.perf_counter()
    duo.import_schools(DATA, dry_run=True)
    return [("import.schools_s", round(time.perf_counter() - began, 2), "s")]
