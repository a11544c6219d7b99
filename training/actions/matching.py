"""Who fits a wish: by kind, themes and room. A pure function, and why each was suggested."""

from dataclasses import dataclass

MOST = 10


@dataclass(frozen=True)
class Wish:
    """What somebody looks for. `schools` are those where she works herself."""

    kind: str
    themes: frozenset = frozenset()
    schools: frozenset = frozenset()


@dataclass(frozen=True)
class Offer:
    """What somebody offers: kinds, themes, how many people at once, and how many she has now."""

    pk: int
    kinds: frozenset
    themes: frozenset = frozenset()
    capacity: int = 1
    busy: int = 0
    schools: frozenset = frozenset()
    is_barred: bool = False  # these two cannot be together, whatever else fits

    @property
    def room(self):
        return max(0, self.capacity - self.busy)


@dataclass(frozen=True)
class Match:
    """An offer that fits, and what speaks for it."""

    offer: Offer
    themes: frozenset  # those that both named
    room: int
    is_outside: bool  # works at another school, so looks at it afresh


def ranked(wish, offers):
    """The offers that fit, best first: shared themes, then from another school, then most room; at most ten."""
    found = [_match(wish, offer) for offer in offers if fits(wish, offer)]
    found.sort(key=lambda each: (-len(each.themes), not each.is_outside, -each.room, each.offer.pk))
    return found[:MOST]


def fits(wish, offer):
    """It is of this kind, there is room, and nothing speaks against it."""
    return wish.kind in offer.kinds and offer.room > 0 and not offer.is_barred


def _match(wish, offer):
    return Match(offer, wish.themes & offer.themes, offer.room, not wish.schools & offer.schools)
