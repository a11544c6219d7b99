"""Lay the rows of an open list over ours: new ones in, changed ones over, missing ones marked as gone."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core import registry
from core.refusals import Refused
from core.text import one_line, sort_key
from organisations.models import Board, FormerName, School

BATCH = 1000
MOST_BAD_ROWS = 20
#: A list that would take away more than this share of a sector is probably cut off, not the truth.
MOST_GONE = 0.1


class BadRow(Exception):
    """A row cannot be right; the text says why."""


@dataclass
class Report:
    """What an import did, or would do."""

    rows: int = 0
    schools: Counter = field(default_factory=Counter)
    boards: Counter = field(default_factory=Counter)
    notes: Counter = field(default_factory=Counter)
    gone: list = field(default_factory=list)

    def lines(self):
        """The report as lines for a person."""
        yield _("%(count)d rows read.") % {"count": self.rows}
        for title, counts in ((_("Schools"), self.schools), (_("Boards"), self.boards)):
            if counts:
                words = {
                    "new": _("new"),
                    "changed": _("changed"),
                    "same": _("as they were"),
                    "gone": _("gone"),
                    "back": _("back again"),
                }
                told = ", ".join(f"{counts[name]} {word}" for name, word in words.items() if counts[name])
                yield f"{title}: {told}"
        for note, count in (+self.notes).items():
            yield f"{count}: {note}"
        for name in self.gone[:MOST_BAD_ROWS]:
            yield _("Gone: %(school)s") % {"school": name}


def save_all(read, *, by=None, dry_run=False, allow_gone=False):
    """Carry out one import in one transaction: `read(save)` gives it row by row to the `Saving`.

    Raises Refused naming each bad row by its line; then nothing was saved.
    """
    with transaction.atomic():
        saving = Saving()
        read(saving)
        saving.finish(allow_gone=allow_gone)
        if saving.bad:
            raise Refused(_what_is_bad(saving.bad))
        report = saving.report
        if dry_run:
            transaction.set_rollback(True)
        else:
            record(
                "organisations.schools_imported",
                by=by,
                rows=report.rows,
                schools=dict(report.schools),
                boards=dict(report.boards),
            )
    return report


def _what_is_bad(bad):
    told = [_("Line %(line)d: %(reason)s") % {"line": line, "reason": reason} for line, reason in bad]
    more = len(told) - MOST_BAD_ROWS
    if more > 0:
        told = [*told[:MOST_BAD_ROWS], _("… and %(count)d more.") % {"count": more}]
    return "\n".join([_("Nothing was saved. These rows are not right:"), *told])


class Saving:
    """Takes rows one by one and writes them in batches, so that memory does not grow with the file.

    Only the codes that were seen are remembered, six letters each, to know which schools are gone.
    """

    #: What the list says anew each time; region and website it only fills in, a school's own board knows better.
    FIELDS = ("name", "street", "postcode", "town", "municipality", "denomination", "sector")
    FILLED_IN = ("region", "website", "pupils", "latitude", "longitude")

    def __init__(self):
        self.report = Report()
        self.bad = []
        self.sectors = set()
        self.codes = set()
        self.boards = {}
        self.waiting = {}
        self.facts = {}
        self.moment = now()

    def take(self, line, make):
        """One row of the file: `make()` gives its values, or raises BadRow."""
        self.report.rows += 1
        try:
            values = make()
        except BadRow as reason:
            self.bad.append((line, str(reason)))
            return
        if values is None:
            return
        code = values["code"]
        if code in self.codes:
            self.report.notes[_("rows with a location code that came before; the first one counts")] += 1
            return
        self.codes.add(code)
        self.sectors.add(values["sector"])
        self.waiting[code] = values
        if len(self.waiting) >= BATCH:
            self.write()

    def write(self):
        """Lay the waiting rows over ours."""
        if self.bad or not self.waiting:
            self.waiting.clear()
            return
        self._know_boards({values["board_number"] for values in self.waiting.values()} - {""})
        known = self._known()
        new, changed, renamed, moved = [], [], [], []
        for code, values in self.waiting.items():
            school = known.get(code)
            if school is None:
                new.append(self._made(School(code=code), values))
                continue
            before, was_gone, old_name = self._told(school), school.gone_at, school.name
            old_board = school.board_id
            self._made(school, values)
            if was_gone:
                self.report.schools["back"] += 1
            elif self._told(school) != before:
                self.report.schools["changed"] += 1
            else:
                self.report.schools["same"] += 1
                continue
            changed.append(school)
            if old_board != school.board_id:
                moved.append(school.pk)
            if old_name != school.name:
                renamed.append(FormerName(school=school, name=old_name))
        School.objects.bulk_create(new, batch_size=BATCH)
        columns = [*self.FIELDS, *self.FILLED_IN, "board", "sort_name", "sort_town", "gone_at"]
        School.objects.bulk_update(changed, columns, batch_size=200)
        FormerName.objects.bulk_create(renamed)
        if moved:
            for follow in registry.moves.values():
                follow(moved)
        self.report.schools["new"] += len(new)
        self.waiting.clear()

    def _known(self):
        """Ours by their codes. One that went up into another stays so: the open list hears of it later than we do."""
        known = {school.code: school for school in School.objects.filter(code__in=self.waiting)}
        for code in [code for code, school in known.items() if school.merged_into_id]:
            del self.waiting[code], known[code]
            self.report.schools["same"] += 1
        return known

    def _made(self, school, values):
        for name in self.FIELDS:
            setattr(school, name, values.get(name, ""))
        for name in self.FILLED_IN:
            if getattr(school, name) in ("", None) or name in values.get("fresh", ()):
                setattr(school, name, values.get(name, getattr(school, name)))
        if values["board_number"]:
            school.board_id = self.boards[values["board_number"]]
        school.sort_name, school.sort_town = sort_key(school.name), sort_key(school.town)[:80]
        school.gone_at = None
        return school

    def _told(self, school):
        return tuple(getattr(school, name) for name in (*self.FIELDS, *self.FILLED_IN, "board_id"))

    def _know_boards(self, numbers):
        """Ids of these boards; one that is new is called by its number until somebody names it."""
        missing = numbers - self.boards.keys()
        for board in Board.objects.filter(number__in=missing):
            self.boards[board.number] = board.merged_into_id or board.pk
        made = [unnamed(number) for number in sorted(missing - self.boards.keys())]
        for board in Board.objects.bulk_create(made):
            self.boards[board.number] = board.pk
        self.report.boards["new"] += len(made)

    def beside(self, code, values):
        """Facts beside a school that another list brought; a school we do not have is left out."""
        self.report.rows += 1
        if code in self.facts:
            self.report.notes[_("rows with a location code that came before; the first one counts")] += 1
            return
        self.facts[code] = values
        if len(self.facts) >= BATCH:
            self.write_beside()

    def write_beside(self):
        """Lay the waiting facts beside the schools that we have."""
        changed = []
        known = list(School.objects.filter(code__in=self.facts))
        for school in known:
            values = self.facts[school.code]
            if any(getattr(school, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(school, name, value)
                changed.append(school)
        School.objects.bulk_update(changed, ["pupils", "latitude", "longitude"], batch_size=200)
        self.report.notes[_("schools got their place on the map and their number of pupils")] += len(changed)
        self.report.notes[_("schools of the other list that we do not have; left out")] += len(self.facts) - len(known)
        self.facts = {}

    def finish(self, *, allow_gone):
        """Write what waits; what was in these sectors and is not in the list any more, is gone from today."""
        self.write()
        if not self.bad:
            self.write_beside()
        if self.bad or not self.sectors:
            return
        here = School.objects.open().filter(sector__in=self.sectors)
        missing = [row for row in here.values_list("pk", "code", "name") if row[1] not in self.codes]
        all_of_them = here.count()
        if not allow_gone and len(missing) > max(20, MOST_GONE * all_of_them):
            raise Refused(
                _(
                    "Nothing was saved. %(gone)d of %(all)d schools are not in this list; perhaps it is cut off. "
                    "If it is right, say --allow-gone."
                )
                % {"gone": len(missing), "all": all_of_them}
            )
        School.objects.filter(pk__in=[row[0] for row in missing]).update(gone_at=self.moment)
        self.report.schools["gone"] += len(missing)
        self.report.gone = [f"{name} ({code})" for _pk, code, name in missing]
        self._boards_without_schools()

    def _boards_without_schools(self):
        ours = School.objects.filter(board=OuterRef("pk"))
        has_open = Exists(ours.open())
        left = Board.objects.filter(~has_open, Exists(ours), gone_at=None, merged_into=None)
        self.report.boards["gone"] += left.update(gone_at=self.moment)
        back = Board.objects.filter(has_open).exclude(gone_at=None)
        self.report.boards["back"] += back.update(gone_at=None)


def unnamed(number):
    """A board of which we know only the number."""
    name = f"Bestuur {number}"
    return Board(number=number, name=name, sort_name=sort_key(name), is_named=False)


def text(value, most=None):
    """A cell as one clean line; DUO writes an empty one as one space."""
    clean = one_line(value or "")
    if most and len(clean) > most:
        raise BadRow(_("“%(start)s…” is longer than %(most)d characters.") % {"start": clean[:30], "most": most})
    return clean


def name_boards(rows, *, by=None, dry_run=False):
    """Give boards their real names by rows of (line, number, KvK, name); boards we do not know are left out.

    Raises Refused naming each bad row; then nothing was saved. A name given here before is kept as a former name.
    """
    report, bad = Report(), []
    with transaction.atomic():
        known = {board.number: board for board in Board.objects.exclude(number=None)}
        for line, number, *cells in rows:
            report.rows += 1
            try:
                kvk, name = text(cells[0], 8), text(cells[1], 160)
                if not name:
                    raise BadRow(_("The name is empty."))
            except BadRow as reason:
                bad.append((line, str(reason)))
                continue
            board = known.get(number.zfill(5))
            if board is None:
                report.notes[_("boards that have no schools here")] += 1
                continue
            if (board.name, board.kvk, board.is_named) == (name, kvk, True):
                report.boards["same"] += 1
                continue
            if board.is_named and board.name != name:
                FormerName.objects.create(board=board, name=board.name)
            board.name, board.kvk, board.is_named = name, kvk, True
            board.save()
            report.boards["changed"] += 1
        if bad:
            raise Refused(_what_is_bad(bad))
        if dry_run:
            transaction.set_rollback(True)
        else:
            record("organisations.boards_named", by=by, rows=report.rows, boards=dict(report.boards))
    return report
