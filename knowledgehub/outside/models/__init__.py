"""Libraries that we harvest, and lists of material that somebody brings in."""

from knowledgehub.outside.models.harvest import HarvestedRecord, HarvestSource
from knowledgehub.outside.models.material import MaterialList

__all__ = ["HarvestSource", "HarvestedRecord", "MaterialList"]
