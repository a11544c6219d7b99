"""What organisations hold of a person: where she works, what she may manage, her hours."""

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Least, Replace
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activity.clearing import forget_addressed
from activity.looks import PAGES
from core.privacy import FORMER, Section, Table, addresses_of, keep, names_of, obstacles, scrub
from core.terms import keep_for
from organisations.models import (
    Affiliation,
    BoardTerm,
    BulkDeed,
    Hours,
    Invitation,
    Joining,
    Qualification,
    Role,
    RoomRequest,
    StaffImport,
    StudyDay,
    TimeBudget,
)
from people.erasing import erase_unused
from people.models import User

PAGES |= {
    "organisations.person": _("Your page among the people of the board"),
    "organisations.people": _("The list of people"),
    "organisations.invitations": _("The open invitations"),
    "organisations.staff_import": _("The staff list"),
    "organisations.school_time": _("The innovation time of your school"),
    "organisations.timetable": _("The timetable of your school"),
    "mailroom.index": _("The list of letters that wait or failed"),
    "people.technical": _("The technical list of accounts"),
}


@obstacles.register("organisations")
def has_roles(person):
    """Whoever manages something gives that on first: nobody else would know that it is left alone."""
    return [
        (
            _now("You have a role: %(role)s. Let the one who gave it end it, or name somebody else.") % {"role": row},
            row.place.get_absolute_url() if row.place else "",
        )
        for row in person.roles.current().select_related("school", "board", "network")
    ]


def let_go(person):
    """Her hours stand for the sums of her school, as nobody's; staff lists that wait forget her."""
    Hours.objects.filter(person=person).update(person=None, source="")
    _out_of_timetables(person)
    for model, columns in ((StaffImport, ("rows", "undo")), (BulkDeed, ("outcome", "wishes", "undo"))):
        for column in columns:
            scrub(model, column, [*addresses_of(person), *names_of(person)], FORMER)


def _out_of_timetables(person):
    """Planners typed who takes a class, teachers a word for their leader: her name goes out of that."""
    for name in names_of(person):
        for column in ("cover", "what", "word"):
            RoomRequest.objects.filter(**{f"{column}__contains": name}).update(
                **{column: Replace(column, Value(name), Value(FORMER))}
            )


def clear_invitations(over):
    """Names and addresses of invitations that ended: taken up, withdrawn, or never answered."""
    ended = Invitation.objects.annotate(ended_at=Coalesce(Least("used_at", "revoked_at"), F("expires_at")))
    at_boards = forget_addressed(over(ended.exclude(board=None), "ended_at", board="board"))
    at_schools = forget_addressed(over(ended.exclude(school=None), "ended_at", board="school__board"))
    return at_boards + at_schools + forget_addressed(over(ended.exclude(partner=None), "ended_at"))


def clear_hours(over):
    """After some years hours are nobody's: the sums of a school stand."""
    return over(Hours.objects.exclude(person=None), "held_on", person="person").update(person=None, source="")


def clear_unused(over):
    """Accounts that a staff list made for somebody who never came, and who works nowhere any more."""
    working = Affiliation.objects.current().values("person")
    return erase_unused(over(User.objects.exclude(pk__in=working), "created_at"))


def register():
    """From `AppConfig.ready()`."""
    keep(
        "organisations",
        Section(
            title=_("Where you work"),
            seen_by=_(
                "Your school leader and the administrators of your board. Colleagues see at which school you work. "
                "Is it wrong? Your board changes it."
            ),
            after=_("All of it goes, also from the history that administrators see."),
            tables=[
                Table(
                    Affiliation,
                    hers=("person",),
                    shows=("school__name", "board__name", "partner__name", "function", "title", "from_on", "until_on"),
                ),
                Table(
                    Role,
                    hers=("person",),
                    did=("given_by",),
                    shows=("kind", "school__name", "board__name", "network__name", "given_at", "ended_at"),
                ),
                Table(
                    Invitation,
                    hers=("person",),
                    did=("invited_by",),
                    address=("email",),
                    shows=("email", "name", "school__name", "created_at", "expires_at", "used_at"),
                ),
                Table(Qualification, hers=("person",), shows=("title", "issued_on", "expires_on", "ended_at")),
                Table(Joining, did=("by",)),
                Table(StudyDay, did=("added_by",)),
                Table(StaffImport, did=("by",)),
                Table(BulkDeed, hers=("by",), shows=("verb", "made_at", "done_at")),
                Table(BoardTerm, did=("set_by",)),
                Table(Role.pgh_event_model, hers=("person",), did=("given_by",), is_last=True),
                Table(Affiliation.pgh_event_model, hers=("person",), is_last=True),
            ],
        ),
    )
    keep(
        "hours",
        Section(
            title=_("Your hours"),
            seen_by=_("Only you. Your school leader and your board see sums of at least five people."),
            after=_("The hours stay in the sums of your school. That they were yours goes."),
            correct="organisations:my_hours",
            term="hours",
            first=let_go,
            tables=[
                Table(
                    RoomRequest,
                    hers=("person",),
                    did=("decided_by", "cover_person"),
                    shows=("held_on", "starts", "ends", "school__name", "what", "state", "word"),
                ),
                Table(
                    TimeBudget,
                    hers=("person",),
                    did=("changed_by",),
                    shows=("school__name", "rule__name", "minutes"),
                ),
                Table(
                    Hours,
                    hers=("person",),
                    shows=("held_on", "kind", "minutes", "school__name", "source"),
                ),
            ],
        ),
    )
    keep_for(
        "invitations",
        title=_("Invitations that ended"),
        goes=_("Name and address of who was invited go."),
        days=90,
        least=30,
        most=180,
        clear=clear_invitations,
    )
    keep_for(
        "hours",
        title=_("Hours"),
        goes=_("The hours stay in the sums of the school. Whose they were goes."),
        days=1825,
        least=730,
        most=3650,
        kept=_("They are yours for %(term)s. After that only the sums of the school stay."),
        clear=clear_hours,
    )
    keep_for(
        "unused",
        title=_("Accounts that nobody ever used"),
        goes=_("The account of who was on a staff list, never signed in and works nowhere any more, goes."),
        days=365,
        clear=clear_unused,
    )
    keep_for("staff_lists", title=_("Staff lists"), goes=_("The rows with names and addresses go."), days=7)
