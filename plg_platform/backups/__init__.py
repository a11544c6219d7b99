"""The whole platform in one folder, and back: rows, files, and the sum of each, so that a restore can be trusted.

Everything is read in one snapshot of the database, with PostgreSQL's own COPY; no tool of its version need be there.
Files are written once and never changed, so they are copied before the rows (what goes meanwhile is no loss) and
after them (what came meanwhile belongs to no row).

    FOLDER/manifest.json     what was made when, by which migrations; rows, bytes and SHA-256 of each part
    FOLDER/tables/NAME.gz    the rows, as COPY writes them
    FOLDER/files/…           as they stand in FILES_ROOT
    FOLDER/erasures.txt      who was erased until then, by number
"""

from plg_platform.backups.making import make
from plg_platform.backups.putting_back import NotPutBack, put_back
from plg_platform.backups.sums import Damaged

__all__ = ["Damaged", "NotPutBack", "make", "put_back"]
