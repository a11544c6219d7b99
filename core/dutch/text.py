"""From text to words: what is one word, and in which shape it is compared."""

import re
import unicodedata

LONGEST = 64  # characters of a word; no Dutch word in use is longer
MOST = 20_000  # words of one text

#: Letters that Unicode does not take apart.
LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ĳ": "ij", "Ĳ": "IJ"})
SIGNS = str.maketrans({"⁄": "/", "’": "'", "‘": "'", "‐": "-", "‑": "-", "\u00ad": None, "\u200b": None})

# A number keeps its fraction bar and its comma: "3/4", "0,5"; a letter may follow it: "1F", "2b".
WORD = re.compile(r"\d+[/.,]\d+(?![\w])|[^\W_]+(?:'[^\W_]+)*")

#: What says nothing about a text. Words of one letter or digit are none of these: "groep 3", "1F".
SAY_NOTHING = """
    aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er ge geen
    haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je jij jou jouw jullie kan kon kunnen
    maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat ons onze ook op over reeds te tegen toch
    toen tot u uit uw van veel voor want waren was wat we wel werd wezen wie wij wil worden zal ze zei zelf zich zij
    zijn zo zonder zou
    a an and are as at be but by for from has have he her his how i if into it its my no not on or our she so that the
    their them they this to was we were what when which who will with you your"""
STOP = frozenset(SAY_NOTHING.split())


def fold(text):
    """The same letters for every way of writing them: small, without accents, ĳ as ij, ¼ as 1/4."""
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text.translate(LETTERS)).translate(SIGNS).casefold()
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


def words(text):
    """Every word of a text, folded, in order: an iterator. Of "foto's" that is "fotos"; "7/8" gives also 7 and 8."""
    for found in spans(text, MOST):
        yield from found[0]


def spans(text, most=MOST):
    """Where the words of a text stand: ([words], begin, end). One may count as several: 7/8 also as 7 and as 8."""
    for n, match in enumerate(WORD.finditer(text)):
        if n >= most:
            return
        folded = fold(match.group())
        if "/" in folded:
            yield [folded, *folded.split("/")], match.start(), match.end()
        else:
            yield [_joined(folded)[:LONGEST]], match.start(), match.end()


def _joined(word):
    """Without its apostrophes: foto's and fotos, zo'n and zon."""
    return word.replace("'", "") if "'" in word else word
