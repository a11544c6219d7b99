"""What a connector finds: themes and public blurbs of a network's PLGs, and experts. Never a question, member or page.

The rows are made from the columns that may be seen and from no others, so that no
template can show more by accident.
"""

from dataclasses import dataclass

from django.db.models import Q

from communities.choices import LEADING, Listed, State, Theme
from communities.likeness import alike
from communities.models import Community, Introduction, Membership
from core.text import sort_key
from organisations.choices import Function
from organisations.models import Affiliation, Network

COLUMNS = ("pk", "name", "theme", "blurb", "owner_school__name", "owner_board__name", "owner_network__name")


@dataclass(frozen=True)
class Card:
    """A PLG as others may know it."""

    pk: int
    name: str
    theme: str
    blurb: str
    place: str

    def __str__(self):
        return self.name

    @property
    def theme_label(self):
        return Theme(self.theme).label

    @property
    def text(self):
        """What likeness is asked of."""
        return f"{self.name} {self.blurb}"


def in_reach(network):
    """The PLGs of a network, its boards and its schools: going on, and listed somewhere by their own choice."""
    boards = Network.boards.through.objects.filter(network=network).values("board")
    schools = Network.schools.through.objects.filter(network=network).values("school")
    return Community.objects.filter(
        Q(owner_network=network) | Q(board__in=boards) | Q(owner_school__in=schools),
        state__in=[State.RECRUITING, State.ACTIVE, State.RESTING],
    ).exclude(listed=Listed.NOBODY)


def cards(network, words="", theme=""):
    """The cards of a network's PLGs that have all these words, by name; one query."""
    rows = in_reach(network)
    if theme in Theme.values:
        rows = rows.filter(theme=theme)
    for word in words.split()[:8]:
        themes = [each for each in Theme if word.casefold() in str(each.label).casefold()]
        rows = rows.filter(Q(sort_name__contains=sort_key(word)) | Q(blurb__icontains=word) | Q(theme__in=themes))
    return [_card(*row) for row in rows.order_by("sort_name", "pk").values_list(*COLUMNS)]


def card_of(community_id):
    """The card of one PLG, wherever it is."""
    return _card(*Community.objects.values_list(*COLUMNS).get(pk=community_id))


def _card(pk, name, theme, blurb, *places):
    return Card(pk, name, theme, blurb, next(filter(None, places), ""))


def who_else(card, others):
    """Who works on the same, as dicts: the card, the shared words, whether the theme is the same, and met already."""
    others = [each for each in others if each.pk != card.pk]
    stands = Introduction.objects.filter(Q(one=card.pk) | Q(other=card.pk), declined_at=None, withdrawn_at=None)
    known = {pk for pair in stands.values_list("one", "other") for pk in pair}
    return [
        {"card": row, "words": words, "same_theme": same, "is_known": row.pk in known}
        for row, words, same in alike(card, others)
    ]


def experts(words=""):
    """People who work as expert at a partner organisation: each with `person`, `partner` and `called`."""
    rows = Affiliation.objects.current().filter(
        partner__isnull=False, function=Function.EXPERT, person__is_active=True, person__joined_at__isnull=False
    )
    for word in words.split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word) | Q(partner__name__icontains=word) | Q(person__sort_name__contains=sort_key(word))
        )
    return rows.select_related("person", "partner").order_by("person__sort_name", "pk")


# An introduction, as each side sees it -------------------------------------------------------------
def sides(introduction, user):
    """On which sides this person may answer: "one", "other", or both."""
    leads = set(
        Membership.objects.active()
        .filter(person=user, role__in=LEADING, community__in=[introduction.one_id, introduction.other_id])
        .values_list("community", flat=True)
    )
    found = ["one"] if introduction.one_id in leads else []
    if introduction.other_id in leads or (introduction.expert_id and introduction.expert_id == user.pk):
        found.append("other")
    return found


def answerers(introduction, side):
    """The people who answer for a side: the facilitators of the PLG, or the expert."""
    if side == "other" and introduction.expert_id:
        return [introduction.expert]
    pk = introduction.one_id if side == "one" else introduction.other_id
    rows = Membership.objects.leading().filter(community=pk, person__is_active=True).select_related("person")
    return [row.person for row in rows.order_by("person__sort_name")]


def shown(introduction, side):
    """What the opposite may know of a side: a PLG's card, or an expert without a name; names once both said yes."""
    if side == "other" and introduction.expert_id:
        row = experts().filter(person=introduction.expert_id).first()
        found = {"title": row.called if row else "", "place": str(row.partner) if row else "", "is_expert": True}
    else:
        card = card_of(introduction.one_id if side == "one" else introduction.other_id)
        found = {"title": card.name, "place": card.place, "theme": card.theme_label, "blurb": card.blurb}
    found["people"] = answerers(introduction, side) if introduction.is_accepted else []
    return found


def mine(network, user):
    """What this connector proposed in this network, the newest first."""
    rows = Introduction.objects.filter(network=network, by=user)
    return rows.select_related("one", "other", "expert").only(
        "network", "at", "one_accepted_at", "other_accepted_at", "declined_at", "withdrawn_at",
        "one__name", "other__name", "expert__name", "expert__email", "by",
    )  # fmt: skip
