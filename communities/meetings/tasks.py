"""What runs by itself."""

from communities.meetings import asking


def nightly():
    """Close the requests of meetings that are over; the roof calls this once a night."""
    asking.close_past()
