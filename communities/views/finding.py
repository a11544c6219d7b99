"""Finding PLGs: one's own, and those one could join."""

from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from communities.choices import MembershipState, Theme
from communities.forms import SearchForm
from communities.models import Community, Membership, with_tags
from communities.places import owners_for

ON_A_PAGE = 20
PENDING = (MembershipState.INVITED, MembershipState.OFFERED, MembershipState.REQUESTED, MembershipState.WAITING)


def index(request):
    """Where she takes part, what she was asked for, and what she waits for."""
    rows = list(
        Membership.objects.filter(person=request.user, state__in=[MembershipState.ACTIVE, *PENDING]).order_by(
            "community__sort_name", "pk"
        )
    )
    communities = {
        community.pk: community
        for community in Community.objects.for_cards(request.user).filter(pk__in=[row.community_id for row in rows])
    }
    rows = [row for row in rows if row.community_id in communities]
    for row in rows:
        row.plg = communities[row.community_id]
    return render(
        request,
        "communities/index.html",
        {
            "mine": [row for row in rows if row.state == MembershipState.ACTIVE and not row.plg.is_closed],
            "past": [row for row in rows if row.state == MembershipState.ACTIVE and row.plg.is_closed],
            "asked": [row for row in rows if row.state in (MembershipState.INVITED, MembershipState.OFFERED)],
            "waiting": [row for row in rows if row.state in (MembershipState.REQUESTED, MembershipState.WAITING)],
        },
    )


def directory(request):
    """What she may find, by theme, level, words and free seats."""
    wishes = SearchForm(request.GET).wishes
    listed = Community.objects.for_cards(request.user).allowing(request.user, "listed").living()
    found = listed
    if theme := wishes.get("theme"):
        found = found.filter(theme=theme)
    if level := wishes.get("level"):
        found = found.filter(levels__icontains=level)
    if words := wishes.get("q"):
        found = found.search(words)
    if wishes.get("seats"):
        found = found.open_for_members()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = with_tags(page.object_list)
    return render(
        request,
        "communities/directory.html",
        {
            "page": page,
            "wishes": wishes,
            "chips": _chips(wishes, set(listed.order_by().values_list("theme", flat=True).distinct())),
            "query": _query(wishes),
            "may_start": page.paginator.count == 0 and bool(owners_for(request.user)),
        },
    )


def _chips(wishes, themes):
    """Free seats, levels and the themes there are: each a link that turns it on or off and leaves the other wishes."""
    chips = [
        {
            "label": _("Free seats"),
            "url": f"?{_query(wishes, seats='' if wishes.get('seats') else 'on')[1:]}",
            "current": bool(wishes.get("seats")),
        }
    ]
    if level := wishes.get("level"):
        chips.append({"label": level, "url": f"?{_query(wishes, level='')[1:]}", "current": True})
    for theme in Theme:
        if theme not in themes:
            continue
        on = wishes.get("theme") == theme
        chips.append(
            {
                "label": theme.label,
                "url": f"?{_query(wishes, theme='' if on else theme.value)[1:]}",
                "current": on,
            }
        )
    return chips


def _query(wishes, **other):
    """The wishes as the rest of an address: "&theme=maths&seats=on"."""
    query = QueryDict(mutable=True)
    for name, value in ({**wishes, **other}).items():
        if value:
            query[name] = "on" if value is True else value
    return f"&{query.urlencode()}"
