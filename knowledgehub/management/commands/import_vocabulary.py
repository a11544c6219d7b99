from knowledgehub import vocabularies
from knowledgehub.management.commands import import_curriculum


class Command(import_curriculum.Command):
    """Bring in the vocabularies of Kennisnet (OBK); running it twice changes nothing the second time."""

    help = "Import terms with their identifiers in OBK from a CSV: vdex_source, vdex_term, obk_uuid, obk_label_nl."
    reader = staticmethod(vocabularies.import_vocabulary)
