"""A resource begins, is changed, and gets a new version. Nobody but its makers sees any of that yet."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from communities.discussions import writing
from core.refusals import Refused
from core.text import one_line
from knowledgehub import registry, rules
from knowledgehub.choices import State
from knowledgehub.models import MOST_STEPS, Author, Resource, ResourceFile, ResourceVersion, Term
from people.models import User

#: What a version says, and what a resource is through all its versions.
OF_VERSION = {
    "title", "summary", "text", "steps", "needs", "lesson_minutes", "prep_minutes", "licence", "link", "change",
}  # fmt: skip
OF_RESOURCE = {
    "kind", "theme", "language", "origin", "origin_says", "pupils", "audience", "community", "school", "board",
    "network",
}  # fmt: skip
PLACES = {"audience", "community", "school", "board", "network"}
#: What stands on the resource as well, so that lists and search read one row.
COPIED = ("title", "summary", "licence", "lesson_minutes")


def hold(resource):
    """The row itself, locked, with its places: what is done to one resource is done one after the other."""
    pk = getattr(resource, "pk", resource)
    # "self": a lock on the places would keep whole schools waiting
    rows = Resource.objects.select_for_update(of=["self"]).select_related("community", "school", "board", "network")
    return rows.get(pk=pk)


def hold_version(version):
    """The version, locked with its resource."""
    resource = hold(version.resource_id)
    fresh = ResourceVersion.objects.get(pk=version.pk)
    fresh.resource = resource
    return fresh


@transaction.atomic
def begin(*, by, title, makers=(), terms=(), tags=(), **said):
    """The first concept of a resource; who begins it is its first maker. Returns the version.

    `said` are fields of the version and of the resource (`OF_VERSION`, `OF_RESOURCE`).
    """
    about, words = _split(said)
    words["html"] = writing.html_of(words.get("text", ""))
    resource = Resource.objects.create(title=title, created_by=by, **about, **_copied(words))
    version = ResourceVersion.objects.create(resource=resource, number=1, title=title, created_by=by, **words)
    name_makers(resource, [by, *(each for each in makers if each != by)])
    resource.terms.set(terms)
    resource.tags.set(tags)
    return version


@transaction.atomic
def edit(version, *, by, since="", makers=None, shown=(), joining=None, terms=None, tags=None, **said):
    """Change a concept. Raises Refused when it is published, or somebody is looking at it, or when it was changed
    after the moment `since` of which she saw it.

    Of what is published, nothing changes before its new version is: what describes it is kept with the concept, and
    who joins its makers is asked first.
    """
    version = hold_version(version)
    if reason := version.why_not_edit:
        raise Refused(reason)
    if since and since != version.changed_at.isoformat():
        raise Refused(
            _(
                "This was changed meanwhile, perhaps by a fellow maker. What you typed stands here: send it once more "
                "to keep yours."
            )
        )
    about, words = _split(said)
    if "text" in words:
        words["html"] = writing.html_of(words["text"])
    _write(version, changed_at=now(), **words)
    resource = version.resource
    if resource.current_id:
        if makers is not None or not PLACES.isdisjoint(about):
            raise TypeError("Makers stay; who sees what is published is changed by audience.change_audience.")
        if joining is not None:
            ask_along(resource, joining)
        _write(version, about=_later(version, about, terms, tags))
        return version
    about |= _copied({name: getattr(version, name) for name in COPIED}) | {"title": version.title}
    _write(resource, changed_at=now(), **about)
    if makers is not None:
        name_makers(resource, makers, shown)
    if terms is not None:
        resource.terms.set(terms)
    if tags is not None:
        resource.tags.set(tags)
    return version


def _later(version, about, terms, tags):
    """What a resource that is published will be called and described by, once this version of it is."""
    found = {**(version.about or {}), **about}
    if terms is not None:
        found["terms"] = [getattr(term, "pk", term) for term in terms]
    if tags is not None:
        found["tags"] = list(tags)
    return found


def take_up(resource, version):
    """What was kept for when this version is published; the resource is saved by who calls. Once."""
    about = {**(version.about or {})}
    if "terms" in about:
        resource.terms.set(Term.objects.filter(pk__in=about.pop("terms")))
    if "tags" in about:
        resource.tags.set(about.pop("tags"))
    for name, value in about.items():
        setattr(resource, name, value)


def _split(said):
    """(what is of the resource, what is of the version). Raises TypeError for what is of neither."""
    if unknown := set(said) - OF_RESOURCE - OF_VERSION:
        raise TypeError(f"Neither of a resource nor of a version: {sorted(unknown)}")
    if "steps" in said:
        said["steps"] = clean_steps(said["steps"])
    return (
        {name: value for name, value in said.items() if name in OF_RESOURCE},
        {name: value for name, value in said.items() if name in OF_VERSION},
    )


def _copied(words):
    return {name: words[name] for name in COPIED if name in words and name != "title"}


def _write(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields={*fields} | ({"sort_name"} if isinstance(row, Resource) and "title" in fields else set()))


def clean_steps(steps):
    """The steps of a lesson as they are kept; those without words fall away. Raises Refused for too many."""
    kept = [
        {
            "minutes": step.get("minutes") or None,
            "title": one_line(step.get("title", ""))[:140],
            "text": str(step.get("text", "")).strip()[:2000],
        }
        for step in steps
    ]
    kept = [step for step in kept if step["title"] or step["text"]]
    if len(kept) > MOST_STEPS:
        raise Refused(_("A lesson has at most %(most)d steps here. Take some together.") % {"most": MOST_STEPS})
    return kept


def name_makers(resource, makers, shown=()):
    """Name these makers, in this order: people, or names of who has no account.

    `shown` are those of them who are named or can be seen in it: their silence is no yes.
    Raises Refused when nobody with an account is left: somebody must be able to change it.
    """
    makers = list(dict.fromkeys(makers))
    if not any(isinstance(each, User) for each in makers):
        raise Refused(_("Name at least one maker with an account, so that somebody can change it."))
    before = {each.person_id or each.name: each for each in Author.everyone.filter(resource=resource)}
    for position, maker in enumerate(makers):
        is_person = isinstance(maker, User)
        row = before.pop(maker.pk if is_person else maker, None) or Author(
            resource=resource, person=maker if is_person else None, name="" if is_person else one_line(maker)[:120]
        )
        row.position, row.is_shown = position, maker in shown
        row.save()
    Author.everyone.filter(pk__in=[each.pk for each in before.values()]).delete()
    for maker in makers:
        if isinstance(maker, User):
            rules.made_by.forget(maker)


def ask_along(resource, people):
    """These people made the next version of what is published too; who was asked before and is not among them is not
    any more. Nobody reads their names before they said yes: silence is no yes of them.
    """
    rows = Author.everyone.filter(resource=resource)
    named = {row.person_id for row in rows if row.is_named}
    asked = {row.person_id: row for row in rows if not row.is_named}
    last = max((row.position for row in rows), default=0)
    for place, person in enumerate((each for each in people if each.pk not in named), start=last + 1):
        if not asked.pop(person.pk, None):
            Author.everyone.create(resource=resource, person=person, position=place, is_shown=True, is_named=False)
    Author.everyone.filter(pk__in=[row.pk for row in asked.values()]).delete()


@transaction.atomic
def new_version(resource, *, by):
    """A concept that begins as what is published now, with the same files. One that exists already goes on."""
    resource = hold(resource)
    if concept := resource.versions.filter(published_at=None).first():
        return concept
    if not resource.is_published:
        raise Refused(_("A new version is made of what is published."))
    last = ResourceVersion.objects.get(pk=resource.current_id)
    files = list(last.files.all())
    number = resource.versions.order_by("-number").values_list("number", flat=True)[0] + 1
    concept = ResourceVersion.objects.create(
        resource=resource,
        number=number,
        created_by=by,
        html=last.html,
        **{name: getattr(last, name) for name in OF_VERSION - {"change"}},
    )
    for row in files:
        row.pk, row.version, row._state.adding = None, concept, True
    ResourceFile.objects.bulk_create(files)
    registry.take_over(last, concept)
    return concept


@transaction.atomic
def discard(version, *, by):
    """Throw a concept away, with what only it holds. Returns the resource, or None where that had nothing else."""
    from knowledgehub.actions import files, uploads

    version = hold_version(version)
    if reason := version.why_not_edit:
        raise Refused(reason)
    for upload in version.uploads.all():
        uploads.drop(upload)
    files.forget(ResourceFile.objects.filter(version=version))
    resource = version.resource
    version.delete()
    if resource.versions.exists():
        ask_along(resource, [])
        return resource
    resource.delete()
    return None


def clear_ownerless():
    """Concepts of which nobody is left who could see them go, with their files. Each night; returns how many."""
    known = Author.everyone.filter(person__isnull=False).values("resource")
    rows = Resource.objects.filter(state=State.CONCEPT, current=None).exclude(pk__in=known)
    return sum(_clear(pk) for pk in rows.values_list("pk", flat=True))


@transaction.atomic
def _clear(pk):
    from knowledgehub.actions import files

    resource = hold(pk)
    files.forget(ResourceFile.objects.filter(version__resource=resource))
    resource.delete()
    return 1
