"""What the platform's administrators decide of harvested libraries."""

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from knowledgehub.models import Collection
from knowledgehub.outside.models import HarvestSource


@transaction.atomic
def add_source(*, by, name, url, set_spec, network):
    """Begin to harvest a library, into a new collection of this network. Nothing is fetched yet."""
    collection = Collection.objects.create(network=network, name=name, created_by=by)
    try:
        with transaction.atomic():
            source = HarvestSource.objects.create(
                name=name, url=url, set_spec=set_spec, collection=collection, created_by=by
            )
    except IntegrityError:
        raise Refused(_("This library is harvested already."), "url") from None
    record("outside.added", by=by, about=source)
    return source


@transaction.atomic
def pause_source(source, *, by):
    """Leave a library alone from now on; what came of it stays. A second time: go on."""
    source = HarvestSource.objects.select_for_update().get(pk=source.pk)
    source.paused_at = None if source.paused_at else now()
    source.save(update_fields=["paused_at"])
    record("outside.paused" if source.paused_at else "outside.resumed", by=by, about=source)
    return source
