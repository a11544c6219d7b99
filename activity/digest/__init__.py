"""The PLG letter: whom it is due (`due`), what stands in it (`gather`, as `content`)."""

from activity.digest.due import KIND, heal, put_chunk, put_due, set_clock, told
from activity.digest.gather import gather

__all__ = ["KIND", "gather", "heal", "put_chunk", "put_due", "set_clock", "told"]
