"""What colleagues tell of a resource, as pages and cards show it."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.ui import away, upfirst
from core.time import today
from knowledgehub.choices import Again
from knowledgehub.models import Experience
from people.choices import FACE

MOST_ON_PAGE = 3
PER_PAGE = 20

FIGURES = """SELECT count(*), count(DISTINCT person_id) + count(*) FILTER (WHERE person_id IS NULL),
    count(*) FILTER (WHERE again = 'yes'), count(*) FILTER (WHERE is_adapted),
    percentile_disc(0.5) WITHIN GROUP (ORDER BY minutes), max(used_on)
    FROM knowledgehub_experience WHERE resource_id = %s"""


@dataclass(frozen=True)
class Figures:
    """What all of it comes to: how often, by how many people, and the four that stand above the list."""

    times: int
    people: int
    again: int
    adapted: int
    minutes: int | None
    last_on: date | None

    @property
    def title(self):
        """With how many colleagues; where somebody used it twice, how often."""
        if self.times != self.people:
            return ngettext("So it went, %(n)s time", "So it went, %(n)s times", self.times) % {"n": self.times}
        return ngettext("So it went with %(n)s colleague", "So it went with %(n)s colleagues", self.people) % {
            "n": self.people
        }

    @property
    def shown(self):
        """[(figure, what it says)]: two counts of all, how long it took mostly, when last."""
        of = _("%(some)s of %(all)s")
        rows = [
            (of % {"some": self.again, "all": self.times}, _("do it again")),
            (of % {"some": self.adapted, "all": self.times}, _("adapted it")),
        ]
        if self.minutes:
            rows.append((_("%(n)s min") % {"n": self.minutes}, _("is how long it mostly took")))
        if self.last_on:
            shown = date_format(self.last_on, "j F" if self.last_on.year == today().year else "j F Y")
            rows.append((shown, _("was the last time")))
        return rows


def figures(resource):
    """One query. With what was told by people who left, too."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, [resource.pk])
        return Figures(*cursor.fetchone())


def of(resource, user):
    """What this user reads of it, the latest first; rows know whether she may change or remove them."""
    rows = Experience.objects.for_page(user, "edit", "remove").filter(resource=resource)
    return rows.select_related("person", "school").naming(person=FACE, school=["name"])


def said(resource):
    """The sentence of a card: "6 do it again, 5 adapted it. Last 3 weeks ago in group 6". Empty where nobody told."""
    if not resource.used:
        return ""
    counts = {"again": resource.used_again, "adapted": resource.used_adapted, "n": resource.used}
    parts = []
    if resource.used_again:
        parts.append(ngettext("%(again)s does it again", "%(again)s do it again", resource.used_again) % counts)
    if resource.used_adapted:
        parts.append(ngettext("%(adapted)s adapted it", "%(adapted)s adapted it", resource.used_adapted) % counts)
    if not parts:
        parts.append(ngettext("used %(n)s time", "used %(n)s times", resource.used) % counts)
    last = {"when": away(resource.used_last_on), "where": resource.used_last_in}
    last_said = _("Last %(when)s in %(where)s.") if resource.used_last_in else _("Last %(when)s.")
    return f"{upfirst(', '.join(parts))}. {last_said % last}"


#: How it looks what somebody said about next time.
LOOKS = {
    Again.YES: {"kind": "yes", "icon": "check"},
    Again.DOUBT: {"kind": "half", "icon": "help"},
    Again.NO: {"kind": "out", "icon": "x"},
}


def drawn(rows, resource):
    """The same rows with all that their list shows."""
    makers = set(resource.authors.values_list("person", flat=True)) if rows else set()
    for row in rows:
        row.next_time = LOOKS[row.again] | {"label": row.get_again_display()}
        row.is_maker = row.person_id in makers and row.person_id is not None
    return rows
