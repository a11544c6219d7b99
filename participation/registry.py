"""What other apps add to the page of figures: outcomes, visits, training, whatever they count.

Behaviour in a block is about five people or more, and a sum of sets that do not overlap (docs/decisions/0014).
"""

from dataclasses import dataclass

from core.registry import Registry


@dataclass(frozen=True)
class FigureBlock:
    """A heading, a sentence that says it, and rows (what, how much) for a table beneath."""

    title: str
    sentence: str
    rows: tuple = ()


#: name -> function(place, school year) -> list of FigureBlock.
figures = Registry("figures")
