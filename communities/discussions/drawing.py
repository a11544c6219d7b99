"""Posts and topics as HTML, many on a page: the words of posts were made HTML when they were written, and what
stands around them is filled into frames (`core/frames.py`). A post that was drawn is kept under all that stands in
it: a name, a right, a reaction that changed makes another key, so nothing has to be forgotten.
"""

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language

from communities.discussions.choices import REACTION_ICONS
from communities.discussions.models import beside, shown, who_wrote
from core.frames import Frame, fit
from core.links import address
from core.newest import Newest
from core.templatetags.ui import avatar, clock, day, icon
from people.models import User

POST = Frame(
    "discussions/post.html", "number", "pk", "who", "face", "at", "html", "answered", "to_who", "files", "reactions"
)

TOPIC = Frame("discussions/topic_row.html", "url", "title", "who", "answers", "day", "new")


#: Posts that were drawn, by all that stands in them; the oldest goes first.
DRAWN, LONGEST_KEPT = Newest(2000), 8000


def posts(topic, first, last, person):
    """(the HTML of the posts of a topic with these numbers, as this person reads them; the number of the last one)."""
    given, files = beside(topic, first, last)
    may_reply = topic.can_reply and not topic.why_not_reply
    page = (topic.can_reply, may_reply, address("discussions:post", 0).removesuffix("0/"), localdate(), get_language())
    reader, number, parts = person.pk, 0, []
    for row in shown(topic, first, last):
        number = row.number
        hers = (
            number > topic.last_read and row.writer != reader,
            row.pk == topic.accepted_id,
            may_reply and row.removed_at is not None and (topic.can_moderate or row.writer == row.removed_by == reader),
        )
        key = row, hers, page, (*given.get(row.pk, ()),), (*files.get(row.pk, ()),)
        parts.append(DRAWN.get(key) or _draw(*key))
    return mark_safe("".join(parts)), number


def _draw(row, hers, page, reacted, files):
    """One post, kept under all that it was drawn from: what changed since has another key."""
    is_new, is_answer, may_restore = hers
    may_act, may_reply, begin, today, language = page
    shape = {
        "begin": begin,
        "is_removed": row.removed_at is not None,
        "is_new": is_new,
        "is_answer": is_answer,
        "was_changed": row.edited_at is not None,
        "answers_one": row.parent is not None,
        "may_act": may_act,
        "may_reply": may_reply,
        "may_restore": may_restore and row.html != "",
    }
    writer = User(pk=row.writer, name=row.name, email=row.email, photo=row.photo) if row.writer else None
    who = who_wrote(row.is_nameless, writer)
    places = {
        "number": row.number,
        "pk": row.pk,
        "who": who,
        "face": avatar(who),
        "at": said(row.at, today, language),
        "html": SafeString(row.html),  # cleaned when it was written
        "answered": row.parent,
        "to_who": who_wrote(row.to_nameless, row.to_name or row.to_email) if row.parent else "",
        "files": files_of(files) if files else "",
        "reactions": reactions_of(reacted) if reacted else "",
    }
    drawn = POST.joined([(shape, places)])
    if len(drawn) <= LONGEST_KEPT:
        DRAWN.keep((row, hers, page, reacted, files), drawn)
    return drawn


def topics(rows):
    """Topics in a list. `rows` are from `Topics.for_list`."""
    today, language = localdate(), get_language()
    begin = address("discussions:topic", 0).removesuffix("0/")
    return TOPIC.joined((_shape_of_topic(row), _places_of_topic(row, begin, today, language)) for row in rows)


def _shape_of_topic(row):
    return {
        "look": row.look,
        "is_for_network": row.is_for_network,
        "has_answers": row.reply_count > 0,
        "is_muted": row.is_muted,
        "is_pinned": row.pinned_at is not None,
        "is_case": row.is_case,
        "is_closed": row.closed_at is not None,
        "has_new": row.new > 0,
    }


def _places_of_topic(row, begin, today, language):
    url = f"{begin}{row.pk}/"
    return {
        "url": row.url_of(row.next_read, url) if row.new and row.last_read else url,
        "title": row.title,
        "who": row.author or "",
        "answers": row.said_answers,
        "day": said_day(row.last_post_at, today, language) if row.last_post_at else "",
        "new": row.said_new,
    }


@lru_cache(maxsize=20_000)
def said_day(at, _today, _language):
    """On which day something was written."""
    return fit(day(localtime(at)))


@lru_cache(maxsize=20_000)
def said(at, _today, _language):
    """When something was written, in words; these depend on the language, and on the year it is today."""
    at = localtime(at)
    return fit(f"{day(at)}, {clock(at)}")


def files_of(files):
    """The files of a post, each (pk, name, media type): pictures are shown, others are named."""
    lines = format_html_join("", '<li><a href="{}">{}</a></li>', map(_file, files))
    return format_html('<ul class="files">{}</ul>', lines)


def _file(file):
    pk, name, media_type = file
    url = address("discussions:attachment", pk)
    if media_type == "image/jpeg":
        return url, format_html('<img src="{}" alt="{}" loading="lazy">', url, name)
    return url, format_html('{}<span dir="auto">{}</span>', icon("paperclip"), name)


def reactions_of(given):
    """How many gave which of the four reactions. `given`: (kind, how many) each."""
    given, language = dict(given), get_language()
    return mark_safe(" ".join(_reaction(kind, given[kind], language) for kind in REACTION_ICONS if kind in given))


@lru_cache(maxsize=1000)
def _reaction(kind, count, _language):
    return format_html(
        '<span class="tag" title="{0}">{1}<span class="visually-hidden">{0}: </span>{2}</span>',
        kind.label, icon(REACTION_ICONS[kind]), count,
    )  # fmt: skip
