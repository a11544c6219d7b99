"""Content types keep their ids from test to test.

A test that commits ends with a flush, after which Django makes the content types
anew under other ids. A website that runs through many tests remembers the first
ones, as it may: in life they never change.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

Ids = dict[tuple[str, str], int]
FAR = 1_000_000


def remembered() -> Ids:
    """The ids as they are now."""
    return {(row.app_label, row.model): row.pk for row in ContentType.objects.all()}


def restore(ids: Ids) -> None:
    """Give every content type the id it had; rows that refer to one follow."""
    moves = {old: ids[name] for name, old in remembered().items() if ids.get(name, old) != old}
    if moves:
        with transaction.atomic(), connection.cursor() as cursor:  # foreign keys are looked at in the end
            for table, column in [("django_content_type", "id"), *_referring()]:
                rows = ", ".join(f"({old}, {new})" for old, new in moves.items())
                # First out of each other's way, then home.
                cursor.execute(
                    f'UPDATE "{table}" SET "{column}" = new + {FAR} FROM (VALUES {rows}) AS moves (old, new) '
                    f'WHERE "{column}" = old'
                )
                cursor.execute(f'UPDATE "{table}" SET "{column}" = "{column}" - {FAR} WHERE "{column}" > {FAR}')
    ContentType.objects.clear_cache()


def _referring() -> list[tuple[str, str]]:
    return [
        (relation.related_model._meta.db_table, relation.field.column)
        for relation in ContentType._meta.get_fields(include_hidden=True)
        if (relation.one_to_many or relation.one_to_one) and relation.auto_created
    ]
