"""A harvested library, and a list that Amina is bringing in."""

from knowledgehub.outside import actions
from knowledgehub.outside.models import MaterialList

ROW = {"title": "", "summary": "", "kind": "", "level": "", "subject": "", "licence": "", "files": "", "link": ""}


def things(cast, people):
    """By their names in the rows."""
    return {
        "source": actions.add_source(
            by=cast.paula, name="Elders", url="https://elders.example/oai", set_spec="", network=cast.network
        ),
        "material": MaterialList.objects.create(
            person=people["member"],
            file_name="map.zip",
            rows=[{"n": 2, "answers": {}, "outcome": "", "tags": "", "minutes": ""} | ROW],
        ),
    }
