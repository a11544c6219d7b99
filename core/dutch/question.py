"""From what somebody typed to a question that PostgreSQL answers (a tsquery), and back to the words in a text."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from core.dutch.forms import forms, keys_of, parts, spelled
from core.dutch.text import STOP, fold, spans
from core.dutch.vector import quoted

LONGEST, MOST = 200, 12  # characters that are read, words that count
LOOKED_THROUGH = 1000  # characters of a text of which every place is kept; of longer ones often only the first is asked
REST = re.compile(r"(?:[^\W_]|['’/.,])*")
OR, NOT = {"OF", "OR"}, {"NIET", "NOT"}


def any_of(ways):
    """In the language of tsquery: one of these, which stand there ready."""
    return f"({' | '.join(ways)})"


@dataclass(frozen=True)
class Term:
    """One word that was asked for. `is_begin` when it may go on: it was the last, and perhaps is being typed."""

    word: str
    shown: str
    is_out: bool = False
    is_begin: bool = False
    either: bool = False  # with OF before it

    @property
    def own(self):
        return (self.word,) if "/" in self.word else keys_of(self.word)[0]

    @property
    def parts(self):
        """The keys of each word of which it is made."""
        return [(each,) for each in self.word.split("/")] if "/" in self.word else list(map(forms, parts(self.word)))

    @cached_property
    def query(self):
        """Its keys, or all words of which it is made; or whatever begins so."""
        ways = [quoted(key) for key in self.own]
        if self.parts:
            ways.append(f"({' & '.join(any_of(map(quoted, keys)) for keys in self.parts)})")
        if self.is_begin:
            ways.append(f"{quoted(spelled(self.word))}:*")
        return any_of(ways)

    def is_in(self, word):
        """Whether this folded word of a text is what was asked for."""
        if self.is_begin and word.startswith(self.word):
            return True
        own, more = keys_of(word)
        return not {*own, *more}.isdisjoint(self.own) or any(not set(own).isdisjoint(keys) for keys in self.parts)


@dataclass(frozen=True)
class Question:
    """What was asked, word by word. False when it says nothing to search for."""

    terms: tuple[Term, ...] = ()

    def __bool__(self):
        return any(not term.is_out for term in self.terms)

    @property
    def wanted(self):
        return [term for term in self.terms if not term.is_out]

    @cached_property
    def strict(self):
        """The tsquery for texts with all of these words (OF: one of those beside it), and none that must not be."""
        groups = []
        for term in self.wanted:
            if term.either and groups:
                groups[-1].append(term.query)
            else:
                groups.append([term.query])
        return " & ".join([*map(any_of, groups), *self._outs])

    @cached_property
    def loose(self):
        """The tsquery for texts with any of these words."""
        return " & ".join([any_of(term.query for term in self.wanted), *self._outs])

    @property
    def _outs(self):
        return [f"!{any_of(map(quoted, term.own))}" for term in self.terms if term.is_out]

    def instead(self, words):
        """The same question with other words in the place of some: {word as asked: word as meant}."""
        return Question(
            tuple(
                replace(term, word=words[term.word], shown=words[term.word], is_begin=False)
                if term.word in words
                else term
                for term in self.terms
            )
        )

    def __str__(self):
        said = []
        for term in self.terms:
            said += [*(["OF"] if term.either else []), f"-{term.shown}" if term.is_out else term.shown]
        return " ".join(said)

    @cached_property
    def _hint(self):
        """Finds words that may be meant; which of them are, `Term.is_in` says."""
        keys = {key for term in self.wanted for key in (*term.own, *chain(*term.parts), term.word)}
        return re.compile("|".join(sorted({re.escape(_begin(key)) for key in keys})))

    @cached_property
    def _known(self):
        """Words of texts that were looked at -> whether one was asked for."""
        return {}

    def _is_asked(self, word):
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = any(term.is_in(word) for term in self.wanted)
        return known

    def places(self, text):
        """Where in a text stands what was asked for: (begin, end) of each."""
        if len(text) > LOOKED_THROUGH:
            return self._places(text)
        found = self._seen.get(text)
        if found is None:
            found = self._seen[text] = list(self._places(text))
        return found

    @cached_property
    def _seen(self):
        """Short texts that were looked through -> the places in them: a title is asked about more than once."""
        return {}

    def _places(self, text):
        at, small = 0, _small(text)
        while self and (match := self._hint.search(small, at)):  # texts are long: only what may be one is looked at
            begin, end = _word_around(text, match.start())
            for found, start, stop in spans(text[begin:end], end - begin):
                if any(map(self._is_asked, found)):
                    yield begin + start, begin + stop
            at = max(end, match.end())

    def first_place(self, text):
        """Where the first of these words begins, or None."""
        return next((begin for begin, _end in self.places(text)), None)


def _small(text):
    """The text in small letters, as long as it was: that is searched three times as fast as capitals beside them."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(each.lower()[:1] for each in text)


def _begin(key):
    """How the forms of a word begin: boom and bomen with "bo", strook and stroken with "str", schatkist "schat"."""
    if len(key) > 2 and key[2] == key[1] and key[1] in "aeou":
        return key[:2]
    return key[: max(3, min(5, len(key) - 4))]


def _word_around(text, at):
    begin = at
    while begin and (text[begin - 1].isalnum() or text[begin - 1] in "'’"):
        begin -= 1
    return begin, max(REST.match(text, at).end(), at + 1)


def asked(text, *, typing=True):
    """Read what was typed: words, `OF`, `NIET` or a dash for what must not be there. Words that say nothing go.

    With `typing` the last word may be the beginning of one.
    """
    text = text[:LONGEST]
    terms, is_out, either, last_end = [], False, False, 0
    for found, begin, end in spans(text, LONGEST):
        raw, word = text[begin:end], found[0]
        if raw in OR | NOT:
            is_out, either = raw in NOT, raw in OR and bool(terms)
            continue
        dash = begin > 0 and text[begin - 1] == "-" and (begin == 1 or text[begin - 2].isspace())
        if word not in STOP and len(terms) < MOST:
            terms.append(Term(word, fold(raw), is_out=is_out or dash, either=either and not is_out))
            last_end = end
        is_out = either = False
    if typing and terms and last_end == len(text) and not terms[-1].is_out and len(terms[-1].word) > 1:
        terms[-1] = replace(terms[-1], is_begin=True)
    return Question(tuple(dict.fromkeys(terms)))
