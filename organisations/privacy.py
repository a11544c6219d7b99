"""What organisations hold of a person: where she works, what she may manage, her hours."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activity.looks import PAGES
from core.privacy import FORMER, Section, Table, addresses_of, keep, names_of, obstacles, scrub
from organisations.models import Affiliation, Hours, Invitation, Joining, Role, StaffImport, StudyDay

PAGES |= {
    "organisations.person": _("Your page among the people of the board"),
    "organisations.people": _("The list of people"),
    "organisations.invitations": _("The open invitations"),
    "organisations.staff_import": _("The staff list"),
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
    for column in ("rows", "undo"):
        scrub(StaffImport, column, [*addresses_of(person), *names_of(person)], FORMER)


def register():
    """From `AppConfig.ready()`."""
    keep(
        "organisations",
        Section(
            title=_("Where you work"),
            seen_by=_(
                "Your school leader and the administrators of your board. Colleagues see at which school you work."
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
                Table(Joining, did=("by",)),
                Table(StudyDay, did=("added_by",)),
                Table(StaffImport, did=("by",)),
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
            first=let_go,
            tables=[
                Table(
                    Hours,
                    hers=("person",),
                    shows=("held_on", "kind", "minutes", "school__name", "source"),
                )
            ],
        ),
    )
