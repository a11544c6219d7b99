"""The PLG letter: whom it is due (`due`), what stands in it (`gather`, as `content`)."""

from activity.digest.due import CHUNK, KIND, heal, put_chunk, put_due, set_clock, told
from activity.digest.gather import contents_of, gather, gather_many, still_so

__all__ = [
    "CHUNK",
    "KIND",
    "contents_of",
    "gather",
    "gather_many",
    "heal",
    "put_chunk",
    "put_due",
    "set_clock",
    "still_so",
    "told",
]
