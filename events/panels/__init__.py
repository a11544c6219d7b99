"""What stands on the page of an event, one module for each part; each registers itself when it is read."""
