"""Making programmes: a new version of one, changing its content until people learn by it, and publishing."""

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from training.models import Page, Programme, ProgrammeVersion
from training.writing import html_of


@transaction.atomic
def new_version(programme, *, by):
    """A version to change, that begins as the one people find now; the one that is being made, where there is one."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    open_one = programme.versions.filter(published_at=None, frozen_at=None).last()
    if open_one:
        return open_one
    old = programme.current or programme.versions.last()
    number = (programme.versions.aggregate(most=Max("number"))["most"] or 0) + 1
    made = _copy(old, programme=programme, number=number, published_at=None, frozen_at=None, source="")
    outcomes = {row.pk: _copy(row, version=made) for row in old.outcomes.all()}
    for module in old.modules.all():
        fresh = _copy(module, version=made)
        fresh.outcomes.set(outcomes[row.pk] for row in module.outcomes.all())
        for page in module.pages.all():
            twin = _copy(page, module=fresh)
            for question in page.questions.all():
                _copy(question, page=twin)
        for work in module.assignments.all():
            twin = _copy(work, module=fresh)
            twin.outcomes.set(outcomes[row.pk] for row in work.outcomes.all())
    record("training.version_made", by=by, about=programme, number=number)
    return made


def _copy(row, **changes):
    fields = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.primary_key}
    for name, value in changes.items():
        fields[row._meta.get_field(name).attname] = getattr(value, "pk", value)
    return type(row).objects.create(**fields)


def hold_version(version):
    """This version, locked. Raises Refused once people learn by it."""
    version = ProgrammeVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if reason := version.why_not_edit:
        raise Refused(reason)
    return version


@transaction.atomic
def edit_version(form, *, by):
    """Its title, its hours, what it asks."""
    hold_version(form.instance)
    form.instance.html = html_of(form.instance.text)
    row = form.save()
    record("training.version_edited", by=by, about=row.programme, number=row.number)
    return row


@transaction.atomic
def edit_part(form, *, by, version):
    """A module, a page or an assignment of it, or a new one."""
    version = hold_version(version)
    row = form.save(commit=False)
    if hasattr(row, "html"):
        row.html = html_of(row.text)
    if row.pk is None:
        siblings = type(row).objects.filter(**{form.above: getattr(row, form.above)})
        row.order = (siblings.aggregate(most=Max("order"))["most"] or 0) + 1
    row.save()
    form.save_m2m()
    if isinstance(row, Page):
        row.questions.all().delete()
        for question in form.cleaned_data["questions"]:
            question.page = row
            question.save()
    record("training.version_edited", by=by, about=version.programme, number=version.number)
    return row


@transaction.atomic
def remove_part(row, *, by, version):
    """Take a module, a page, a question or an assignment out of a version by which nobody learns yet."""
    version = hold_version(version)
    row.delete()
    record("training.version_edited", by=by, about=version.programme, number=version.number)


@transaction.atomic
def publish(version, *, by):
    """From now on people find this version. Who learns by an older one keeps to that."""
    version = hold_version(version)
    if version.published_at:
        raise Refused(_("This version is published already."))
    if not Page.objects.filter(module__version=version).exists():
        raise Refused(_("There is nothing to read in it yet. Add a page first."))
    version.published_at = now()
    version.save(update_fields=["published_at"])
    programme = version.programme
    programme.current = version
    programme.save(update_fields=["current"])
    record("training.version_published", by=by, about=programme, number=version.number)
    return version


@transaction.atomic
def retire(programme, *, by):
    """Nobody can begin with it any more; who learns by it goes on."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if programme.retired_at:
        raise Refused(_("This was taken off already."))
    programme.retired_at = now()
    programme.save(update_fields=["retired_at"])
    record("training.retired", by=by, about=programme)


@transaction.atomic
def begin_programme(form, *, by):
    """A course of a board or network, with an empty first version."""
    row = form.save(commit=False)
    row.created_by = by
    row.save()
    version = ProgrammeVersion.objects.create(
        programme=row, number=1, title=form.cleaned_data["title"], summary=form.cleaned_data["summary"]
    )
    record("training.programme_made", by=by, about=row)
    return version
