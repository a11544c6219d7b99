"""The screens of the KennisHub, one module a subject."""
