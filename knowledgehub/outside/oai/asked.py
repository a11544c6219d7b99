"""What a harvester asks, by the letter of the protocol: which arguments, once each, and where a list goes on."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core import links

REQUIRED, OPTIONAL = True, False
#: verb -> its arguments; a verb whose list goes on in pieces takes `resumptionToken` instead of all others.
LISTING = {"metadataPrefix": REQUIRED, "from": OPTIONAL, "until": OPTIONAL, "set": OPTIONAL}
VERBS = {
    "Identify": {},
    "ListMetadataFormats": {"identifier": OPTIONAL},
    "ListSets": {},
    "GetRecord": {"identifier": REQUIRED, "metadataPrefix": REQUIRED},
    "ListIdentifiers": LISTING,
    "ListRecords": LISTING,
}
IN_PIECES = {"ListSets", "ListIdentifiers", "ListRecords"}
#: How long one may wait before one asks for the next piece.
TOKEN_DAYS = 1
TOKEN_LASTS = timedelta(days=TOKEN_DAYS)
SALT = "hub-oai"
#: How these may be written at all; what is not so, no answer could repeat.
WRITTEN = {
    "metadataPrefix": re.compile(r"[A-Za-z0-9\-_.!~*'()]+"),
    "set": re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*"),
    "identifier": re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[A-Za-z0-9\-_.!~*'();/?:@&=+$,]+"),
}
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?", re.ASCII)


class Problem(Exception):
    """An error of the protocol: its code, and in English what is wrong."""

    def __init__(self, code, said):
        super().__init__(said)
        self.code, self.said = code, said


@dataclass(frozen=True)
class Asked:
    """A request that keeps to the protocol."""

    verb: str
    given: dict  # as it was asked
    prefix: str = ""
    identifier: str = ""
    set: str = ""
    begin: datetime | None = None
    end: datetime | None = None
    after: tuple | None = None  # (moment, id) of the last one in the piece before
    cursor: int = 0
    size: int | None = None

    def token_after(self, last, cursor, size):
        """The token with which the list goes on after this row."""
        return links.sign(
            SALT,
            verb=self.verb,
            prefix=self.prefix,
            set=self.set,
            begin=self.begin and self.begin.isoformat(),
            end=self.end and self.end.isoformat(),
            after=[last.changed_at.isoformat(), last.pk],
            cursor=cursor,
            size=size,
        )


def read(arguments):
    """The request in these arguments (a QueryDict). Raises Problem."""
    verbs = arguments.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Problem("badVerb", "Say one verb: " + ", ".join(VERBS) + ".")
    verb = verbs[0]
    given = {name: arguments.get(name) for name in arguments}
    if twice := [name for name in arguments if len(arguments.getlist(name)) > 1]:
        raise Problem("badArgument", f"Said more than once: {', '.join(twice)}.")
    if "resumptionToken" in given and verb in IN_PIECES:
        if set(given) != {"verb", "resumptionToken"}:
            raise Problem("badArgument", "A resumptionToken stands alone.")
        return _resumed(verb, given)
    if unknown := set(given) - {"verb"} - set(VERBS[verb]):
        raise Problem("badArgument", f"Not of {verb}: {', '.join(sorted(unknown))}.")
    if missing := [name for name, need in VERBS[verb].items() if need and not given.get(name)]:
        raise Problem("badArgument", f"{verb} needs {', '.join(missing)}.")
    for name in WRITTEN.keys() & given.keys():
        if not WRITTEN[name].fullmatch(given[name]):
            raise Problem("badArgument", f"No {name} is written like that.")
    begin, end = _span(given.get("from"), given.get("until"))
    return Asked(
        verb, given, given.get("metadataPrefix", ""), given.get("identifier", ""), given.get("set", ""), begin, end
    )


def _resumed(verb, given):
    wrong = Problem("badResumptionToken", "This token is not ours, or older than a day. Begin again.")
    try:
        kept = links.read(SALT, given["resumptionToken"], days=TOKEN_DAYS)
    except links.BadLink:
        raise wrong from None
    if kept["verb"] != verb:
        raise wrong
    moment, pk = kept["after"]
    return Asked(
        verb,
        given,
        prefix=kept["prefix"],
        set=kept["set"],
        begin=kept["begin"] and datetime.fromisoformat(kept["begin"]),
        end=kept["end"] and datetime.fromisoformat(kept["end"]),
        after=(datetime.fromisoformat(moment), pk),
        cursor=kept["cursor"],
        size=kept["size"],
    )


def _span(first, last):
    begin, end = _moment("from", first, is_end=False), _moment("until", last, is_end=True)
    if first and last and len(first) != len(last):
        raise Problem("badArgument", "from and until must be told alike: both as days, or both as moments.")
    if begin and end and begin > end:
        raise Problem("badArgument", "from is later than until.")
    return begin, end


def _moment(name, said, *, is_end):
    """A day or a moment in UTC; as an end, up to the last bit of it."""
    if said is None:
        return None
    try:
        if not MOMENT.fullmatch(said):
            raise ValueError
        moment = datetime.fromisoformat(said.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError:
        raise Problem("badArgument", f"{name} is no day (2026-11-23) or moment (2026-11-23T09:30:00Z).") from None
    if not is_end:
        return moment
    return (
        moment.replace(microsecond=999_999)
        if "T" in said
        else moment.replace(hour=23, minute=59, second=59, microsecond=999_999)
    )
