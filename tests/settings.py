"""The platform's own settings, led to this test process's own database, broker and folder."""

import os

from tests.services import take_slot

SLOT = take_slot()
os.environ.update(SLOT.environment, TESTING="1")

from plg_platform.settings import *  # noqa: E402, F403

MAILBOX = SLOT.folder / "mailbox"
WHITENOISE_AUTOREFRESH = True  # nothing is collected for tests; files come from where they lie
