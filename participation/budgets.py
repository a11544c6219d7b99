"""Innovation time beside the figures: what a board agreed, what was used as far as it is counted, what is planned."""

from dataclasses import dataclass

from organisations import innovation_time
from organisations.models import School


@dataclass(frozen=True)
class Budget:
    """Minutes. Agreed and planned are facts; used is the sum of figures, so of five people or more."""

    agreed: int
    used: int
    planned: int
    people: int

    @property
    def free(self):
        return max(0, self.agreed - self.used - self.planned)

    @property
    def over(self):
        """What is used and planned beyond what was agreed."""
        return max(0, self.used + self.planned - self.agreed)


def of(place, figures, year):
    """The innovation time of a place in a school year; None where nothing was agreed, or for the whole country."""
    if place.kind == "nation":
        return None
    sums = innovation_time.sums(_schools(place), year).values()
    if not (agreed := sum(each.minutes for each in sums)):
        return None
    return Budget(agreed, figures.minutes, sum(each.planned for each in sums), sum(each.people for each in sums))


def _schools(place):
    if place.kind == "school":
        return [place.pk]
    schools = School.objects.open()
    if place.kind == "board":
        schools = schools.filter(board=place.pk)
    else:
        schools = (schools.filter(board__networks=place.pk) | schools.filter(networks=place.pk)).distinct()
    return list(schools.values_list("pk", flat=True))
