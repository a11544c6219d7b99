"""Chapters of a film, and what is asked at a moment of it."""

import re

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import record
from core.refusals import Refused
from core.text import one_line
from knowledgehub.actions.making import hold_version
from knowledgehub.actions.publishing import makers_of
from knowledgehub.questions.models import LONGEST_FILM, Chapter, Moment

MOST_CHAPTERS = 60
MOMENT = re.compile(r"^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)$")
LINE = re.compile(r"^(\S+)\s+(?:[-–:]\s*)?(.+)$")


def seconds_of(text):
    """A moment as people write it, in seconds: "4:05", "1:04:05", "245"; None for anything else."""
    text = text.strip()
    if text.isdecimal() and text.isascii() and len(text) < 6:
        return int(text) if int(text) <= LONGEST_FILM else None
    if not (match := MOMENT.match(text)):
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    total = hours * 3600 + minutes * 60 + seconds
    return total if total <= LONGEST_FILM else None


def lines_of(version):
    """The chapters of a version as they are typed: one a line, its moment first."""
    return "\n".join(f"{each.clock} {each.title}" for each in version.chapters.all())


def read_lines(text):
    """[(seconds, title)] of what was typed. Raises Refused with the line that is not understood."""
    found = {}
    for number, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        match = LINE.match(line.strip())
        seconds = seconds_of(match[1]) if match else None
        if seconds is None:
            raise Refused(
                _("Line %(n)s is not understood: “%(line)s”. Write the moment first: 4:05 Folding strips.")
                % {"n": number, "line": line.strip()[:60]},
                field="chapters",
            )
        if seconds in found:
            raise Refused(_("Two chapters begin at %(moment)s.") % {"moment": match[1]}, field="chapters")
        found[seconds] = one_line(match[2])[:120]
    if len(found) > MOST_CHAPTERS:
        raise Refused(_("A film has at most %(most)d chapters.") % {"most": MOST_CHAPTERS}, field="chapters")
    return sorted(found.items())


@transaction.atomic
def set_chapters(version, *, by, chapters):
    """The chapters of a concept, as they were typed. Of a published version they stay as they are."""
    version = hold_version(version)
    if reason := version.why_not_edit:
        raise Refused(reason)
    rows = read_lines(chapters)
    version.chapters.all().delete()
    Chapter.objects.bulk_create([Chapter(version=version, seconds=at, title=title) for at, title in rows])
    return version


@transaction.atomic
def ask_at(version, *, by, seconds, text):
    """Ask the makers something about a moment of their film."""
    if not version.is_published:
        raise Refused(_("This version is not published yet."))
    row = Moment.objects.create(version=version, seconds=seconds, text=text, author=by)
    record("questions.asked_at", by=by, about=row, tell=makers_of(version.resource))
    return row


@transaction.atomic
def answer_at(moment, *, by, answer):
    """A maker answers; who asked hears of it the first time."""
    rows = Moment.objects.select_for_update(of=("self",)).select_related("author", "version__resource")
    if not (row := rows.filter(pk=moment.pk).first()):
        raise Refused(_("This question was removed."))
    is_first = not row.answered_at
    row.answer, row.answered_by, row.answered_at = answer, by, now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    if is_first:
        record("questions.answered_at", by=by, about=row, tell=[row.author] if row.author else [])
    return row


@transaction.atomic
def remove_moment(moment, *, by):
    """Away with it, with its answer."""
    outbox.withdraw(moment)
    record("questions.moment_removed", by=by)
    Moment.objects.filter(pk=moment.pk).delete()
