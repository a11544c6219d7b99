"""Smaller circles within a PLG that run something of their own: such a session is theirs alone.

An upper app says in `AppConfig.ready()` in which circles somebody takes part, and which of them she leads::

    circles.add("lessonstudy", lambda user: ({"cycle:12"}, set()))

The name of a circle stands on the session (`Run.circle`); an empty one means the whole PLG.
"""

from core.registry import Registry

#: name -> function(user) -> (names of circles she takes part in, names of those she leads).
circles = Registry("circles that run something of their own")
add = circles.add


def mine(user):
    """The names of the circles in which this person takes part."""
    return frozenset(name for of in circles.values() for name in of(user)[0])


def led(user):
    """The names of those she leads."""
    return frozenset(name for of in circles.values() for name in of(user)[1])
