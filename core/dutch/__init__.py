"""Dutch words as a searcher means them: one normaliser for what is stored and for what is asked.

    keys("De breukenstroken van groep 7/8")  →  breukenstrook, breuk, strook, groep, 7, 8
    asked("breukestrook")                    →  a `Question`: as PostgreSQL's tsquery, relaxed, or with other words

No Django in it, no state but caches; the same words give the same keys on every machine.

Where the rules come from:

- words, accents, signs: Unicode (NFKD); numbers and levels ("1F", "¼", "7/8") as teachers write them: `text.py`
- stems: the Snowball project's Dutch (Kraaij and Pohlmann), package PyStemmer, BSD: `forms.py`
- lemmas ("liep" is "lopen") and the list of words that exist: package simplemma, MIT; its lists stay in the package
- compounds, spelling variants, what is near a word that was mistyped: our own rules, in `forms.py` and `near.py`
"""

from core.dutch.forms import VERSION, forms, keys_of, parts
from core.dutch.near import ENDING, begun, distance, nearest
from core.dutch.question import Question, asked
from core.dutch.text import STOP, fold, words
from core.dutch.vector import vector

__all__ = [
    "ENDING",
    "STOP",
    "VERSION",
    "Question",
    "asked",
    "begun",
    "distance",
    "fold",
    "forms",
    "keys_of",
    "nearest",
    "parts",
    "vector",
    "words",
]
