"""What was found, as a page shows it: cards with the words marked, and a sentence about how it was found."""

from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Left
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import dutch
from core.dutch.question import Question, Term
from core.models import FETCH_MODE
from knowledgehub import experiences, rules
from knowledgehub.choices import Vocabulary
from knowledgehub.models import Author, Resource, ResourceFile, Saved
from knowledgehub.models import Term as VocabularyTerm

BEFORE, AROUND, FROM_FILE = 60, 240, 20_000  # characters of a snippet before the first word, in all, and looked at
MAKERS = 2


def cards(user, hits, question):
    """The resources of these hits in their order, with what a card says; the rule is asked again."""
    ids = [hit.pk for hit in hits]
    with_picture = ResourceFile.objects.filter(version=OuterRef("current")).exclude(preview="").order_by("position")
    rows = (
        Resource.objects.filter(rules.found(user) | rules.made(user), Q(state="published", hidden_at=None))
        .fetch_mode(FETCH_MODE)
        .select_related("community", "school", "board", "network")
        .naming(community=["name"], school=["name"], board=["name"], network=["name"])
        .annotate(picture=Subquery(with_picture.values("pk")[:1]))
        .prefetch_related(
            Prefetch("authors", Author.objects.select_related("person").fetch_mode(FETCH_MODE)),
            Prefetch("terms", VocabularyTerm.objects.filter(vocabulary=Vocabulary.LEVEL).order_by("position", "pk")),
        )
        .in_bulk(ids)
    )
    mine = Saved.objects.filter(person=user.pk, resource__in=ids) if user.is_authenticated else Saved.objects.none()
    saved = set(mine.values_list("resource", flat=True))
    texts = _texts(rows, question)
    return [_card(rows[pk], question, texts.get(pk, ""), saved) for pk in ids if pk in rows]


def _card(row, question, text, saved):
    row.is_saved = row.pk in saved
    row.title_marked = marked(question, row.title)
    row.snippet = snippet(question, text or row.summary)
    row.levels_said = _range([term.label for term in row.terms.all()])
    makers = [str(author.who) for author in row.authors.all()]
    row.makers_said = ", ".join(makers[:MAKERS]) + (_(" and others") if len(makers) > MAKERS else "")
    row.went = experiences.said(row)
    return row


def _range(labels):
    """Groep 5 and groep 6: the first and the last of many, all of few."""
    if len(labels) < 3:
        return ", ".join(labels)
    return _("%(first)s to %(last)s") % {"first": labels[0], "last": labels[-1]}


def _texts(rows, question):
    """{id: text in which the words stand}, of those that do not say them in their title or summary."""
    if not question:
        return {}
    silent = [
        row for row in rows.values()
        if question.first_place(row.summary) is None and question.first_place(row.title) is None
    ]  # fmt: skip
    if not silent:
        return {}
    of = {row.current_id: row.pk for row in silent}
    found = {}
    files = ResourceFile.objects.filter(version__in=of).exclude(text="").annotate(begin=Left("text", FROM_FILE))
    said = Resource.objects.filter(pk__in=of.values()).annotate(begin=Left(F("current__text"), FROM_FILE))
    pairs = [*said.values_list("current", "begin"), *files.values_list("version", "begin")]
    for version, text in pairs:
        if of[version] not in found and question.first_place(text) is not None:
            found[of[version]] = text
    return found


def widened(question, plan):
    """The same question with the words that were searched along: what is marked in titles and texts."""
    if plan is None:
        return question
    more = [
        Term(key, key) for keys in plan.near.values() for key in sorted(keys)
    ] + [Term(key, key) for key in plan.same]  # fmt: skip
    return Question((*question.terms, *more))


def snippet(question, text):
    """The part of a text around the first word that was asked for, safe, with each of them marked."""
    first = question.first_place(text) or 0
    begin = _at_a_word(text, first - BEFORE) if first > BEFORE else 0
    end = len(text) if begin + AROUND >= len(text) else _at_a_word(text, begin + AROUND)
    piece = marked(question, " ".join(text[begin:end].split()))
    return mark_safe(f"{'… ' if begin else ''}{piece}{' …' if end < len(text) else ''}")


def _at_a_word(text, place):
    blank = text.find(" ", place, place + 40)
    return place if blank < 0 else blank + 1


def marked(question, text):
    """A text made safe, with <mark> around each word that was asked for."""
    parts, last = [], 0
    for begin, end in question.places(text):
        parts.append(f"{escape(text[last:begin])}<mark>{escape(text[begin:end])}</mark>")
        last = end
    return mark_safe("".join([*parts, escape(text[last:])]))


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
