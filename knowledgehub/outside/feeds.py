"""What is new, in Atom: of everything on the web, of a search, or of one collection that is open to all."""

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from core import dutch
from core.limits import is_too_often
from core.links import absolute
from knowledgehub import rules
from knowledgehub.finding import facets, finding
from knowledgehub.models import Collection, CollectionItem, Resource
from knowledgehub.outside.oai.formats import address_of, clean, names_of
from knowledgehub.shell import home

MOST, LONGEST = 50, 200


def _asks_too_often(address):
    most = settings.SEARCHES_A_MINUTE
    return is_too_often("feed", address, most=most) or is_too_often("feeds", "", most=10 * most)


class _Resources(Feed):
    """The entries of all our feeds, the same for whoever asks."""

    feed_type = Atom1Feed

    def item_title(self, item):
        return clean(item.title)

    def item_description(self, item):
        return clean(item.summary)

    def item_link(self, item):
        return address_of(item)

    def item_guid(self, item):
        return f"urn:uuid:{item.key}"

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.changed_at

    def item_author_name(self, item):
        return clean(", ".join(names_of(item))) or None

    def item_categories(self, item):
        terms = [term.label for term in item.terms.all()]
        return [clean(each) for each in (item.get_kind_display(), *terms)]

    def item_copyright(self, item):
        return item.licensed.url or str(item.licensed.label)


def _entries(rows):
    return rows.on_the_web().select_related("current").prefetch_related("authors__person", "terms")


class Newest(_Resources):
    """The newest that stand on the web; with the question of a search in its address, what answers that.

    The address of a saved search is its own feed so. It tells everybody what a stranger finds: a program that reads
    feeds is nobody, and its address may be passed on.
    """

    def __call__(self, request, *args, **kwargs):
        """A question costs: one stranger asks so many a minute, and all of them together ten times that."""
        if request.GET and _asks_too_often(get_client_ip(request)):
            return HttpResponse(status=429, headers={"Retry-After": "60"})
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request):
        typed = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
        return typed, dutch.asked(typed, typing=False), facets.chosen(request.GET), request.GET.urlencode()

    def title(self, asked):
        return clean(asked[0]) or _("New in the KennisHub")

    def link(self, asked):
        return absolute(f"{reverse(home())}?{asked[3]}" if asked[3] else reverse(home()))

    def feed_url(self, asked):
        return absolute(f"{reverse('outside:feed')}?{asked[3]}" if asked[3] else reverse("outside:feed"))

    def items(self, asked):
        _typed, question, wishes, _query = asked
        rows = _entries(Resource.objects).order_by("-published_at", "-pk")
        if question or wishes:
            hits = finding.find(AnonymousUser(), question, wishes, only_exact=True).hits
            rows = rows.filter(pk__in=[hit.pk for hit in hits])
        return rows[:MOST]


class CollectionFeed(_Resources):
    """A collection that was opened to the web, in its own order; of what lies in it only what everybody may have."""

    def get_object(self, request, pk):
        return get_object_or_404(Collection, pk=pk, is_public=True)

    def title(self, collection):
        return clean(collection.name)

    def subtitle(self, collection):
        return clean(collection.said)

    def link(self, collection):
        return absolute(collection.get_absolute_url())

    def feed_url(self, collection):
        return absolute(reverse("outside:collection_feed", args=[collection.pk]))

    def items(self, collection):
        laid_in = CollectionItem.objects.filter(rules.of_everyone("resource__"), collection=collection)
        laid_in = laid_in.order_by("position", "pk").select_related("resource__current")
        return [
            item.resource for item in laid_in.prefetch_related("resource__authors__person", "resource__terms")[:MOST]
        ]
