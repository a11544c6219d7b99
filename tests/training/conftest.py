"""What stories of training share."""

import pytest

from training.credentials import keys


@pytest.fixture
def signing(db):
    """A key that signs credentials."""
    return keys.rotate()
