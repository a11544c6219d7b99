"""What search engines ask: where they may come, and which pages there are."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.links import absolute
from core.robots import let_in
from knowledgehub.models import Collection, Resource

CLOSED = ("/account/", "/stream/", "/technical/")


class _Ours(Sitemap):
    """Under the address of the platform itself, whatever the request calls it."""

    limit = 10_000

    @property
    def protocol(self):
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.BASE_URL).netloc

    def lastmod(self, row):
        return row.changed_at

    def get_latest_lastmod(self):
        return self.items().aggregate(last=Max("changed_at"))["last"]  # not by reading them all


class Resources(_Ours):
    """What stands on the web."""

    def items(self):
        return Resource.objects.on_the_web().order_by("pk").only("pk", "changed_at")


class Collections(_Ours):
    """Collections that were opened to the web."""

    def items(self):
        return Collection.objects.filter(is_public=True).order_by("pk").only("pk", "changed_at")


SECTIONS = {"resources": Resources, "collections": Collections}


@login_not_required
@require_safe
def sitemap_index(request):
    """Which parts there are."""
    return views.index(request, SECTIONS, sitemap_url_name="outside:sitemap_section")


@login_not_required
@require_safe
def sitemap_section(request, section):
    """One part."""
    return views.sitemap(request, SECTIONS, section)


@login_not_required
@require_safe
def robots(request):
    """Search engines may read on; of each page we say whether they may keep it."""
    let_in(request)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {absolute(reverse('outside:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
