"""What somebody meant who typed a word that stands nowhere."""

#: Sounds that are written in several ways: what differs only in these is nearest of all.
SOUNDS = [
    ("ij", "y"), ("ei", "y"), ("ou", "au"), ("ch", "g"), ("sch", "sg"), ("ck", "k"), ("th", "t"), ("ph", "f"),
    ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("v", "f"), ("dt", "t"), ("d", "t"),
]  # fmt: skip
ENDING = 3  # letters at most that a stem lacks: boek-jes


def allowed(word):
    """How many letters may differ: none in a short word, where everything is near everything."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def nearest(word, others, most=3):
    """Those of the others that are likeliest meant, the nearest first."""
    limit, sound = allowed(word), sounds(word)
    if not limit:
        return []
    found, letters, shortest, longest = [], set(word), len(word) - limit, len(word) + limit
    for other in others:
        if other == word or not shortest <= len(other) <= longest or not other.isalpha():
            continue
        if len(letters.symmetric_difference(other)) > 2 * limit + 1:  # most are nothing like it: seen at a glance
            continue
        if sounds(other) == sound:
            found.append((0, False, other[0] != word[0], other))
        elif (steps := distance(word, other, limit)) <= limit:
            swapped = sorted(other) == sorted(word)  # letters change places sooner than one becomes another
            found.append((steps, not swapped, other[0] != word[0], other))
    return [other for *_order, other in sorted(found)[:most]]


def begun(word, others):
    """The longest of the others with which a word begins whose ending was mistyped, or ""; what is kept are stems."""
    shortest = max(4, len(word) - ENDING)
    begins = [other for other in others if len(other) >= shortest and word.startswith(other)]
    return max(begins, key=len, default="")


def sounds(word):
    """The same for words that sound alike."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    return "".join(letter for n, letter in enumerate(word) if n == 0 or letter != word[n - 1])


def distance(one, other, limit):
    """Letters to add, drop, change or swap to make one word the other; `limit` + 1 when it is more than that.

    The distance of Damerau and Levenshtein (optimal string alignment).
    """
    before, last = None, range(len(other) + 1)
    for n, a in enumerate(one, start=1):
        row = [n]
        for m, b in enumerate(other, start=1):
            steps = min(last[m] + 1, row[m - 1] + 1, last[m - 1] + (a != b))
            if n > 1 and m > 1 and a == other[m - 2] and one[n - 2] == b:
                steps = min(steps, before[m - 2] + 1)
            row.append(steps)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)
