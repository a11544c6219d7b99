from datetime import timedelta

import pghistory
import pgtrigger
from django.conf import settings
from django.core.cache import cache
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.models import Model, QuerySet
from core.text import one_line, sort_key
from core.time import today
from organisations import rules
from organisations.choices import Function, HoursKind, PartnerKind, RoleKind, Sector, SignOnKind
from people.choices import Region

BRIN = RegexValidator(r"^\d{2}[A-Z]{2}$", _("A BRIN is two digits and two capitals, like 07XY."))
LOCATION_CODE = RegexValidator(r"^\d{2}[A-Z]{2}\d{2}$", _("A location code is a BRIN and two digits, like 07XY00."))
BOARD_NUMBER = RegexValidator(r"^\d{5}$", _("A board number has five digits, like 04321."))
COLOUR = RegexValidator(r"^#[0-9a-f]{6}$", _("A colour is written like #0b6e63."))
INVITATION_DAYS = 14


class Named(Model):
    """Something with a name that people sort by; earlier names are kept."""

    name = models.CharField(_("name"), max_length=160)
    sort_name = models.CharField(max_length=200, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        """Keep the sort key in step with the name."""
        self.name = one_line(self.name)
        self.sort_name = sort_key(self.name)
        super().save(**kwargs)
        transaction.on_commit(lambda: cache.delete(f"face:{self._meta.model_name}:{self.pk}"))


class Boards(QuerySet):
    def open(self):
        return self.filter(gone_at=None, merged_into=None)

    def search(self, words):
        """Boards whose name has these words, or whose number begins with them."""
        found = self
        for word in sort_key(words).split():
            found = found.filter(Q(sort_name__contains=word) | Q(number__startswith=word))
        return found


class Board(Named):
    """A school board (bevoegd gezag), known by its number; without a known name it is "Bestuur 20091"."""

    number = models.CharField(  # noqa: DJ001 - unique, so a board without a number has none
        _("board number"), max_length=5, unique=True, null=True, validators=[BOARD_NUMBER]
    )
    kvk = models.CharField(_("KvK number"), max_length=8, blank=True)
    is_named = models.BooleanField(default=True, editable=False)
    primary_colour = models.CharField(_("colour"), max_length=7, blank=True, validators=[COLOUR])
    titles = models.JSONField(_("own titles of functions"), default=dict, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged_from")
    gone_at = models.DateTimeField(null=True, editable=False)

    objects = Boards.as_manager()
    rules = {
        "view": rules.view_board,
        "manage": rules.manage_board,
        "invite": rules.invite_to_board,
        "give_board_admin": rules.give_board_admin,
        "give_confidant": rules.give_confidant,
    }

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["sort_name"]

    def get_absolute_url(self):
        return reverse("organisations:board", args=[self.pk])


class Schools(QuerySet):
    def open(self):
        return self.filter(gone_at=None)

    def search(self, words):
        """Schools whose name, town, BRIN or location code begins with these words."""
        found = self
        for word in sort_key(words).split():
            found = found.filter(
                Q(sort_name__contains=word) | Q(sort_town__startswith=word) | Q(code__istartswith=word)
            )
        return found


class School(Named):
    """One location of a school: BRIN and location code; the holiday region comes with it."""

    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="schools")
    code = models.CharField(_("location code"), max_length=6, unique=True, validators=[LOCATION_CODE])
    brin = models.GeneratedField(
        expression=models.functions.Left("code", 4),
        output_field=models.CharField(max_length=4),
        db_persist=True,
    )
    sector = models.CharField(_("sector"), max_length=3, choices=Sector, default=Sector.PRIMARY)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    sort_town = models.CharField(max_length=80, editable=False, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    denomination = models.CharField(_("denomination"), max_length=80, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    region = models.CharField(_("holiday region"), max_length=6, choices=Region, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    pupils = models.PositiveIntegerField(_("pupils"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged_from")
    gone_at = models.DateTimeField(null=True, editable=False)

    objects = Schools.as_manager()
    rules = {
        "view": rules.view_school,
        "manage": rules.manage_school,
        "lead": rules.lead_school,
        "invite": rules.invite_to_school,
        "give_school_leader": rules.give_school_role,
        "give_planner": rules.give_school_role,
        "keep_study_days": rules.keep_study_days,
        "keep_time": rules.keep_time,
    }

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["sort_name", "pk"]
        indexes = [models.Index(fields=["sort_town"], name="school_town")]

    def get_absolute_url(self):
        return reverse("organisations:school", args=[self.pk])

    def save(self, **kwargs):
        """Keep the sort keys in step."""
        self.sort_town = sort_key(self.town)[:80]
        super().save(**kwargs)


class FormerName(models.Model):
    """What a board or school was called before: boards merge and rename, reports of that time do not."""

    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="former_names")
    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="former_names")
    name = models.CharField(max_length=160)
    until = models.DateField(default=today)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="former_name_of_one",
                condition=Q(board__isnull=False, school__isnull=True) | Q(board__isnull=True, school__isnull=False),
            )
        ]

    def __str__(self):
        return self.name


class Network(Named):
    """A network of boards and schools that learn together, across boards."""

    about = models.TextField(_("about"), blank=True)
    boards = models.ManyToManyField(Board, related_name="networks", blank=True, verbose_name=_("boards"))
    schools = models.ManyToManyField(School, related_name="networks", blank=True, verbose_name=_("schools"))

    rules = {
        "view": rules.view_network,
        "manage": rules.manage_network,
        "connect": rules.connect_network,
        "give_network_admin": rules.give_network_admin,
        "give_connector": rules.give_connector,
    }

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["sort_name"]

    def get_absolute_url(self):
        return reverse("organisations:network", args=[self.pk])


class Partner(Named):
    """An organisation without a school: experts and external facilitators have their home here."""

    kind = models.CharField(_("kind"), max_length=10, choices=PartnerKind)
    town = models.CharField(_("town"), max_length=80, blank=True)

    rules = {"view": rules.view_partner, "manage": rules.manage_partner, "invite": rules.manage_partner}

    class Meta:
        verbose_name = _("partner organisation")
        verbose_name_plural = _("partner organisations")
        ordering = ["sort_name"]

    def get_absolute_url(self):
        return reverse("organisations:partner", args=[self.pk])


class Affiliations(QuerySet):
    def current(self, day=None):
        day = day or today()
        return self.filter(Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day)))


def at_one_place(name):
    """A check that exactly one of school, board and partner is given."""
    places = ("school", "board", "partner")
    return models.CheckConstraint(
        name=name,
        condition=Q(*(Q(**{f"{p}__isnull": p != place for p in places}) for place in places), _connector=Q.OR),
        violation_error_message=_("Choose a school, a board or a partner organisation: one of them."),
    )


@pghistory.track(exclude=["title"])
class Affiliation(Model):
    """A person works somewhere, in a function, for a time. Two at once are normal."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="affiliations")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="affiliations")
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="affiliations")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="affiliations")
    function = models.CharField(_("function"), max_length=12, choices=Function, default=Function.TEACHER)
    title = models.CharField(_("title of the function"), max_length=80, blank=True)
    from_on = models.DateField(_("from"), default=today)
    until_on = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = Affiliations.as_manager()
    rules = {"view": rules.view_affiliation, "manage": rules.manage_affiliation}

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            at_one_place("affiliation_at_one_place"),
            models.CheckConstraint(
                name="affiliation_ends_after_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
                violation_error_message=_("The last day lies before the first day."),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.place}"

    @property
    def place(self):
        """The school, board or partner."""
        return self.school or self.board or self.partner

    @property
    def called(self):
        """The title on screen: the person's own, else that of the function."""
        return self.title or self.get_function_display()


class Roles(QuerySet):
    def current(self):
        return self.filter(ended_at=None)


@pghistory.track()
class Role(Model):
    """Somebody may manage something. Given from above, never by oneself; each change is in the journal."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=16, choices=RoleKind)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="roles")
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="roles")
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="roles")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Roles.as_manager()
    rules = {"view": rules.view_role, "end": rules.end_role}

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                name="role_has_its_place",
                condition=(
                    Q(kind="platform_admin", school=None, board=None, network=None)
                    | Q(kind__in=["network_admin", "connector"], school=None, board=None, network__isnull=False)
                    | Q(kind__in=["board_admin", "confidant"], school=None, board__isnull=False, network=None)
                    | Q(kind__in=["school_leader", "planner"], school__isnull=False, board=None, network=None)
                ),
                violation_error_message=_("This role belongs to another kind of place."),
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "school", "board", "network"],
                name="role_once",
                nulls_distinct=False,
                condition=Q(ended_at=None),
                violation_error_message=_("This person has that role already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.place or ''}".strip()

    @property
    def place(self):
        """The school, board or network; None for the platform."""
        return self.school or self.board or self.network


class Invitations(QuerySet):
    def open(self):
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=now())


def fortnight():
    """The usual last moment of an invitation."""
    return now() + timedelta(days=INVITATION_DAYS)


class Invitation(Model):
    """A single-use, expiring, revocable invitation to come and work on the platform at a place."""

    email = models.EmailField(_("mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="invitations")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="invitations")
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="invitations")
    partner = models.ForeignKey(Partner, models.CASCADE, null=True, blank=True, related_name="invitations")
    function = models.CharField(_("function"), max_length=12, choices=Function, default=Function.TEACHER)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=fortnight)
    used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = Invitations.as_manager()
    rules = {"view": rules.view_invitation, "manage": rules.view_invitation}

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [at_one_place("invitation_to_one_place")]

    def __str__(self):
        return self.email

    @property
    def place(self):
        """Where the invited person will work."""
        return self.school or self.board or self.partner

    @property
    def why_not_accept(self):
        """Why this invitation no longer works, or ""."""
        if self.revoked_at:
            return _("This invitation was withdrawn.")
        if self.used_at:
            return _("This invitation was used already. You can simply sign in.")
        if self.expires_at <= now():
            return _("This invitation has expired. Ask for a new one.")
        return ""


class SignOn(Model):
    """Single sign-on of one board by OpenID Connect, set on screen by the platform administrator."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="sign_ons")
    kind = models.CharField(_("provider"), max_length=12, choices=SignOnKind)
    app = models.OneToOneField("socialaccount.SocialApp", models.CASCADE, related_name="sign_on", editable=False)
    is_open = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    rules = {"view": rules.platform, "manage": rules.platform}

    class Meta:
        verbose_name = _("single sign-on")
        verbose_name_plural = _("single sign-on")

    def __str__(self):
        return f"{self.board}: {self.get_kind_display()}"


class StaffImport(Model):
    """A staff list that was read and is being looked at; nothing is saved before every question is answered."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="staff_imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    undo = models.JSONField(default=dict)
    read_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    rules = {"view": rules.in_boards_i_run, "manage": rules.in_boards_i_run}

    class Meta:
        verbose_name = _("staff list")
        verbose_name_plural = _("staff lists")
        ordering = ["-pk"]

    def __str__(self):
        return self.file_name


class StudyDay(Model):
    """Days on which a school's own calendar leaves no room: a study day, a report week, a team outing."""

    school = models.ForeignKey(School, models.CASCADE, related_name="study_days")
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    name = models.CharField(_("what it is"), max_length=80)
    uid = models.CharField(max_length=255, blank=True, editable=False, help_text="In the calendar it came from.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    rules = {"view": rules.view_study_day, "manage": rules.manage_study_day}

    class Meta:
        verbose_name = _("study day")
        verbose_name_plural = _("study days")
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(
                name="study_day_ends_after_it_begins",
                condition=Q(last__gte=models.F("first")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.UniqueConstraint(fields=["school", "uid"], name="study_day_once", condition=~Q(uid="")),
        ]
        indexes = [models.Index(fields=["school", "last"], name="study_day_of_school")]

    def __str__(self):
        return self.name


def ledger_triggers():
    """The days in which a statement changed the ledger, whoever wrote it: also what the database itself took away.

    Plain rows, the same day as often as it comes: nobody waits for anybody to write them.
    """
    said = "held_on, person_id, minutes, school_id, board_id, community_id, kind"
    differ = f"(SELECT {said} FROM was EXCEPT ALL SELECT {said} FROM becomes)"  # noqa: S608 - our own names
    differ += f" UNION ALL (SELECT {said} FROM becomes EXCEPT ALL SELECT {said} FROM was)"  # noqa: S608
    ways = {
        "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="becomes"), "becomes"),
        "update": (pgtrigger.Update, pgtrigger.Referencing(old="was", new="becomes"), f"({differ}) AS differ"),
        "delete": (pgtrigger.Delete, pgtrigger.Referencing(old="was"), "was"),
    }
    return [
        pgtrigger.Trigger(
            name=f"changed_day_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func="INSERT INTO organisations_changedday (day) SELECT DISTINCT held_on FROM "  # noqa: S608
            f"{rows}; RETURN NULL;",
        )
        for name, (operation, referencing, rows) in ways.items()
    ]


class Hours(Model):
    """The ledger: minutes that somebody learned with others, with her school and board of that day.

    `source` names what it was written for ("meeting:12"); writing it again replaces. `counted_minutes` are those that
    stand in a figure which leaders saw (`figure_id` is the last); what differs from `minutes` waits for a later one.
    """

    # null: of somebody who was erased; what a school did together stands, without her
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="hours")
    kind = models.CharField(_("kind"), max_length=10, choices=HoursKind)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    held_on = models.DateField(_("date"))
    school = models.ForeignKey(School, models.SET_NULL, null=True, related_name="+")
    board = models.ForeignKey(Board, models.SET_NULL, null=True, related_name="+")
    community_id = models.PositiveBigIntegerField(null=True)
    source = models.CharField(max_length=60)
    written_at = models.DateTimeField(auto_now=True)
    counted_minutes = models.SmallIntegerField(db_default=0, editable=False)
    figure_id = models.PositiveBigIntegerField(null=True, editable=False)

    rules = {"view": rules.own_hours}

    class Meta:
        verbose_name = _("hours")
        verbose_name_plural = _("hours")
        ordering = ["-held_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "source"], name="hours_once")]
        indexes = [
            models.Index(fields=["school", "held_on"], name="hours_of_school"),
            models.Index(fields=["board", "held_on"], name="hours_of_board"),
            models.Index(
                fields=["board", "held_on"], name="hours_not_counted", condition=~Q(counted_minutes=models.F("minutes"))
            ),
        ]
        triggers = ledger_triggers()

    def __str__(self):
        return f"{self.source}: {self.minutes}"


class ChangedDay(models.Model):
    """A day in whose hours something changed: what was summed of it is summed anew, and then the row goes."""

    day = models.DateField()

    class Meta:
        verbose_name = _("changed day")
        verbose_name_plural = _("changed days")

    def __str__(self):
        return str(self.day)


from organisations.bulk import BulkDeed  # noqa: E402, F401 - tables of this app,
from organisations.innovation_time import TimeBudget, TimeRule  # noqa: E402, F401
from organisations.joining import Joining  # noqa: E402, F401 - in modules of their own
from organisations.room import RoomRequest  # noqa: E402, F401
from organisations.terms import BoardTerm, TermReport  # noqa: E402, F401
