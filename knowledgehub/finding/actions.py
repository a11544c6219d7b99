"""Keep a search, let it go; say which words mean the same; tell what is new."""

from functools import partial

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.night import each_by_itself
from core.refusals import Refused
from knowledgehub.finding import alerts
from knowledgehub.finding.models import SavedSearch, Synonym

MOST_SAVED = 30


@transaction.atomic
def save_search(query, title, *, by):
    """What is new for these words comes in her PLG letter. Saving it twice leaves the first standing."""
    if SavedSearch.objects.filter(person=by).count() >= MOST_SAVED:
        raise Refused(_("You keep %(n)d searches already. Remove one first.") % {"n": MOST_SAVED})
    search, is_new = SavedSearch.objects.get_or_create(person=by, query=query, defaults={"title": title[:200]})
    if is_new:
        record("finding.search_saved", by=by, about=search)
    return search


@transaction.atomic
def remove_search(search, *, by):
    """Nothing is told about it any more."""
    search.delete()
    record("finding.search_removed", by=by)


@transaction.atomic
def set_synonym(words, *, by, synonym=None):
    """Who searches for one of these words finds the others."""
    synonym = synonym or Synonym()
    synonym.words, synonym.changed_by, synonym.changed_at = words, by, now()
    synonym.save()
    record("finding.synonym_set", by=by, about=synonym, words=synonym.words)
    return synonym


@transaction.atomic
def remove_synonym(synonym, *, by):
    """These words mean each their own again."""
    record("finding.synonym_removed", by=by, words=synonym.words)
    synonym.delete()


def tell_new():
    """Every night: who saved a search hears what was published since."""
    ids = SavedSearch.objects.filter(person__is_active=True).order_by("pk").values_list("pk", flat=True)
    each_by_itself(*(partial(_tell, pk) for pk in ids))


@transaction.atomic
def _tell(pk):
    search = SavedSearch.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if search is None:
        return
    if rows := alerts.new_for(search.person, search):
        ids = [row.pk for row in rows[: alerts.MOST_TOLD]]
        record("finding.found", about=search, tell=[search.person], count=len(rows), resources=ids)
        # not until now: what is being published at this moment bears an earlier one, and is told the next night
        SavedSearch.objects.filter(pk=pk).update(told_until=max(row.published_at for row in rows))
