"""What other apps add to the draft of a year report: outcomes, cycles, visits, whatever happened.

A part is about the PLG as a whole; behaviour in it is of five people or more, and rounded (`behaviour.py` says why).
"""

from core.registry import Registry

#: name -> function(community, school year) -> list of (key, title, text), in the words of the house.
parts = Registry("parts of a year report")
