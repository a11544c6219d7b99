"""The levels and subjects with which everybody begins: those of OBK, by their own identifiers."""

from django.db import migrations

EDITION = "OBK 2026"
LEVELS = [
    ("82ca4442-246c-44b3-a562-7b101793feb4", "Groep 1"),
    ("c007e4dd-a3d4-4f33-902d-778e3bbeeddb", "Groep 2"),
    ("25a2f4f4-cf91-4b16-94bc-6d9e6fad88f4", "Groep 3"),
    ("5c072b3f-7f58-40ee-9799-27981f0a6b2b", "Groep 4"),
    ("bc213214-b83d-4673-b9c1-8fdaa63d6d56", "Groep 5"),
    ("abfb190f-e814-46f5-a9cc-ebd53f04018e", "Groep 6"),
    ("a4813bb6-cf63-4594-af56-6afb321723d8", "Groep 7"),
    ("95138558-9f65-4888-8ea3-8acce5eea273", "Groep 8"),
    ("15d693b8-fbe1-4112-8135-4a20aba5101c", "vve"),
    ("e7f1c08f-08fb-48ab-be8e-c131b1bce54a", "so"),
    ("dbbc3e87-a848-4425-912a-d494e43e5e59", "vso"),
    ("d6f1bbf7-c1a6-4431-bcbd-f33126d851ef", "pro"),
    ("c7942bb1-bf4f-409f-bc98-9a0b02f175dc", "vmbo"),
    ("a3ddbe60-8478-4204-b769-6f5e9f4cbca2", "havo"),
    ("ad9872e5-edc4-4a62-9ee7-ba7daceba2e0", "vwo"),
]
SUBJECTS = [
    ("e41b8c50-d002-4a9f-be8b-9b5da0008656", "Nederlands"),
    ("fdd97fff-f5e5-4b82-b937-9ab302666c50", "Rekenen en wiskunde"),
    ("cfaf3202-4c14-4f7e-b783-91ad1dc93779", "Engels"),
    ("6e29642b-d99d-4085-8dc5-971cabb6b693", "Fries"),
    ("682218a8-0e89-4d4c-938c-36629a474e7c", "Oriëntatie op jezelf en de wereld"),
    ("6ed6fb6f-5cd5-40d1-945d-1f02af6a79da", "Aardrijkskunde"),
    ("1c445505-16f2-4d3f-b6cf-8623ca317140", "Geschiedenis"),
    ("41dd7292-3cce-411b-8097-11db8c875a89", "Biologie"),
    ("60133458-f6b1-4a6e-8e62-ea5ff0b8e9b7", "Kunstzinnige oriëntatie"),
    ("4f2f7088-7cbc-4f5f-b857-f80f8b697bf4", "Bewegingsonderwijs"),
    ("a7bd6d47-9885-48f8-accf-5038b827a41d", "Burgerschap"),
    ("b285b813-e182-46bd-ba41-bccc737e1350", "Digitale Geletterdheid"),
]


def bring(apps, schema_editor):
    """Add those that are not there; what an import brought stays as it is."""
    Term = apps.get_model("knowledgehub", "Term")
    for vocabulary, rows in (("level", LEVELS), ("subject", SUBJECTS)):
        for position, (key, label) in enumerate(rows, 1):
            Term.objects.get_or_create(
                key=key,
                defaults={
                    "vocabulary": vocabulary,
                    "label": label,
                    "sort_name": label.casefold().replace("ë", "e"),
                    "position": position,
                    "edition": EDITION,
                },
            )


class Migration(migrations.Migration):
    dependencies = [("knowledgehub", "0001_first")]
    operations = [migrations.RunPython(bring, migrations.RunPython.noop)]
