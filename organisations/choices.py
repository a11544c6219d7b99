from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sector(TextChoices):
    PRIMARY = "bo", _("primary education")
    SPECIAL_PRIMARY = "sbo", _("special primary education")
    SPECIAL = "so", _("special education")
    SECONDARY = "vo", _("secondary education")


class Function(TextChoices):
    """What a person does at a school, board or partner. A board may give these its own titles."""

    TEACHER = "teacher", _("teacher")
    CARE = "care", _("IB'er")
    LEADER = "leader", pgettext_lazy("function", "school leader")
    TEAM_LEADER = "team_leader", _("team leader")
    SUPPORT = "support", _("teaching assistant")
    STUDENT = "student", _("trainee teacher")
    STAFF = "staff", _("board staff")
    EXPERT = "expert", _("expert")
    GUEST = "guest", pgettext_lazy("function", "guest")


class PartnerKind(TextChoices):
    COOPERATION = "swv", _("cooperation for inclusive education")
    TEACHER_TRAINING = "pabo", _("teacher training college")
    MUNICIPALITY = "gemeente", _("municipality")
    LIBRARY = "library", _("library")
    COMPANY = "company", _("company")
    ADVISORY = "advisory", _("advisory bureau")


class RoleKind(TextChoices):
    """Roles are given from above: platform → board and network admins → school leaders, planners, confidants."""

    PLATFORM_ADMIN = "platform_admin", _("platform administrator")
    NETWORK_ADMIN = "network_admin", _("network administrator")
    BOARD_ADMIN = "board_admin", _("board administrator")
    SCHOOL_LEADER = "school_leader", _("school leader")
    PLANNER = "planner", _("planner")
    CONFIDANT = "confidant", _("confidant")
    CONNECTOR = "connector", _("connector")


class SignOnKind(TextChoices):
    ENTREE = "entree", "Entree Federatie"
    SURFCONEXT = "surfconext", "SURFconext"
    MICROSOFT = "microsoft", "Microsoft"
    GOOGLE = "google", "Google"
    OTHER = "other", _("another OpenID Connect provider")


class RoomFor(TextChoices):
    """What somebody needs room in the timetable for. It says enough to plan with, and nothing of the content."""

    PLG = "plg", _("my PLG")
    VISIT = "visit", _("looking at a colleague's lesson")
    OTHER = "other", _("innovation time")


class RoomState(TextChoices):
    """asked ↔ talk → granted, and back again until the day before; withdrawn when it is not needed any more."""

    ASKED = "asked", _("asked")
    TALK = "talk", _("to be talked over")
    GRANTED = "granted", _("room is given")
    WITHDRAWN = "withdrawn", _("not needed any more")


class HoursKind(TextChoices):
    """What people learned together by."""

    MEETING = "meeting", _("meeting")
    VISIT = "visit", _("class visit")
    CYCLE = "cycle", _("Lesson Study")
    EVENT = "event", _("event")
    TRAINING = "training", _("training")
    COACHING = "coaching", _("coaching")


class BulkVerb(TextChoices):
    """What can be done with many people at once."""

    END = "end", _("set the last day")
    MOVE = "move", _("go to another school")
    FUNCTION = "function", _("another function")
    INVITE = "invite", _("invite, or invite again")
