"""The logbook: one's own as a time line, one entry, writing and sharing; that of a PLG; on paper."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from activity import references
from communities import logbook as seams
from communities import logbook_paper, registry
from communities.actions import logbook as actions
from communities.choices import State
from communities.logbook_forms import EntryForm, PaperForm, ShareForm
from communities.models import Community, LogbookEntry, LogbookPhoto
from communities.rules import standing
from core import names, pdf, streams
from core.files.serving import serve
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.text import number
from organisations.hours import school_year

PER_PAGE = 20


def logbook(request):
    """One's own logbook as a time line, by PLG, school year or words."""
    own = LogbookEntry.objects.own(request.user)
    wishes = _wishes(request)
    rows = _wished(own.for_list(request.user), wishes).newest_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    _with_references(page.object_list, request.user)
    context = {
        "page": page,
        "wishes": wishes,
        "query": f"&{urlencode(wishes)}" if wishes else "",
        "plgs": _plg_chips(own, wishes),
        "years": _year_chips(own, wishes),
        "offers": seams.offers(request.user),
        "paper": PaperForm(),
    }
    return render(request, "communities/logbook.html", context)


def _wishes(request):
    """What was asked for, without what makes no sense."""
    asked = request.GET
    found = {"q": asked.get("q", "").replace("\0", "").strip()[:100]}
    found |= {name: number(asked.get(name, ""), "") for name in ("plg", "year")}
    if found["year"] and not 1900 < found["year"] < 3000:
        found["year"] = ""
    return {name: value for name, value in found.items() if value}


def _wished(rows, wishes):
    rows = rows.with_words(wishes.get("q", ""))
    if plg := wishes.get("plg"):
        rows = rows.filter(community=plg)
    if year := wishes.get("year"):
        rows = rows.filter(happened_on__gte=f"{year}-08-01", happened_on__lt=f"{year + 1}-08-01")
    return rows


def _plg_chips(own, wishes):
    named = own.exclude(community=None).order_by("community__name").values_list("community", "community__name")
    return _chips("plg", named.distinct(), wishes, _("All"))


def _year_chips(own, wishes):
    years = {school_year(day) for day in own.dates("happened_on", "month")}
    return _chips(
        "year", [(year, f"{year}–{year + 1}") for year in sorted(years, reverse=True)], wishes, _("All years")
    )


def _chips(name, found, wishes, everything):
    """Filters of one kind, the others kept; none where there is nothing to choose."""
    found = list(found)
    if len(found) < 2 and name not in wishes:
        return []
    others = {key: value for key, value in wishes.items() if key != name}
    return [
        {
            "label": label,
            "url": "?" + urlencode(others | ({name: value} if value else {})),
            "current": wishes.get(name, "") == value,
        }
        for value, label in [("", everything), *found]
    ]


def _with_references(entries, user):
    found = references.of(entries, user) if entries else {}
    for entry in entries:
        entry.about = found.get(entry.pk, [])
        entry.is_mine = entry.person_id == user.pk


def plg_logbook(request, pk):
    """What the members of a PLG wrote in their common logbook, and what they shared out of their own."""
    community = get_or_refuse(Community.objects.for_inside(request.user), "take_part", pk=pk)
    rows = LogbookEntry.objects.for_list(request.user).readable_in(community).newest_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    _with_references(page.object_list, request.user)
    context = {
        "community": community,
        "tabs": registry.tabs_of(community, request.user, "logbook"),
        "page": page,
        "readers": _readers_of(community),
        "stream_url": streams.of_page(request.user, f"community:{community.pk}"),
    }
    return render(request, "communities/logbook_of_plg.html", context)


def entry(request, pk):
    """One entry, with who reads it."""
    row = _entry(request, pk, "view")
    deeds = [deed for build in registry.entry_deeds.values() if (deed := build(row, request.user))]
    return render(request, "communities/logbook_entry.html", _context(request, row) | {"deeds": deeds})


def _entry(request, pk, power):
    rows = LogbookEntry.objects.for_list(request.user).with_powers(request.user, "share")
    return get_or_refuse(rows, power, pk=pk)


def _context(request, entry):
    _with_references([entry], request.user)
    return {"entry": entry, "readers": _readers(request.user, entry)}


def _readers(user, entry):
    """Who can read an entry, in a sentence."""
    if not entry.is_shared:
        return _("Only you see this.")
    return _readers_of(entry.community)


def _readers_of(community):
    count = community.memberships.seated().count()
    words = ngettext(
        "The one member of %(plg)s sees this. No leader and no administrator does.",
        "The %(n)d members of %(plg)s see this. No leader and no administrator does.",
        count,
    )
    return words % {"n": count, "plg": community.name}


def write_entry(request):
    """A new entry in one's own logbook, perhaps begun elsewhere."""
    start = seams.take(request.user, request.GET.get("start", ""))
    form = EntryForm(
        *_posted(request),
        user=request.user,
        communities=_my_plgs(request.user),
        initial=_initial(request, start),
    )
    if request.method == "POST" and form.is_valid():
        deed = form.deed
        deed["photos"] = [*deed["photos"], *actions.photos_of(start)]
        if made := attempt(form, actions.write_entry, request.user, **deed):
            messages.success(request, _("It is in your logbook. Only you see it."))
            names.remark(request, form, reverse("communities:edit_entry", args=[made.pk]))
            return redirect(made)
    context = {
        "readers": _("Only you see this, until you share it."),
        "offers": [] if start or form.is_bound else seams.offers(request.user),
        "start": start,
        "back": reverse("communities:logbook"),
        "draft": f"logbook-{start.key}" if start else "logbook-new",
    }
    return _page(request, "communities/logbook_write.html", form, **context)


def _posted(request):
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _initial(request, start):
    if start is None:
        plg = number(request.GET.get("plg", ""))
        return {"community": plg} if plg else {}
    about = references.as_reference(start.about).key
    return {"happened_on": start.happened_on, "community": start.community_id, "about": about, **start.words}


def _my_plgs(user):
    """Where she takes part and which go on."""
    return Community.objects.filter(pk__in=standing(user).member_of).exclude(state=State.CLOSED).order_by("name")


def write_plg_entry(request, pk):
    """A new entry in the common logbook of a PLG."""
    community = get_or_refuse(Community.objects.for_inside(request.user), "take_part", pk=pk)
    if community.is_closed:
        raise Refused(_("This PLG is completed. Its logbook stays as it is."))
    form = EntryForm(*_posted(request), user=request.user, communities=[], of_plg=community)
    if request.method == "POST" and form.is_valid():
        deed = form.deed | {"community": community, "of_the_plg": True}
        if made := attempt(form, actions.write_entry, request.user, **deed):
            messages.success(request, _("It is in the logbook of the PLG."))
            names.remark(request, form, reverse("communities:edit_entry", args=[made.pk]))
            return redirect(made)
    context = {
        "readers": _readers_of(community),
        "community": community,
        "back": reverse("communities:plg_logbook", args=[pk]),
        "draft": f"logbook-plg-{pk}",
    }
    return _page(request, "communities/logbook_write.html", form, **context)


def edit_entry(request, pk):
    """Change what one wrote."""
    entry = _entry(request, pk, "edit")
    if reason := entry.why_not_edit:
        raise Refused(reason)
    form = EntryForm(*_posted(request), instance=entry, user=request.user, communities=_my_plgs(request.user))
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, actions.edit_entry, entry, by=request.user, **form.change):
        messages.success(request, _("Changed."))
        names.remark(request, form, request.path)
        return redirect(entry)
    context = {
        "entry": entry,
        "readers": _readers(request.user, entry),
        "back": entry.get_absolute_url(),
        "draft": f"logbook-entry-{pk}",
    }
    return _page(request, "communities/logbook_write.html", form, **context)


@require_POST
def keep_entry(request, name, pk):
    """With one tap: what she said elsewhere becomes an entry of her own."""
    start = seams.take(request.user, f"{name}:{pk}")
    if start is None:
        raise Http404
    made = actions.keep_entry(start, by=request.user)
    messages.success(request, _("It is in your logbook. Only you see it."))
    return redirect(made)


def share_entry(request, pk):
    """First who will read it, then it is shared."""
    entry = _entry(request, pk, "share")
    if reason := entry.why_not_share:
        raise Refused(reason)
    communities = _my_plgs(request.user).with_seats().annotate(others=F("size") - 1)
    form = ShareForm(request.POST or None, communities=communities, initial={"community": entry.community_id})
    if request.method == "POST" and form.is_valid():
        community = form.cleaned_data["community"]
        if attempt(form, actions.share_entry, entry, by=request.user, community=community):
            messages.success(request, _("The members of %(plg)s can read it now.") % {"plg": community.name})
            return redirect(entry)
    return _page(request, "communities/logbook_share.html", form, entry=entry, communities=communities)


@require_POST
def take_back_entry(request, pk):
    """Only she reads it again."""
    entry = _entry(request, pk, "share")
    actions.take_back_entry(entry, by=request.user)
    messages.success(request, _("You took it back. Only you see it."))
    return redirect(entry)


def delete_entry(request, pk):
    """First what goes away, then it goes."""
    entry = _entry(request, pk, "edit")
    if reason := entry.why_not_edit:
        raise Refused(reason)
    if request.method == "POST":
        actions.delete_entry(entry, by=request.user)
        messages.success(request, _("The entry is deleted."))
        if entry.is_of_the_plg:
            return redirect("communities:plg_logbook", entry.community_id)
        return redirect("communities:logbook")
    return render(request, "communities/logbook_delete.html", _context(request, entry))


def logbook_photo(request, pk):
    """A photo, for whoever reads the entry."""
    photo = LogbookPhoto.objects.filter(pk=pk).first()
    if photo is None:
        raise Http404
    get_or_refuse(LogbookEntry.objects.for_page(request.user), pk=photo.entry_id)
    if not photo.image.storage.exists(photo.image.name):
        raise Http404
    return serve(request, photo.image, name=f"{_('photo')}-{pk}.jpg", media_type="image/jpeg")


def logbook_pdf(request):
    """One's own logbook of some time on paper: a tagged PDF."""
    form = PaperForm(request.GET)
    if not form.is_valid():
        raise Refused(_("Choose a first and a last day, in that order. Or leave both empty."))
    rows = LogbookEntry.objects.own(request.user).for_list(request.user)
    paper = logbook_paper.of(rows, request.user, **form.cleaned_data)
    return pdf.answer("logbook", paper.data, pictures=paper.pictures, name=_("my logbook"))


def _page(request, template, form, **context):
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
