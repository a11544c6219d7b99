"""A row and its file are kept together, or not at all."""

from django.db import transaction


def save(row, field, taken=None, *, remove=False):
    """Save this row with a file that passed the intake, or without the one it has.

    Beside the field stand its name and kind: `<field>_name` and `<field>_type`. What is replaced goes after the
    commit; when the row cannot be saved, no file is left behind.
    """
    before = getattr(row, field)
    old, storage = before.name, before.storage
    if taken:
        before.save(taken.content.name, taken.content, save=False)
        _name(row, field, taken.name, taken.media_type)
    elif remove:
        setattr(row, field, "")
        _name(row, field, "", "")
    try:
        row.save()
    except Exception:
        if taken:
            storage.delete(getattr(row, field).name)
        raise
    if old and old != getattr(row, field).name:
        transaction.on_commit(lambda: storage.delete(old))


def _name(row, field, name, media_type):
    setattr(row, f"{field}_name", name)
    setattr(row, f"{field}_type", media_type)
