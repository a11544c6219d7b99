from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.models import Model, QuerySet
from organisations import rules
from organisations.choices import Function, SignOnKind
from organisations.models.places import Board, Partner, School
from organisations.models.work import at_one_place

INVITATION_DAYS = 14


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
