"""What was found, as a page shows it: cards with the words marked, and a sentence about how it was found."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import dutch
from core.dutch.question import Question, Term
from core.frames import Frame
from core.links import address
from core.marks import marked, snippet
from core.templatetags.ui import upfirst
from knowledgehub import experiences, rules
from knowledgehub.choices import Kind
from knowledgehub.models import Resource

FROM_FILE = 20_000  # characters of a text that are looked at
MAKERS = 2
ANY = 1_234_567_890  # a number that stands in no other part of an address
#: How the tag looks that says who sees it: what only a few see stands out.
HOW_OPEN = {"public": "yes", "members": "yes", "network": "yes", "plg": "half", "private": "half"}

HIT = Frame(
    "finding/hit.html", "pk", "url", "picture", "audience", "heading", "snippet", "levels", "minutes", "whose", "went",
    "tell_url", "save_url", "of", "csrf_token",
)  # fmt: skip
BOX = Frame("finding/box.html", "name", "value", "label", "count")


def cards(user, hits, question):
    """The resources of these hits in their order, with what a card says; the rule is asked again."""
    ids = [hit.pk for hit in hits]
    seen = Resource.objects.for_hits(user).filter(
        rules.found(user) | rules.made(user), Q(state="published", hidden_at=None), pk__in=ids
    )
    rows = {row.pk: row for row in seen}
    texts = _texts(rows.values(), question)
    return [_card(rows[pk], question, texts.get(pk, "")) for pk in ids if pk in rows]


def _card(row, question, text):
    row.title_marked = marked(question, row.title)
    row.snippet = snippet(question, text or row.summary)
    return row


def _texts(rows, question):
    """{id: text in which the words stand}, of those that do not say them in their title or summary."""
    silent = [
        row.pk for row in rows
        if question and question.first_place(row.summary) is None and question.first_place(row.title) is None
    ]  # fmt: skip
    if not silent:
        return {}
    found = {}
    for pk, begin, begins in Resource.objects.with_texts(FROM_FILE).filter(pk__in=silent):
        said = (text for text in (begin, *begins) if text and question.first_place(text) is not None)
        found[pk] = next(said, "")
    return found


# As HTML ---------------------------------------------------------------------------------------------
def html(rows, token):
    """The cards; `token` is that of the forms on them."""
    return HIT.joined(_html(row, token) for row in rows)


def _html(row, token):
    went, levels = experiences.said(row), _range(row.levels)
    shape = {
        "kind": str(Kind(row.kind).label),
        "icon_name": row.icon,
        "how_open": HOW_OPEN.get(row.audience, ""),
        "audience_icon": row.audience_icon,
        "has_picture": bool(row.picture),
        "has_snippet": bool(row.snippet),
        "has_levels": bool(levels),
        "has_minutes": bool(row.lesson_minutes),
        "has_went": bool(went),
        "is_saved": row.is_saved,
    }
    return shape, {
        "pk": row.pk,
        "url": _address("knowledgehub:detail", row.pk),
        "picture": _address("knowledgehub:preview", row.picture) if row.picture else "",
        "audience": upfirst(row.audience_says),
        "heading": row.title_marked,
        "snippet": row.snippet,
        "levels": levels,
        "minutes": row.lesson_minutes or "",
        "whose": _whose(row),
        "went": went,
        "tell_url": _address("knowledgehub:tell", row.pk),
        "save_url": _address("finding:save", row.pk),
        "of": row.title,
        "csrf_token": token,
    }


def _address(view, pk):
    """The path of a view for this row: the same for all but for the number, of which there are too many to remember."""
    begin, _number, end = address(view, ANY).partition(str(ANY))
    return f"{begin}{pk}{end}"


def _whose(row):
    """The PLG or the makers, and their school."""
    makers = [name or _("Former member") for name in row.makers]
    more = _(" and others") if len(makers) > MAKERS else ""
    who = row.community.name if row.community else ", ".join(makers[:MAKERS]) + more
    return f"{who}, {row.school.name}" if row.school else who


def _range(labels):
    """Groep 5 and groep 6: the first and the last of many, all of few."""
    if len(labels) < 3:
        return ", ".join(labels)
    return _("%(first)s to %(last)s") % {"first": labels[0], "last": labels[-1]}


def boxes(groups, is_cut):
    """[(heading, HTML of its boxes)]; where not every place was looked at, a plus stands behind each count."""
    return [(heading, BOX.joined(_box(option, is_cut) for option in options)) for heading, _name, options in groups]


def _box(option, is_cut):
    shape = {"is_none": not option.count, "is_chosen": option.is_chosen, "is_cut": is_cut}
    label = upfirst(str(option.label))
    return shape, {"name": option.name, "value": option.value, "label": label, "count": option.count}


def widened(question, plan):
    """The same question with the words that were searched along: what is marked in titles and texts."""
    if plan is None:
        return question
    more = [
        Term(key, key) for keys in plan.near.values() for key in sorted(keys)
    ] + [Term(key, key) for key in plan.same]  # fmt: skip
    return Question((*question.terms, *more))


# How it was found ------------------------------------------------------------------------------------
def title_of(found):
    """How much there is."""
    if found.is_cut:
        return _("More than %(n)d sources") % {"n": found.total}
    return ngettext("%(n)d source", "%(n)d sources", found.total) % {"n": found.total}


def meant(question, plan, rows):
    """{word that stands nowhere: the word that was found instead}, as it is written in what she may see."""
    written = {}
    texts = [f"{row.title} {row.summary}" for row in rows]
    words = {word for text in texts for word in dutch.words(text)}
    for term in question.wanted:
        if any(term.is_in(word) for word in words):
            continue
        near = plan.near.get(term.word, ())
        fit = sorted(word for word in words if not set(near).isdisjoint(dutch.keys_of(word)[0]))
        if best := dutch.nearest(term.word, fit, 1) or fit[:1]:
            written[term.word] = best[0]
    return written
