"""Questions and films as a page shows them: no logic in templates."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from knowledgehub.models import Resource, ResourceFile
from training.choices import PageKind, QuestionKind


@dataclass(frozen=True)
class Option:
    """A line of a question: its place, its words, whether it was chosen, and what is said of it afterwards."""

    place: int
    text: str
    chosen: bool = False
    right: bool | None = None
    says: str = ""
    order: str = ""


@dataclass(frozen=True)
class Shown:
    """A question as its page shows it: still open, or answered with what is said about it."""

    pk: int
    name: str
    kind: str
    text: str
    options: list
    typed: str
    error: str
    is_answered: bool
    is_shown: bool
    is_right: bool | None
    says: str
    at_s: int | None
    moment: str


def question_shown(question, answer, typed, errors, *, is_test, again):
    """This question for this learner; what she typed comes back with the sentence about it."""
    name = f"question-{question.pk}"
    is_answered = bool(answer and answer.at) and not again
    chosen = [int(each) for each in (answer.answer if answer and is_answered else typed or []) if _is_place(each)]
    said = typed if typed is not None else (answer.answer if answer else [])
    return Shown(
        pk=question.pk,
        name=name,
        kind=question.kind,
        text=question.text,
        options=_options(question, chosen, is_answered),
        typed=said[0] if question.kind == QuestionKind.OPEN and said else "",
        error=errors.get(name, ""),
        is_answered=is_answered,
        is_shown=is_test or answer is not None,
        is_right=answer.is_right if is_answered else None,
        says=question.says if is_answered else "",
        at_s=question.at_s,
        moment=_clock(question.at_s),
    )


def _is_place(each):
    return isinstance(each, int) or str(each).isdecimal()


def _options(question, chosen, is_answered):
    """In their own order; lines to be put in order are mixed, the same way at every showing."""
    rows = [
        Option(
            place=place,
            text=option["text"],
            chosen=place in chosen and question.kind != QuestionKind.ORDER,
            right=option["right"] if is_answered else None,
            says=option.get("says", "") if is_answered and place in chosen else "",
            order=str(chosen.index(place) + 1) if place in chosen and question.kind == QuestionKind.ORDER else "",
        )
        for place, option in enumerate(question.options)
    ]
    if question.kind == QuestionKind.ORDER and not is_answered:
        rows.sort(key=lambda row: sha256(f"{question.pk}:{row.place}".encode()).digest())
        if [row.place for row in rows] == sorted(row.place for row in rows):  # that would give it away
            rows.reverse()
    return rows


def _clock(seconds):
    if seconds is None:
        return ""
    return f"{seconds // 60}:{seconds % 60:02d}"


def film_of(page, user):
    """What a page plays: the film of a resource that she may see, or a link to one elsewhere; None without."""
    if page.kind not in (PageKind.VIDEO, PageKind.READING):
        return None
    if page.resource_id and Resource.objects.allowing(user, "view").filter(pk=page.resource_id).exists():
        resource = page.resource
        files = ResourceFile.objects.filter(version=resource.current_id).without_text()
        video = next((file for file in files if file.general == "video"), None)
        return {
            "file": video if page.kind == PageKind.VIDEO else None,
            "title": resource.title,
            "url": resource.get_absolute_url(),
            "note": _("In the KennisHub"),
        }
    if page.link:
        return {"file": None, "title": page.link, "url": page.link, "note": _("Opens on another site")}
    return None
