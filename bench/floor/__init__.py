"""The floor: a bare Django page on the same machine in the same run, by which all other pages are divided.

A signed-in session, one query of its own, one template; Django's usual
middleware and nothing else.
"""
