"""What stands in the letters of many people: as many queries for five hundred readers as for one.

Rows of bell and *Vandaag*, what they are about, names of PLGs, choices of pace and the standing of all readers are
fetched at once. The rules are those of the pages, asked in Python (`seen`); the words are made once for all readers
of a language, but for those in which the reader herself occurs.
"""

from collections import defaultdict

from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import asks, marking, paces, words
from activity.choices import Pace
from activity.digest.content import AskLine, Content, Group, Line
from activity.digest.due import Moments
from activity.digest.seen import Subjects
from activity.kinds import NothingToSay, community_pages, its_page, kinds, near
from activity.models import Activity, Ask, Notification
from core import standing
from core.statements import Statement
from core.time import today


def gather(about, person, facts):
    """What stands in this person's letter now. Raises NothingToSay when that is nothing."""
    return gather_many([person])[person.pk]()


def gather_many(people):
    """The same for many: {id of a person: function that returns what the words find, or raises NothingToSay}."""
    return {pk: _variables_of(content) for pk, content in contents_of(people).items()}


def _variables_of(content):
    def variables():
        if content.is_empty:
            raise NothingToSay
        return content.variables()

    return variables


# One query, because every letter asks this right before it goes out.
STILL = Statement(
    """
SELECT
    (SELECT count(*) FROM activity_notification WHERE id = ANY(%s) AND read_at IS NULL AND in_letter_at IS NULL),
    (SELECT count(*) FROM activity_ask WHERE id = ANY(%s) AND closed_at IS NULL)
""",
    parameters=2,
)


def still_so(context, person):
    """True when all that was gathered is still unread and still asked, and she is where she was."""
    told, asked = context["notifications"], context["open"]
    counted = STILL.rows([told or [0], asked or [0]])[0]
    return counted == (len(told), len(asked)) and standing.is_as_it_was(person)


def contents_of(people):
    """{id of a person: her letter as it is now}."""
    standing.fetch(people)
    told, asked = _told(people), _asked(people)
    wanted = [(person, row, kind) for person in people for _pk, row, kind in told[person.pk]]
    wanted += [(person, row, kind) for person in people for row, kind in asked[person.pk]]
    subjects, said = Subjects(wanted), Said()
    names = words.names_of({row.community_id for _person, row, _kind in wanted})
    moments = Moments(now())
    found = {}
    for person in people:
        with translation.override(person.language):
            found[person.pk] = Content(
                asks=[
                    said.ask(kind, row, person) for row, kind in asked[person.pk] if subjects.shown(person, row, kind)
                ],
                groups=_grouped(
                    (
                        (row.community_id, said.line(kind, row, person, pk))
                        for pk, row, kind in told[person.pk]
                        if subjects.shown(person, row, kind)
                    ),
                    names,
                ),
                next_letter=moments.next_letter_of(person),
            )
        if rows := found[person.pk].notifications:
            found[person.pk].read_url = marking.url_for(person, rows)
    _add_what_is_near([person for person in people if not found[person.pk].is_empty], found)
    return found


def _told(people):
    """What is unread, stood in no letter, and is chosen to come in it: {id of a person: [(id, activity, kind)]}."""
    chosen = paces.choices_of(people)
    rows = Notification.objects.for_letter().filter(person__in=people).select_related(None)
    rows = list(rows.values_list("person_id", "pk", "activity_id"))
    ids = {activity for _person, _pk, activity in rows}
    activities = Activity.objects.select_related("by").in_bulk(ids)
    found, pace = defaultdict(list), {}
    for person, pk, activity in rows:
        row = activities[activity]
        kind = kinds.get(row.kind)
        if kind is None or kind.fixed:
            continue
        key = person, kind.name
        if key not in pace:
            pace[key] = paces.effective(kind, chosen.get(person, {})).pace
        if pace[key] == Pace.LETTER:
            found[person].append((pk, row, kind))
    return found


def _asked(people):
    """What is asked of them now, the most urgent first: {id of a person: [(request, kind)]}."""
    found = defaultdict(list)
    for row in Ask.objects.asked_of(people, today()):
        found[row.person_id].append((row, asks.kind_of(row.kind)))
    return found


def _grouped(lines, names):
    """Lines by PLG, in the order of the first line; the group without a name holds what belongs to none."""
    groups = {}
    for community, line in lines:
        pk = community if community in names else None
        if pk not in groups:
            groups[pk] = Group(names.get(pk, ""), _page_of(pk) if pk else "")
        groups[pk].lines.append(line)
    return list(groups.values())


def _page_of(community):
    return next((page(community) for page in community_pages.values()), "")


def _add_what_is_near(people, contents):
    for find in near.values() if people else ():
        for pk, lines in find(people).items():
            contents[pk].near += lines


class Said:
    """The words of a chunk: made once for all readers of a language, where the reader does not occur in them."""

    def __init__(self):
        self.lines, self.asks, self.urls = {}, {}, {}

    def line(self, kind, activity, person, pk):
        """One line of news in the active language."""
        key = activity.pk, translation.get_language()
        said = self.lines.get(key)
        if said is None:
            context = words.Watched.of(kind, activity, person, by=activity.by)
            said = words.say(kind, "line", context)
            if not context.is_personal:
                self.lines[key] = said
        return Line(said, self._url(kind, activity, person), pk)

    def _url(self, kind, activity, person):
        if kind.url is not its_page:
            return kind.url(activity.about, person, activity.facts)
        if activity.pk not in self.urls:
            self.urls[activity.pk] = its_page(activity.about, person, activity.facts)
        return self.urls[activity.pk]

    def ask(self, kind, ask, person):
        """One request in the active language."""
        key = ask.kind, ask.about_type_id, ask.about_id, ask.community_id, repr(ask.facts), translation.get_language()
        voices = self.asks.get(key)
        if voices is None:
            context = words.Watched.of(kind, ask, person)
            voices = (
                words.say(kind, "ask", context),
                words.say_if_any(kind, "ask_note", context),
                words.say_if_any(kind, "ask_button", context) or _("Open"),
            )
            if not context.is_personal:
                self.asks[key] = voices
        return AskLine(*voices, ask.url, kind.icon, kind.deeds(ask.about, person, ask.facts), ask.pk)
