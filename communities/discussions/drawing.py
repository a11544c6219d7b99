"""Posts and topics as HTML, many on a page: the words of posts were made HTML when they were written, and what
stands around them is filled into frames (`core/frames.py`). Nothing is kept that a name, a right or a template could
make stale.
"""

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language

from communities.discussions.choices import REACTION_ICONS
from communities.discussions.models import Post, beside
from core.frames import Frame, fit
from core.links import address
from core.templatetags.ui import avatar, clock, day, icon

POST = Frame(
    "discussions/post.html", "number", "pk", "who", "face", "at", "html", "answered", "to_who", "files", "reactions"
)

TOPIC = Frame("discussions/topic_row.html", "url", "title", "who", "answers", "day", "new")


def posts(topic, first, last, person):
    """(the HTML of the posts of a topic with these numbers, as this person reads them; the number of the last one)."""
    rows, (given, files) = list(Post.objects.of_topic(topic, first, last)), beside(topic, first, last)
    reader, today, language, faces = person.pk, localdate(), get_language(), {}
    begin = address("discussions:post", 0).removesuffix("0/")
    may_reply = topic.can_reply and not topic.why_not_reply

    def shape(row):
        """All by which the template decides."""
        is_mine = row.author_id == reader
        return {
            "begin": begin,
            "is_removed": row.removed_at is not None,
            "is_new": not is_mine and row.number > topic.last_read,
            "is_answer": row.pk == topic.accepted_id,
            "was_changed": row.edited_at is not None,
            "answers_one": row.parent_id is not None,
            "may_react": topic.can_reply,
            "may_reply": may_reply,
            "may_restore": bool(row.removed_at and row.html) and _may_restore(row),
        }

    def _may_restore(row):
        return may_reply and (topic.can_moderate or row.author_id == row.removed_by_id == reader)

    def places(row):
        """What stands in it."""
        writer = row.is_nameless or row.author_id
        if writer not in faces:
            faces[writer] = fit(row.who), avatar(row.who)
        who, face = faces[writer]
        return {
            "number": row.number,
            "pk": row.pk,
            "who": who,
            "face": face,
            "at": said(row.at, today, language),
            "html": SafeString(row.html),  # cleaned when it was written
            "answered": row.parent_id,
            "to_who": row.parent.who if row.parent_id else "",
            "files": files_of(files[row.pk]) if row.pk in files else "",
            "reactions": reactions_of(given[row.pk]) if row.pk in given else "",
        }

    return POST.joined((shape(row), places(row)) for row in rows), rows[-1].number if rows else 0


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
    """The files of a post: pictures are shown, others are named. `files` are dicts with pk, name and media_type."""
    lines = format_html_join("", '<li><a href="{}">{}</a></li>', map(_file, files))
    return format_html('<ul class="files">{}</ul>', lines)


def _file(file):
    url = address("discussions:attachment", file["pk"])
    if file["media_type"] == "image/jpeg":
        return url, format_html('<img src="{}" alt="{}" loading="lazy">', url, file["name"])
    return url, format_html('{}<span dir="auto">{}</span>', icon("paperclip"), file["name"])


def reactions_of(given):
    """How many gave which of the four reactions. `given`: {kind: how many}."""
    language = get_language()
    return mark_safe(" ".join(_reaction(kind, given[kind], language) for kind in REACTION_ICONS if kind in given))


@lru_cache(maxsize=1000)
def _reaction(kind, count, _language):
    return format_html(
        '<span class="tag" title="{0}">{1}<span class="visually-hidden">{0}: </span>{2}</span>',
        kind.label, icon(REACTION_ICONS[kind]), count,
    )  # fmt: skip
