"""The protocols that everybody finds: a file of our own, brought into the database at each migration of its kind."""

import json
from pathlib import Path

from core.text import sort_key

FILE = Path(__file__).parent / "protocols.json"
#: Methods in which somebody brings in a case: nothing is written down unless the group chooses so.
OF_A_CASE = {"incident", "roddel", "vijfstappen", "tienstappen", "balint", "consultancy"}


def read():
    """The library as the file has it: a list of dicts with the fields of `Protocol`."""
    return [
        {
            "code": row["code"],
            "name": row["name"],
            "sort_name": sort_key(row["name"]),
            "purpose": row["purpose"],
            "group_min": row["group_min"],
            "group_max": row["group_max"],
            "roles": row["roles"],
            "steps": [
                {key: step[key] for key in ("title", "minutes", "instruction", "silent")}
                for step in sorted(row["steps"], key=lambda step: step["order"])
            ],
            "minutes": sum(step["minutes"] for step in row["steps"]),
            "note": row["note"],
            "basis": row["basis"],
            "is_case": row["code"] in OF_A_CASE,
        }
        for row in json.loads(FILE.read_text("utf8"))
    ]


def load(protocols):
    """Bring the library up to the file; `protocols` is the manager of the model. Running it twice changes nothing."""
    columns = {field.name for field in protocols.model._meta.fields}
    for row in read():
        known = {name: value for name, value in row.items() if name in columns}
        protocols.update_or_create(code=row["code"], community=None, defaults=known)
