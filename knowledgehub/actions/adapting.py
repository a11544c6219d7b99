"""A version of one's own of what others made: a new resource that names them and says where it came from."""

from django.db import transaction
from django.utils.translation import gettext as _

from activity.journal import record
from core.links import absolute
from core.refusals import Refused
from core.text import of_the_house
from knowledgehub import licences, registry
from knowledgehub.actions import making
from knowledgehub.choices import LICENCES, Audience, Origin, Pupils
from knowledgehub.models import Resource, ResourceFile, ResourceVersion


@transaction.atomic
def adapt(source, *, by, licence=""):
    """Begin a version of her own of this resource: all that is in it, for her alone until she publishes it.

    Who asks twice goes on with the concept there is. Raises Refused when its makers want it to stay as it is, or
    when the licence does not go with theirs.
    """
    source = making.hold(source)
    if reason := source.why_not_adapt:
        raise Refused(reason)
    if begun := begun_by(by, source):
        return begun
    allowed = licences.of_adaptations(source.licence)
    licence = licence or allowed[0]
    if licence not in allowed:
        raise Refused(_("This licence does not go with that of the makers. Choose another."), "licence")
    last = ResourceVersion.objects.get(pk=source.current_id)
    with of_the_house():
        says = attribution(source, last)
    version = making.begin(
        by=by,
        title=source.title,
        kind=source.kind,
        theme=source.theme,
        language=source.language,
        audience=Audience.PRIVATE,
        origin=Origin.OPEN,
        origin_says=says[:300],
        # Parents agreed to what the makers did with it; who goes on with it looks anew
        pupils="" if source.pupils == Pupils.CONSENT else source.pupils,
        licence=licence,
        terms=source.terms.all(),
        tags=[tag.name for tag in source.tags.all()],
        **{name: getattr(last, name) for name in making.OF_VERSION - {"title", "licence", "change"}},
    )
    resource = version.resource
    resource.adapted_from, resource.adapted_from_says, resource.adapted_licence = source, says, source.licence
    resource.save(update_fields=["adapted_from", "adapted_from_says", "adapted_licence"])
    copy_files(last, version)
    registry.take_over(last, version)
    record("knowledgehub.adapting", by=by, about=resource, source=source.pk)
    return resource


def begun_by(person, source):
    """The version of her own that she began of this and did not publish yet, or None."""
    rows = Resource.objects.filter(adapted_from=source, current=None, authors__person=person)
    return rows.exclude(state="withdrawn").order_by("pk").first()


def copy_files(was, version):
    """The same stored files, under rows of this version: nothing is stored twice."""
    rows = list(was.files.all())
    for row in rows:
        row.pk, row.version, row._state.adding = None, version, True
    ResourceFile.objects.bulk_create(rows)


def attribution(source, version):
    """The line that names what it was made of: title, makers, licence, address."""
    makers = [str(each.person.name if each.person_id else each.name) for each in source.authors.all()]
    names = _in_a_row([name for name in makers if name] or [_("colleagues")])
    return _("Adapted from ‘%(title)s’ (version %(number)d) by %(makers)s. %(licence)s. %(url)s") % {
        "title": source.title,
        "number": version.number,
        "makers": names if len(names) < 200 else f"{names[:190]}…",
        "licence": LICENCES[source.licence].label,
        "url": absolute(source.get_absolute_url()),
    }


def _in_a_row(names):
    *first, last = names
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
