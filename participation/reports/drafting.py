"""What the draft of a year report is made of: what happened, in the words of the house; never a case, never a note.

Of minutes only what the members approved counts, and of that only what they marked as decided or learned. A line that
came of a case is left out, so is whatever was written to the facilitators or to oneself.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.meetings import minutes
from communities.meetings.choices import MinutesState
from communities.meetings.models import Meeting, MinutesVersion
from core.templatetags import ui
from core.text import of_the_house
from participation import figures
from participation.reports import behaviour
from participation.reports.models import Report
from participation.reports.registry import parts
from participation.words import hours, school_year
from people.calendar import days_of_school_year

MOST_LINES = 40  # of one kind
LEARNED = "insights"  # the key of the section from which a network's report takes what was learned


def section(key, title, text=""):
    """A section as those of minutes are, so that two hands can write in it at once."""
    return {"key": key, "kind": "step", "title": title[: minutes.LONGEST_TITLE], "text": text[: minutes.LONGEST_TEXT]}


def of_plg(community, year):
    """The sections of the draft of a PLG. In the language of the house: readers of every language find them."""
    with of_the_house():
        gathered = _gathered(community, year)
        found = [
            section("theme", _("What we worked on"), _theme(community)),
            section("dates", _("When we met"), _dates(community, year)),
            section("decisions", _("What we decided"), _bullets(gathered["decisions"])),
            section(LEARNED, _("What we learned"), _learned(community, gathered["insights"])),
        ]
        for build in parts.values():
            found += [section(*part) for part in build(community, year)]
        if said := behaviour.hours(community, year):
            found.append(section("hours", _("Time"), _("Together we learned for %(hours)s.") % {"hours": said}))
        return [*found, section("ahead", _("What we go on with"))]


def _theme(community):
    lines = [_("Theme: %(theme)s.") % {"theme": community.get_theme_display()}, community.question.strip()]
    if community.ambition.strip():
        lines.append(_("Our ambition for the school: %(ambition)s") % {"ambition": community.ambition.strip()})
    return "\n\n".join(line for line in lines if line)


def _dates(community, year):
    days = (
        Meeting.objects.past()
        .filter(community=community, held_on__range=days_of_school_year(year))
        .order_by("held_on")
        .values_list("held_on", flat=True)
    )
    if not days:
        return ""
    count = ngettext("We met %(n)d time:", "We met %(n)d times:", len(days)) % {"n": len(days)}
    said = f"{count} {', '.join(ui.day(day) for day in days)}."
    return "\n\n".join(line for line in (said, behaviour.attendance(community, year)) if line)


def _gathered(community, year):
    """{"decisions": lines, "insights": lines} of the minutes of that year that the members approved, no cases."""
    versions = MinutesVersion.objects.filter(
        minutes__state=MinutesState.APPROVED,
        minutes__meeting__community=community,
        minutes__meeting__held_on__range=days_of_school_year(year),
    ).order_by("minutes__meeting__held_on", "minutes__meeting__starts")
    found = {"decisions": [], "insights": []}
    for sections, number, counts in versions.values_list("sections", "number", "minutes__number"):
        for each in sections if number == counts else ():
            if each["kind"] in found and not each.get("case"):
                found[each["kind"]] += minutes.bullets(each["text"])
    return {kind: list(dict.fromkeys(lines))[:MOST_LINES] for kind, lines in found.items()}


def _bullets(lines):
    return "\n".join(f"- {line}" for line in lines)


def _learned(community, insights):
    return "\n\n".join(text for text in (community.outcome.strip(), _bullets(insights)) if text)


# Of a network -------------------------------------------------------------------------------------


def of_network(network, year, reports):
    """The sections of a network's draft: what the released reports of its PLGs say they learned."""
    with of_the_house():
        count = ngettext(
            "This report is made of that of %(n)d PLG.", "This report is made of those of %(n)d PLGs.", len(reports)
        ) % {"n": len(reports)}
        found = [
            section("intro", _("The year %(year)s in short") % {"year": school_year(year)}, count),
            section("figures", _("In figures"), _figures(network, year)),
            *(section(key_of(report), report.community.name, _from(report)) for report in reports),
            section("ahead", _("What we go on with")),
        ]
        return [each for each in found if each["text"] or each["key"] == "ahead"]


def key_of(report):
    """The key of the section in which a network's report tells of this one."""
    return f"plg-{report.pk}"


def _figures(network, year):
    found = figures.of(figures.Place("network", network.pk, network.name), year)
    lines = []
    if found.minutes:
        said = {"hours": hours(found.minutes)}
        lines.append(_("In the schools of our boards people learned together for %(hours)s.") % said)
    if found.attendance:
        lines.append(_("At the meetings %(share)s of who was expected came.") % {"share": found.attendance})
    return " ".join(lines)


def _from(report):
    """What a PLG says that it worked on, learned and goes on with, as it stands in what it released."""
    kept = {each["key"]: each["text"].strip() for each in report.current.sections}
    return "\n\n".join(kept[key] for key in ("theme", LEARNED, "ahead") if kept.get(key))


# Names --------------------------------------------------------------------------------------------


def people_in(report):
    """Of everybody who takes or took part: who is named in the text, by her whole or her first name."""
    text = "\n".join(f"{each['title']}\n{each['text']}" for each in report.current.sections)
    rows = report.community.memberships.exclude(person=None).select_related("person").order_by("person__sort_name")
    return [row.person for row in rows if any(_says(text, name) for name in {row.person.name, row.person.first_name})]


def _says(text, name):
    return bool(name) and re.search(rf"\b{re.escape(name)}\b", text) is not None


def why_nothing(network, year):
    """Why a network's report cannot be drafted yet."""
    if Report.objects.reaching(network, year).exists():
        return ""
    return _("No PLG of this network has released a report of %(year)s yet.") % {"year": school_year(year)}
