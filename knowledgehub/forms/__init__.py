"""The forms of the KennisHub."""
