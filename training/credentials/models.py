"""Credentials, the keys that sign them, the lists that tell whether they still count, and what quality stands for."""

import secrets
from decimal import Decimal
from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.links import absolute, address
from core.models import Model, QuerySet
from core.time import today
from training.credentials import rules
from training.credentials.choices import LIVING, OUT, Framework, Kind, State
from training.models import Enrolment, Programme


def new_key():
    """What opens the name on a page that everybody may see: 128 bits, in letters that survive a letter."""
    return secrets.token_urlsafe(16)


class IssuerKey(Model):
    """The public half of a key that signs. It stays when the key is retired: what it signed is still checked by it."""

    name = models.CharField(max_length=40, unique=True, editable=False)
    public = models.CharField(max_length=60, unique=True, editable=False, help_text="As multibase: z6Mk…")
    made_at = models.DateTimeField(default=now, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)
    stolen_at = models.DateTimeField(null=True, editable=False)

    rules = {"view": rules.platform}

    class Meta:
        verbose_name = _("key that signs credentials")
        verbose_name_plural = _("keys that sign credentials")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(models.Value(1), name="one_key_signs", condition=Q(retired_at=None)),
        ]

    def __str__(self):
        return self.name


class StatusList(Model):
    """Room for 131 072 credentials; as signed credentials, which of them were revoked and which suspended."""

    revocation = models.JSONField(default=dict, editable=False)
    suspension = models.JSONField(default=dict, editable=False)
    is_full = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField(default=now, editable=False)

    rules = {"view": rules.platform}

    class Meta:
        verbose_name = _("list of revoked credentials")
        verbose_name_plural = _("lists of revoked credentials")
        ordering = ["pk"]

    def __str__(self):
        return f"list {self.pk}"

    def url(self, purpose):
        """Its address out in the world."""
        return absolute(address("credentials:status", self.pk, purpose))


class QualityRecord(Model):
    """By what the quality of a programme is assured. Once somebody else approved it, it carries ECTS or a level."""

    programme = models.ForeignKey(Programme, models.RESTRICT, related_name="quality")
    assured_by = models.CharField(_("who assures the quality"), max_length=160)
    procedure = models.TextField(_("how it is assured"), max_length=3000)
    assessment = models.TextField(_("how learners are assessed"), max_length=3000)
    framework = models.CharField(_("framework"), max_length=8, choices=Framework, blank=True)
    level = models.PositiveSmallIntegerField(
        _("level"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    ground = models.CharField(_("on what the level is based"), max_length=300, blank=True)
    ects = models.DecimalField(
        _("ECTS"), max_digits=4, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(Decimal("0.1"))]
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    filled_at = models.DateTimeField(default=now, editable=False)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    rules = {"view": rules.keep_quality, "keep": rules.keep_quality}

    class Meta:
        verbose_name = _("record of quality")
        verbose_name_plural = _("records of quality")
        ordering = ["-filled_at"]
        constraints = [
            models.CheckConstraint(
                name="quality_by_two",
                condition=Q(approved_by=None) | Q(filled_by=None) | ~Q(approved_by=F("filled_by")),
            ),
            models.CheckConstraint(
                name="level_has_its_ground",
                condition=Q(level=None) | (~Q(ground="") & ~Q(framework="")),
                violation_error_message=_("Say in which framework, and on what the level is based."),
            ),
            models.UniqueConstraint(fields=["programme"], name="one_quality_record", condition=Q(retired_at=None)),
        ]

    def __str__(self):
        return self.assured_by

    def get_absolute_url(self):
        return address("credentials:quality", self.programme_id)

    @property
    def holds(self):
        """True while it counts: approved, not retired, not over."""
        over = self.valid_until and self.valid_until < today()
        return bool(self.approved_at and not self.retired_at and not over)


class Accreditation(Model):
    """A register outside knows a programme. What it counts there, that register decides; we promise nothing."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="accreditations")
    register = models.CharField(_("register"), max_length=120)
    number = models.CharField(_("number in the register"), max_length=60)
    value = models.CharField(_("value that the register gives"), max_length=60, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=now, editable=False)

    rules = {"view": rules.keep_quality, "keep": rules.keep_quality}

    class Meta:
        verbose_name = _("accreditation elsewhere")
        verbose_name_plural = _("accreditations elsewhere")
        ordering = ["register", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "register", "number"],
                name="accredited_once",
                violation_error_message=_("This stands there already."),
            )
        ]

    def __str__(self):
        return f"{self.register} {self.number}"


class Credentials(QuerySet):
    def living(self):
        return self.filter(state__in=LIVING)

    def out(self):
        return self.filter(state__in=OUT)

    def for_list(self, user):
        """What lists show: the holder, the programme, who did what."""
        rows = self.for_page(user, "keep").select_related("person", "enrolment__group", "programme", "quality")
        return rows.naming(person=["name"])

    def for_detail(self, user):
        """One with every power."""
        return self.for_page(user, "keep", "hold").select_related(
            "person", "enrolment", "programme", "quality", "replaced_by", "approved_by", "proposed_by"
        )


class Credential(Model):
    """Something that somebody can show. What it says is fixed once it is issued; a change is a new one."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.CharField(max_length=24, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="credentials")
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, blank=True, related_name="credentials")
    programme = models.ForeignKey(Programme, models.RESTRICT, null=True, blank=True, related_name="credentials")
    quality = models.ForeignKey(QualityRecord, models.RESTRICT, null=True, blank=True, related_name="credentials")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.ELIGIBLE, editable=False)
    snapshot = models.JSONField(default=dict, editable=False, help_text="What it says; see `facts.Facts`.")
    holder = models.CharField(_("holder"), max_length=160, blank=True, editable=False)
    signed = models.JSONField(null=True, editable=False)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=now, editable=False)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True, editable=False)
    suspended_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    because = models.CharField(_("Why?"), max_length=300, blank=True, editable=False)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="replaces")
    status_list = models.ForeignKey(StatusList, models.RESTRICT, null=True, editable=False, related_name="credentials")
    status_index = models.PositiveIntegerField(null=True, editable=False)

    objects = Credentials.as_manager()
    rules = {"view": rules.view, "hold": rules.hold, "keep": rules.keep}

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "kind"], name="one_of_a_kind", condition=Q(state__in=list(LIVING))
            ),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="own_status_index"),
            models.CheckConstraint(
                name="approved_by_a_second",
                condition=Q(approved_by=None)
                | (
                    (Q(proposed_by=None) | ~Q(approved_by=F("proposed_by")))
                    & (Q(person=None) | ~Q(approved_by=F("person")))
                ),
            ),
            models.CheckConstraint(
                name="microcredential_is_assured", condition=~Q(kind="microcredential") | Q(quality__isnull=False)
            ),
            models.CheckConstraint(
                name="out_has_its_place",
                condition=~Q(state__in=list(OUT))
                | Q(issued_at__isnull=False, status_list__isnull=False, status_index__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "programme"], name="credentials_by_state")]
        triggers = [
            # What is signed is never written anew; it may only go, when its holder is erased.
            pgtrigger.Trigger(
                name="stays_as_signed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__signed__isnull=False, new__signed__isnull=False)
                & (
                    pgtrigger.Q(old__signed__df=pgtrigger.F("new__signed"))
                    | pgtrigger.Q(old__snapshot__df=pgtrigger.F("new__snapshot"))
                    | pgtrigger.Q(old__holder__df=pgtrigger.F("new__holder"))
                ),
                func="RAISE EXCEPTION 'A credential that was issued does not change.';",
            )
        ]

    def __str__(self):
        return self.title or str(self.uuid)

    def get_absolute_url(self):
        return address("credentials:credential", self.pk)

    @property
    def title(self):
        return self.snapshot.get("title", "")

    @property
    def link(self):
        """The public address, with the key that shows the name: for who holds it to give on."""
        return absolute(address("credentials:verify_named", self.uuid, self.key))

    @property
    def bare_link(self):
        """The public address without a name."""
        return absolute(address("credentials:verify", self.uuid))

    @property
    def is_out(self):
        return self.state in OUT

    @property
    def is_expired(self):
        return bool(self.expires_on and self.expires_on < today())

    @property
    def counts(self):
        """True while it stands: issued, not suspended, not over."""
        return self.state == State.ISSUED and not self.is_expired

    @property
    def why_not_shown(self):
        """Why there is nothing to download."""
        return "" if self.is_out and self.signed else _now("It has not been issued yet.")
