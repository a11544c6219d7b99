"""What sign-in and the account itself hold of a person; the last that goes, when all floors above let go of her."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep
from core.terms import keep_for
from people import downloads
from people.models import DataExport, Leaving, User


def forget_in_log(person):
    """The technical log of Django writes down what rows were called."""
    of_people = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=of_people, object_id=str(person.pk)).update(object_repr="", change_message="")


def clear_sessions(over):
    """Of sessions that ended, nothing is left of where and when."""
    return UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]


def clear_downloads(over):
    return downloads.clear(over(DataExport.objects.exclude(made_at=None), "made_at")) + downloads.clear(
        over(DataExport.objects.exclude(failed_at=None), "failed_at")
    )


def register():
    """From `AppConfig.ready()`."""
    keep(
        "account",
        Section(
            title=_("Signing in"),
            seen_by=_("Only you. We keep no password that anybody could read."),
            after=_("All of it goes, and you are signed out everywhere."),
            correct="people:security",
            term="sessions",
            first=forget_in_log,
            untold={
                LogEntry._meta.label: "what a technical administrator changed; of others",
                SocialAccount._meta.label + ".extra_data": "stands at her school",
            },
            tables=[
                Table(EmailAddress, hers=("user",), address=("email",), shows=("email", "verified", "primary")),
                Table(SocialAccount, hers=("user",), shows=("provider", "uid", "date_joined", "last_login")),
                Table(Authenticator, hers=("user",), shows=("type", "created_at", "last_used_at")),
                Table(UserSession, hers=("user",), shows=("ip", "user_agent", "created_at", "last_seen_at")),
                Table(LogEntry, hers=("user",)),
            ],
        ),
    )
    keep(
        "exports",
        Section(
            title=_("Your downloads"),
            seen_by=_("Only you."),
            after=_("All of it goes."),
            term="exports",
            tables=[
                Table(DataExport, hers=("person",), shows=("asked_at", "made_at")),
                Table(Leaving, hers=("person",), shows=("asked_at", "due_at"), is_last=True),
            ],
        ),
    )
    keep(
        "people",
        Section(
            title=_("Who you are"),
            seen_by=_("Whoever shares a PLG, a school or a board with you sees name, photo, level and subjects."),
            after=_("All of it goes. Others read 'former member' instead of your name."),
            correct="people:profile",
            tables=[
                Table(
                    User,
                    hers=("pk", "merged_into"),
                    shows=(
                        *("name", "email", "photo", "language", "theme", "level", "subjects", "themes"),
                        *("region", "days_off", "quiet_from", "quiet_until", "letter_weekday", "letter_hour"),
                        *("paused_until", "joined_at", "created_at", "last_login"),
                    ),
                    address=("email",),
                    is_last=True,
                )
            ],
        ),
    )
    keep_for(
        "sessions",
        title=_("Where you are signed in"),
        goes=_("You are signed out, and from where you signed in goes."),
        days=90,
        clear=clear_sessions,
    )
    keep_for(
        "exports",
        title=_("Downloads of one's own data"),
        goes=_("The file goes. You can ask for a new one."),
        days=7,
        clear=clear_downloads,
    )
