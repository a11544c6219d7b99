"""What events hold of a person, and how long."""

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep, write_here
from core.terms import keep_for
from events.models import (
    Allocation,
    Announcement,
    Block,
    Certificate,
    CheckIn,
    Contribution,
    ContributionAuthor,
    EvaluationToken,
    Event,
    Favourite,
    Organiser,
    Preference,
    Registration,
    Release,
    Review,
    Seat,
    Session,
    TableSeat,
    Unavailable,
    Wish,
)

#: What others typed about who came, and who came without an account.
KEPT_DAYS = 30


def register():
    """From `AppConfig.ready()`."""
    keep(
        "events",
        Section(
            title=_("Innovation labs"),
            seen_by=_("Who organises the event. Who sits with you at a table sees your name and school."),
            after=_("Your registrations and wishes go. What you contributed stays, under 'former member'."),
            term="registrations",
            untold={
                "events.Block": _("Whom you would rather not meet stays secret. It goes with your registration."),
                "events.EvaluationToken": _("It only says that you may answer. What you answered is of nobody."),
            },
            first=give_up_places,
            tables=[
                Table(Favourite, hers=("person",), shows=("session__title", "at")),
                Table(Preference, hers=("registration__person",), shows=("session__title", "rank")),
                Table(Seat, hers=("registration__person",), shows=("session__title", "state", "why", "at")),
                Table(TableSeat, hers=("registration__person",), shows=("round__number", "table")),
                Table(Wish, hers=("by__person",), shows=("round__number", "at")),
                Table(Block, hers=("by__person",)),
                Table(EvaluationToken, hers=("registration__person",)),
                Table(Certificate, hers=("registration__person",), shows=("minutes", "content", "at")),
                Table(CheckIn, hers=("registration__person",), did=("by",), shows=("event__title", "direction", "at")),
                Table(Unavailable, hers=("person",), shows=("slot__name", "slot__held_on")),
                Table(
                    Registration, hers=("person",), did=("registered_by",), address=("address",),
                    shows=("event__title", "name", "state", "as_what", "at", "answers", "diet", "needs", "interests"),
                ),
                Table(Organiser, hers=("person",), shows=("event__title", "part", "added_at")),
                Table(Review, hers=("reviewer",), shows=("contribution__title", "scores", "remark", "at")),
                Table(
                    ContributionAuthor, said=("person",), address=("address",),
                    shows=("contribution__title", "name", "confirmed_at"),
                ),
                Table(
                    Contribution, said=("created_by",), did=("decided_by",), shows=("title", "summary", "created_at")
                ),
                Table(Announcement, said=("by",), shows=("event__title", "text", "at")),
                Table(Event, did=("created_by",)),
                Table(Release, did=("by",)),
                Table(Allocation, did=("by",)),
                Table(Session.speakers.through, hers=("user",), shows=("session__title",)),
            ],
        ),
    )  # fmt: skip
    write_here(
        Contribution, "title", "summary", "needs", "decision_says", "withdrawn_why", "poster_alt", community=None
    )
    write_here(Session, "title", "summary", community=None)
    write_here(Event, "title", "summary", "text", "html", "cancelled_why", community=None)
    write_here(Review, "remark", community=None)
    write_here(Announcement, "text", community=None)
    write_here(Release, "content", "html", "page", community=None)
    keep_for(
        "registrations",
        title=_("Diets, needs and guests of events"),
        goes=_(
            "What people do not eat and what they need goes. So do names and addresses of guests without an account."
        ),
        days=KEPT_DAYS,
        clear=purge,
    )


def give_up_places(person):
    """Before her registrations go: what she held is free for who waits."""
    from events.actions import waiting

    waiting.give_up_all(person)


def purge(over):
    """Of events that are over: diets and needs are emptied, guests without an account become a number."""
    ended = list(over(Event.objects.filter(purged_at=None), "ends_at").values_list("pk", flat=True))
    rows = Registration.objects.filter(event__in=ended)
    rows.update(diet="", needs="", answers={})
    for guest in rows.exclude(address=""):
        Registration.objects.filter(pk=guest.pk).update(name="", address=f"gone-{guest.pk}@invalid")
    ContributionAuthor.objects.filter(contribution__event__in=ended).exclude(address="").update(address="")
    Event.objects.filter(pk__in=ended).update(purged_at=now())
    return len(ended)
