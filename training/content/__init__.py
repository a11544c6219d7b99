"""The programmes that come with the platform: texts of our own in this folder, and how they get into the database."""

from training.content.loading import load
from training.content.reading import Spoilt, programme, programmes

__all__ = ["Spoilt", "load", "programme", "programmes"]
