import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.models import Model, QuerySet
from core.time import today
from organisations import rules
from organisations.choices import Function, RoleKind
from organisations.models.places import Board, Network, Partner, School


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
