"""What the demo's people were told and asked: journal, bell and requests."""


def fill(builder):
    """Write journal, notifications and open requests."""
