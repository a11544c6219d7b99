"""Bring our own programmes into the database. What people learn by already is never touched."""

from django.db import transaction
from django.utils.timezone import now

from training.content.reading import programmes
from training.models import Assignment, Module, Outcome, Page, Programme, ProgrammeVersion, Question
from training.writing import html_of


@transaction.atomic
def load(sources=None):
    """Bring the programmes up to their files; return the versions that came of it.

    The same file changes nothing; a changed one becomes a new version. That version is what people find from now on,
    unless somebody made a version here after the last file: then it stands beside hers, and she chooses.
    """
    return [made for source in (programmes() if sources is None else sources) if (made := _load(source))]


def _load(source):
    Programme.objects.get_or_create(key=source.key, defaults={"form": source.form})
    programme = Programme.objects.select_for_update(of=("self",)).get(key=source.key)
    if programme.versions.filter(source=source.digest).exists():
        return None
    last = programme.versions.last()
    version = ProgrammeVersion.objects.create(
        programme=programme,
        number=last.number + 1 if last else 1,
        title=source.title,
        title_en=source.title_en,
        summary=source.summary,
        summary_en=source.summary_en,
        text=source.text,
        html=html_of(source.text),
        hours=source.hours,
        facilitations=source.facilitations,
        needs_practice_plg=source.needs_practice_plg,
        needs_consent=source.needs_consent,
        source=source.digest,
    )
    _fill(version, source)
    if last is None or last.source:
        version.published_at = now()
        version.save(update_fields=["published_at"])
        programme.current = version
        programme.save(update_fields=["current"])
    return version


def _fill(version, source):
    outcomes = {
        code: Outcome.objects.create(version=version, code=code, text=text, order=order)
        for order, (code, text) in enumerate(source.outcomes)
    }
    for order, part in enumerate(source.modules):
        module = Module.objects.create(
            version=version, order=order, title=part.title, summary=part.summary, minutes=part.minutes
        )
        module.outcomes.set(outcomes[code] for code in part.outcomes)
        for place, page in enumerate(part.pages):
            _page(module, place, page)
        for place, work in enumerate(part.assignments):
            assignment = Assignment.objects.create(
                module=module,
                order=place,
                title=work.title,
                minutes=work.minutes,
                text=work.text,
                html=html_of(work.text),
                rubric=[{"criterion": name, "sufficient": text} for name, text in work.rubric],
            )
            assignment.outcomes.set(outcomes[code] for code in work.outcomes)


def _page(module, order, source):
    page = Page.objects.create(
        module=module,
        order=order,
        kind=source.kind,
        title=source.title,
        text=source.text,
        html=html_of(source.text),
        minutes=source.minutes,
    )
    Question.objects.bulk_create(
        Question(
            page=page,
            order=place,
            kind=asked.kind,
            text=asked.text,
            options=[{"text": option.text, "right": option.right, "says": option.says} for option in asked.options],
            says=asked.says,
        )
        for place, asked in enumerate(source.questions)
    )
