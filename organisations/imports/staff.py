"""A board's staff list: from the cells of a table to rows, and from rows to what would happen with each.

Reading (`rows_of`) happens once, at upload. Judging (`judge`) is asked anew for every page and once more, under a
lock, before saving: so it always tells how things are now, also when two administrators work at once.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import DO_NOTHING, Q
from django.utils.translation import gettext as _

from core.refusals import Refused
from core.text import one_line, sort_key
from core.time import today
from organisations.choices import Function
from organisations.models import Affiliation
from people.fields import NAME_LENGTH, clean_name
from people.models import User

MOST_ROWS = 5_000
LONGEST_CELL = 320
HEADINGS = {
    "name": {"naam", "name", "volledigenaam", "medewerker", "fullname"},
    "first": {"voornaam", "roepnaam", "firstname"},
    "infix": {"tussenvoegsel", "tussenvoegsels", "voorvoegsel", "infix"},
    "last": {"achternaam", "lastname", "surname"},
    "email": {"email", "emailadres", "mail", "mailadres", "emailaddress", "mailaddress"},
    "school": {"school", "schoolnaam", "vestiging", "vestigingscode", "brin", "brincode", "locatie", "schoolcode"},
    "function": {"functie", "function", "rol", "role"},
    "from": {"vanaf", "from", "begindatum", "startdatum", "indienst", "start"},
    "until": {"tot", "until", "totenmet", "tm", "einddatum", "uitdienst", "end"},
}
WORDS = {
    Function.TEACHER: "leerkracht|leerkrachten|groepsleerkracht|leraar|docent|onderwijzer|vakleerkracht|teacher",
    Function.CARE: "ib'er|ib|iber|intern begeleider|kwaliteitscoordinator|zorgcoordinator|kc'er",
    Function.LEADER: "schoolleider|directeur|school leader|head teacher|locatiedirecteur|rector",
    Function.TEAM_LEADER: "teamleider|bouwcoordinator|adjunct|adjunct-directeur|team leader",
    Function.SUPPORT: "onderwijsondersteuner|onderwijsassistent|leraarondersteuner|teaching assistant|oop",
    Function.STUDENT: "student|stagiair|stagiaire|lio|trainee teacher",
    Function.STAFF: "staf|stafmedewerker|bestuursbureau|beleidsmedewerker|administratie|board staff",
    Function.EXPERT: "expert|gedragsdeskundige|orthopedagoog|specialist|ambulant begeleider",
    Function.GUEST: "gast|guest|vrijwilliger",
}
FUNCTIONS = {word: function for function, words in WORDS.items() for word in words.split("|")}
FORMATS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d-%m-%Y", "%d/%m/%Y", "%d-%m-%y", "%d.%m.%Y")


# Reading ---------------------------------------------------------------------------------------
def rows_of(table):
    """The rows of a table (lists of text, headings first) by our own names of the columns.

    Raises Refused when there is no column with names or none with mail addresses.
    """
    places = _columns(table[0])
    if not ({"name", "last"} & places.keys() and "email" in places):
        raise Refused(
            _(
                "We found no column with names and one with mail addresses. The first line must name them, "
                "like: naam, e-mail, school, functie."
            )
        )
    if len(table) - 1 > MOST_ROWS:
        raise Refused(_("This list has more than %(most)d rows. Split it up.") % {"most": MOST_ROWS})
    return [_row(number, cells, places) for number, cells in enumerate(table[1:], start=1)]


def _columns(headings):
    places = {}
    for place, heading in enumerate(headings):
        word = re.sub(r"[^a-z]", "", sort_key(heading))
        for ours, theirs in HEADINGS.items():
            if word in theirs:
                places.setdefault(ours, place)
    return places


def _row(number, cells, places):
    def cell(name):
        place = places.get(name)
        return one_line(cells[place])[:LONGEST_CELL] if place is not None and place < len(cells) else ""

    parts = [cell(part) for part in ("first", "infix", "last")]
    return {
        "n": number,
        "name": cell("name") or " ".join(filter(None, parts)),
        "email": cell("email").lower(),
        **{name: cell(name) for name in ("school", "function", "from", "until")},
        "answers": {},
    }


# Judging ---------------------------------------------------------------------------------------
@dataclass
class Verdict:
    """What would happen with one row; `question` names what must be answered first."""

    n: int
    name: str
    email: str
    place: str
    function_name: str
    state: str = ""  # new, change, same or ask
    tag: str = ""
    icon: str = ""
    sentence: str = ""
    question: str = ""
    value: str = ""
    school: object = None
    at_board: bool = False
    function: str = ""
    title: str = ""
    from_on: date | None = None
    until_on: date | None = None
    person: object = None
    affiliation: object = None
    is_first: bool = True
    new_address: bool = False
    proves_first: bool = False
    candidates: list = field(default_factory=list)

    def become(self, state, tag, icon, sentence, question=""):
        """Give the verdict its words."""
        self.state, self.tag, self.icon, self.sentence, self.question = state, tag, icon, sentence, question
        return self

    @property
    def asks(self):
        return self.state == "ask"


class Question(Exception):
    """This row must be answered first: which question, in which words, and what was typed."""

    def __init__(self, question, sentence, value=""):
        super().__init__(sentence)
        self.question, self.value = question, value


def judge(staff_import):
    """A verdict for each row, in four queries whatever the number of rows."""
    return Judge(staff_import.board, staff_import.rows).verdicts()


class Judge:
    """Knows the board's schools and people, and everybody whose address stands in the list."""

    def __init__(self, board, rows):
        self.board, self.rows = board, rows
        self.schools = list(board.schools.open().order_by("sort_name", "pk"))
        self.by_id = {school.pk: school for school in self.schools}
        self.affiliations = _affiliations(board)
        self.people = {}
        for affiliation in self.affiliations:
            self.people.setdefault(affiliation.person_id, []).append(affiliation)
        self.by_name = {}
        for affiliations in self.people.values():
            person = affiliations[0].person
            self.by_name.setdefault(person.sort_name, []).append(person)
        emails = {row["email"] for row in rows}
        self.by_email = {user.email: user for user in User.objects.filter(email__in=emails)}
        proven = EmailAddress.objects.filter(email__in=emails, verified=True).select_related("user")
        self.by_email |= {address.email.lower(): address.user for address in proven}
        self.titles = {sort_key(title): name for name, title in board.titles.items() if title}
        self.seen = {}

    def verdicts(self):
        """All rows, in the order of the file."""
        return [self.verdict(row) for row in self.rows]

    @cached_property
    def shared(self):
        """People of this board who never signed in and yet are not its own alone: they have more than this work."""
        ids = [pk for pk, group in self.people.items() if not group[0].person.has_joined]
        here = Q(board=self.board) | Q(school__board=self.board)
        elsewhere = Affiliation.objects.filter(person__in=ids).exclude(pk__in=Affiliation.objects.filter(here))
        return with_more(ids) | set(elsewhere.values_list("person", flat=True))

    def missing(self, verdicts):
        """People of the board that the list does not name. Nothing happens with them."""
        named = {verdict.person.pk for verdict in verdicts if verdict.person}
        return [group[0].person for pk, group in self.people.items() if pk not in named]

    def verdict(self, row):
        """What would happen with this row as things are now."""
        found = Verdict(row["n"], row["name"], row["email"], row["school"], row["function"])
        answers = row["answers"]
        if answers.get("skip"):
            return found.become("same", _("Left out"), "circle-minus", _("You chose to leave this row out."))
        try:
            self._name_and_address(found)
            self._place(found, row["school"], answers.get("school"))
            self._function(found, row["function"])
            self._days(found, row)
            self._who(found, answers.get("person"))
        except Question as question:
            tag = _("You choose") if question.question == "person" else _("Not right yet")
            icon = "user-question" if question.question == "person" else "alert-circle"
            found.value = question.value
            return found.become("ask", tag, icon, str(question), question.question)
        return self._outcome(found)

    def _name_and_address(self, found):
        if not found.name:
            raise Question("name", _("There is no name."))
        try:
            found.name = clean_name(found.name)
        except ValidationError:
            sentence = _("A name has letters, and %(most)d characters at most.") % {"most": NAME_LENGTH}
            raise Question("name", sentence, found.name) from None
        try:
            validate_email(found.email)
            too_long = len(found.email) > 254
        except ValidationError:
            too_long = True
        if too_long:
            sentence = _("This is no mail address.") if found.email else _("There is no mail address.")
            raise Question("email", sentence, found.email)

    def _place(self, found, text, chosen):
        if chosen == "board":
            found.at_board = True
        elif chosen:
            found.school = self.by_id.get(chosen)
        else:
            found.at_board, found.school = self._place_by(text)
        if not found.at_board and not found.school:
            sentence = _("We do not know this school.") if text else _("No school stands in this row.")
            raise Question("school", sentence, text)
        found.place = self.board.name if found.at_board else found.school.name

    def _place_by(self, text):
        if not text and len(self.schools) == 1:
            return False, self.schools[0]
        word, code = sort_key(text), text.upper().replace(" ", "")
        if word in {sort_key(self.board.name), "bestuur", "bestuursbureau", "stafbureau"}:
            return True, None
        ways = (lambda school: school.code == code, lambda school: school.brin == code, lambda s: s.sort_name == word)
        for way in ways:
            found = [school for school in self.schools if way(school)]
            if len(found) == 1:
                return False, found[0]
        return False, None

    def _function(self, found, text):
        word = sort_key(text).strip(".")
        if not word:
            found.function = Function.STAFF if found.at_board else Function.TEACHER
        else:
            own = {sort_key(label): name for name, label in Function.choices}
            found.function = (
                word if word in Function.values else self.titles.get(word) or own.get(word) or FUNCTIONS.get(word, "")
            )
            if not found.function:
                raise Question("function", _("We do not know this function."), text)
            standard = {sort_key(Function(found.function).label), found.function, WORDS[found.function].split("|")[0]}
            found.title = "" if word in standard else text[:80]
        found.function_name = found.title or Function(found.function).label

    def _days(self, found, row):
        found.from_on, found.until_on = _day(row["from"]), _day(row["until"])
        if row["from"] and not found.from_on:
            raise Question("from", _("We cannot read this first day."), row["from"])
        if row["until"] and not found.until_on:
            raise Question("until", _("We cannot read this last day."), row["until"])
        if found.until_on and found.until_on < (found.from_on or today()):
            raise Question("until", _("The last day lies in the past, or before the first day."), row["until"])

    def _who(self, found, chosen):
        found.person = self.by_email.get(found.email)
        if found.person or chosen == "other":
            return
        same_name = [person for person in self.by_name.get(sort_key(found.name), ()) if person.is_active]
        if chosen:
            found.person = next((person for person in same_name if person.pk == chosen), None)
            found.new_address = found.person is not None
        elif same_name:
            found.candidates = same_name
            person = same_name[0]
            places = ", ".join(str(affiliation.place) for affiliation in self.people[person.pk])
            raise Question(
                "person",
                _("There is a %(name)s at %(places)s already, with another mail address.")
                % {"name": person.name, "places": places},
            )

    def _outcome(self, found):
        before = self.seen.setdefault(found.email, {})
        key = "board" if found.at_board else found.school.pk
        if key in before:
            return found.become("same", _("Double"), "copy", _("The same as row %(row)d.") % {"row": before[key]})
        found.is_first = not before
        before[key] = found.n
        if not found.person:
            return self._newcomer(found)
        if not found.person.is_active:
            return found.become("same", _("Stays so"), "equal", _("This account is closed. Nothing happens."))
        return self._known(found)

    def _newcomer(self, found):
        if not found.is_first:
            return found.become(
                "new", _("School added"), "school", _("Also works at %(place)s.") % {"place": found.place}
            )
        sentence = _("Gets an invitation by mail.")
        if found.until_on:
            day = found.until_on.strftime("%d-%m-%Y")
            sentence = _("Takes part until %(day)s. Gets an invitation by mail.") % {"day": day}
        return found.become("new", _("New"), "user-plus", sentence)

    def _known(self, found):
        mine = self.people.get(found.person.pk, [])
        here = next((each for each in mine if _is_at(each, found)), None)
        found.affiliation = here
        if found.new_address and found.is_first:
            found.proves_first = found.person.has_joined or found.person.pk in self.shared
            who = _("Confirms it first.") if found.proves_first else _("Gets a new invitation there.")
            return found.become("change", _("Changes"), "pencil", f"{_('A new mail address.')} {who}")
        if here is None:
            stays = ", ".join(str(each.place) for each in mine)
            sentence = _("Works at %(place)s as well.") % {"place": found.place}
            if stays:
                sentence += " " + _("%(places)s stays as it is.") % {"places": stays}
            return found.become("change", _("School added"), "school", sentence)
        if here.function != found.function or (found.title and here.title != found.title):
            words = {"after": found.function_name, "before": here.called}
            sentence = _("The function becomes %(after)s. It was %(before)s. The PLGs stay.") % words
            return found.become("change", _("Changes"), "pencil", sentence)
        if found.until_on and found.until_on != here.until_on:
            day = found.until_on.strftime("%d-%m-%Y")
            return found.become("change", _("Changes"), "pencil", _("The last day becomes %(day)s.") % {"day": day})
        return found.become("same", _("Stays so"), "equal", _("Nothing changes."))


#: What an account has of itself, or what a staff list gives it; anything else means that somebody uses it.
OWN = {
    "affiliations", "invitations", "emailaddress_set", "notifications", "delivery_set", "ask_set", "paces",
    "bounces", "paused_addresses",
}  # fmt: skip


def with_more(ids):
    """Of these accounts the ids of those on which hangs what no staff list makes: a role, a place in a PLG, …"""
    found = set()
    for link in User._meta.related_objects:
        if link.on_delete is not DO_NOTHING and link.get_accessor_name() not in OWN:
            name = link.field.name
            rows = link.related_model._default_manager.filter(**{f"{name}__in": ids})
            found |= set(rows.values_list(name, flat=True))
    return found


def _affiliations(board):
    rows = Affiliation.objects.filter(Q(board=board) | Q(school__board=board))
    rows = rows.filter(Q(until_on=None) | Q(until_on__gte=today()))
    return list(rows.select_related("person", "school", "board").order_by("pk"))


def _is_at(affiliation, found):
    return affiliation.school_id == (found.school.pk if found.school else None)


def _day(text):
    for pattern in FORMATS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    return None
