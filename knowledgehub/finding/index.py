"""Keep what is found in step with the resources: called by the deeds themselves, within their transaction."""


def follow(*resources):
    """These resources are found as they are now."""
