"""What somebody keeps at hand: saved, followed themes, collections."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.choices import Theme
from communities.models import Community
from communities.rules import standing
from core.models import FETCH_MODE, get_or_refuse
from core.refusals import attempt
from core.views import private
from knowledgehub import experiences, near, registry, rules
from knowledgehub.actions import collecting as deeds
from knowledgehub.forms.using import CollectionForm, LayInForm, NoteForm, ThemeForm
from knowledgehub.models import Collection, CollectionItem, FollowedTheme, Resource
from knowledgehub.shell import home
from knowledgehub.views.using import resource_of
from organisations.models import Network
from organisations.rules import standing as at_work

PER_PAGE = 20


def hub():
    """Where the KennisHub begins, for the way back."""
    return {"hub_url": reverse(home())}


@require_POST
def save(request, pk):
    """Keep it at hand, or no longer."""
    row = resource_of(request, pk)
    is_saved = deeds.save(row, by=request.user)
    if request.htmx:
        return render(request, "knowledgehub/save.html", {"resource": row, "is_saved": is_saved})
    messages.success(request, _("Saved.") if is_saved else _("No longer saved."))
    return redirect(row)


def saved(request):
    """What she saved, the latest first; what she may not see any more is not shown."""
    rows = Resource.objects.for_cards(request.user).filter(saved_by__person=request.user)
    page = Paginator(rows.order_by("-saved_by__at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "knowledgehub/saved.html", {"page": page, "cards": cards(page.object_list)} | hub())


def cards(resources):
    """Resources with the sentence of how they were used."""
    for row in resources:
        row.used_said = experiences.said(row)
    return resources


def themes(request):
    """Follow a theme; what is new in those that she follows."""
    followed = set(FollowedTheme.objects.filter(person=request.user).values_list("theme", flat=True))
    found = Resource.objects.found_by(request.user)
    counted = dict(found.exclude(theme="").values_list("theme").annotate(n=Count("pk")).order_by())
    rows = Resource.objects.for_cards(request.user).found_by(request.user).filter(theme__in=followed)
    context = {
        "themes": [
            {"key": key, "label": label, "count": counted.get(key, 0), "is_followed": key in followed}
            for key, label in sorted(Theme.choices, key=lambda each: each[0] not in followed)
        ],
        "cards": cards(list(rows.order_by("-published_at", "-pk")[:PER_PAGE])) if followed else [],
    } | hub()
    return render(request, "knowledgehub/themes.html", context)


@private
def finds(request):
    """New in her themes: a card for her home page, which asks for it once it stands; nothing where nothing is new."""
    return render(request, "knowledgehub/finds.html", {"finds": near.at_home(request.user)} | hub())


@require_POST
def follow_theme(request):
    """Hear what is new of it, or no longer."""
    form = ThemeForm(request.POST)
    if form.is_valid():
        theme = Theme(form.cleaned_data["theme"])
        if deeds.follow_theme(theme, by=request.user):
            messages.success(request, _("You follow %(theme)s. What is new comes in your PLG letter.") % {
                "theme": theme.label
            })  # fmt: skip
        else:
            messages.success(request, _("You follow %(theme)s no longer.") % {"theme": theme.label})
    return redirect("knowledgehub:themes")


# Collections --------------------------------------------------------------------------------------


def collections(request):
    """Her own, those of her PLGs and networks."""
    user = request.user
    mine, work = standing(user), at_work(user)
    near_her = Q(person=user) | Q(community__in=mine.member_of | mine.reads_on) | Q(network__in=work.networks)
    rows = Collection.objects.for_list(user).filter(near_her)
    page = Paginator(_with_counts(rows, user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "knowledgehub/collections.html", {"page": page} | hub())


def _with_counts(rows, user):
    """Each with how many things in it she sees."""
    seen = Resource.objects.allowing(user, "view").order_by().values("pk")
    return rows.annotate(size=Count("items", filter=Q(items__resource__in=seen)))


def _owners(user):
    """(those for whom she can begin a collection by key, the choices of the form)."""
    plgs = Community.objects.filter(pk__in=standing(user).member_of).living().order_by("sort_name", "pk")
    networks = Network.objects.filter(pk__in=at_work(user).connects).order_by("name", "pk")
    found = {"": None}
    found |= {f"plg-{each.pk}": each for each in plgs} | {f"network-{each.pk}": each for each in networks}
    return found, [(key, each.name if each else _("my own")) for key, each in found.items()]


def begin_collection(request):
    """A new one."""
    owners, choices = _owners(request.user)
    asked = request.GET.get("of", "")
    form = CollectionForm(
        request.POST or None,
        owners=choices,
        initial={"of": asked} if asked in owners else {},
        use_required_attribute=True,
    )
    if "of" in form.fields:
        form.fields["of"].required = False
    if form.is_bound and form.is_valid():
        said = dict(form.cleaned_data)
        of = owners.get(said.pop("of", ""))
        if row := attempt(form, deeds.begin_collection, by=request.user, of=of, **said):
            return redirect(row)
    context = {"form": form, "collection": None}
    return render(request, "knowledgehub/collection_form.html", context, status=422 if form.is_bound else 200)


def _collection(request, pk, power):
    return get_or_refuse(Collection.objects.for_list(request.user), power, pk=pk)


@login_not_required
def collection(request, pk):
    """One collection in its order: of what is in it, everybody sees what she may see anyway."""
    row = _collection(request, pk, "view")
    seen = Resource.objects.for_cards(request.user)
    items = row.items.order_by("position", "pk").prefetch_related(Prefetch("resource", seen)).fetch_mode(FETCH_MODE)
    page = Paginator(
        items.filter(resource__in=Resource.objects.allowing(request.user, "view").order_by().values("pk")), 50
    ).get_page(request.GET.get("page"))
    cards([item.resource for item in page.object_list])
    may_keep = row.can_keep and not (row.community and row.community.why_not_add)
    base = "shell.html" if request.user.is_authenticated else "public.html"
    heads = [build(row, request) for build in registry.collection_heads.values()]
    context = {
        "collection": row,
        "page": page,
        "may_keep": may_keep,
        "page_base": base,
        "heads": heads,
        "feeds": [url for build in registry.collection_feeds.values() if (url := build(row))],
    } | hub()
    return render(request, "knowledgehub/collection.html", context)


def edit_collection(request, pk):
    """Another name or purpose; open to the web."""
    row = _collection(request, pk, "keep")
    form = CollectionForm(request.POST or None, instance=row)
    if (
        form.is_bound
        and form.is_valid()
        and attempt(form, deeds.edit_collection, row, by=request.user, **form.cleaned_data)
    ):
        return redirect(row)
    context = {"form": form, "collection": row}
    return render(request, "knowledgehub/collection_form.html", context, status=422 if form.is_bound else 200)


def remove_collection(request, pk):
    """Away with it, after a page that says what stays."""
    row = _collection(request, pk, "keep")
    if request.method == "POST":
        deeds.remove_collection(row, by=request.user)
        messages.success(request, _("The collection is removed. What lay in it stands where it stood."))
        return redirect("knowledgehub:collections")
    return render(request, "knowledgehub/remove_collection.html", {"collection": row})


def collect(request, pk):
    """Lay a resource into a collection, or into a new one of her own."""
    row = resource_of(request, pk)
    mine = Collection.objects.filter(rules.keep_collection(request.user)).order_by("sort_name", "pk")
    kept = list(mine[: deeds.MOST_COLLECTIONS])
    form = LayInForm(request.POST or None, collections=kept)
    if form.is_bound and form.is_valid():
        into = attempt(form, _lay_in, request.user, row, form.cleaned_data, kept)
        if into:
            messages.success(request, _("It lies in “%(name)s” now.") % {"name": into.name})
            return redirect(into)
    context = {"resource": row, "form": form}
    return render(request, "knowledgehub/collect.html", context, status=422 if form.is_bound else 200)


def _lay_in(user, resource, said, kept):
    if said["name"]:
        into = deeds.begin_collection(by=user, name=said["name"])
    else:
        into = next(each for each in kept if str(each.pk) == said["collection"])
    deeds.lay_in(into, resource, by=user, note=said["note"])
    return into


def _item(request, pk):
    rows = CollectionItem.objects.for_page(request.user, "keep").select_related("collection", "resource")
    return get_or_refuse(rows, "keep", pk=pk)


def note(request, pk):
    """Why it is there."""
    row = _item(request, pk)
    form = NoteForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid() and attempt(form, deeds.note, row, by=request.user, **form.cleaned_data):
        return redirect(f"{row.collection.get_absolute_url()}#item-{row.pk}")
    context = {"form": form, "item": row, "collection": row.collection}
    return render(request, "knowledgehub/note.html", context, status=422 if form.is_bound else 200)


@require_POST
def shift(request, pk):
    """One place up or down."""
    row = _item(request, pk)
    deeds.shift(row, by=request.user, steps=-1 if "up" in request.POST else 1)
    return redirect(f"{row.collection.get_absolute_url()}#item-{row.pk}")


@require_POST
def take_out(request, pk):
    """Out of the collection."""
    row = _item(request, pk)
    deeds.take_out(row, by=request.user)
    messages.success(request, _("It is taken out of the collection."))
    return redirect(row.collection)
