from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.files.paths import private_path
from core.links import address
from core.text import one_line, sort_key
from core.time import AMSTERDAM
from people import calendar
from people.choices import Language, LetterDay, Region, Theme, Weekday


class Users(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """A person with this mail address, which is kept in lower case."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password=None, **fields):
        """A person who may open the technical admin pages; this opens no door to content."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        """A mail address is the same in capitals."""
        return self.get(email=email.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Where she works is an affiliation, what she may do is a role; neither stands here."""

    email = models.EmailField(
        _("mail address"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("There is an account with this mail address already.")},
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    sort_name = models.CharField(max_length=200, editable=False, blank=True)
    photo = models.FileField(_("photo"), upload_to=private_path("photos"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.DUTCH)
    theme = models.CharField(_("colours"), max_length=5, choices=Theme, default=Theme.AUTO)

    region = models.CharField(
        _("holiday region"),
        max_length=6,
        choices=Region,
        blank=True,
        help_text=_("Empty: the region of your school."),
    )
    school_region = models.CharField(
        max_length=6, choices=Region, blank=True, default="", db_default="", editable=False
    )
    days_off = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday),
        verbose_name=_("fixed days off"),
        default=list,
        blank=True,
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(18, 0))
    quiet_until = models.TimeField(_("quiet until"), default=time(7, 30))
    letter_weekday = models.PositiveSmallIntegerField(
        _("day of the PLG letter"), choices=LetterDay, default=LetterDay.FRIDAY
    )
    letter_hour = models.PositiveSmallIntegerField(_("hour of the PLG letter"), default=16)
    letter_in_holidays = models.BooleanField(_("the PLG letter also in my holidays"), default=False, db_default=False)
    digest_next_at = models.DateTimeField(null=True, editable=False, db_index=True)
    paused_until = models.DateField(_("no mail until"), null=True, blank=True)

    level = models.CharField(_("level or year group"), max_length=60, blank=True)
    subjects = models.CharField(_("subjects"), max_length=120, blank=True)
    themes = ArrayField(models.CharField(max_length=40), verbose_name=_("themes"), default=list, blank=True)
    welcomed_at = models.DateTimeField(null=True, editable=False)

    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("technical administrator"), default=False)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="merged_from")
    sessions_closed = models.PositiveIntegerField(default=0, editable=False)
    joined_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(name="address_in_lower_case", condition=models.Q(email=Lower("email"))),
            models.CheckConstraint(name="letter_hour_of_a_day", condition=models.Q(letter_hour__range=(0, 23))),
        ]

    def __str__(self):
        return self.name or self.email

    def save(self, **kwargs):
        """Keep the sort key in step with the name, and name and address on one line."""
        self.name = one_line(self.name)
        self.email = self.email.strip().lower()
        self.sort_name = sort_key(self.name or self.email)
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("people:profile")

    @property
    def rhythm_url(self):
        """Where she says when mail may come: her days off, the day and hour of her letter."""
        return reverse("people:rhythm")

    @property
    def first_name(self):
        """The name by which a letter or the home page greets her."""
        return self.name.split(" ")[0] if self.name else self.email.split("@")[0]

    @property
    def initials(self):
        """One or two capitals for the round picture where there is no photo."""
        words = [word for word in self.name.split() if word[0].isupper()] or self.email[:1].upper().split()
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def has_joined(self):
        """False for someone who was invited or imported and never signed in."""
        return self.joined_at is not None

    @property
    def photo_url(self):
        """Where her photo is asked for, or "". The end of the address changes with the photo."""
        if not self.photo:
            return ""
        return f"{address('people:photo', self.pk)}?v={self.photo.name[-12:-4]}"

    def _get_session_auth_hash(self, secret=None):
        """Raising `sessions_closed` ends every session of hers at once, on whatever device."""
        return salted_hmac(
            "people.User.session", f"{self.password}:{self.sessions_closed}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def may_disturb(self, at):
        """True when a mail of our own accord is welcome at this instant: her working day, outside her quiet hours."""
        local = at.astimezone(ZoneInfo(AMSTERDAM))
        if self.paused_until and local.date() < self.paused_until:
            return False
        clock = local.time()
        if self.quiet_from <= self.quiet_until:
            quiet = self.quiet_from <= clock < self.quiet_until
        else:
            quiet = clock >= self.quiet_from or clock < self.quiet_until
        return not quiet and calendar.is_working_day(local.date(), self.holiday_region, self.days_off)

    @property
    def holiday_region(self):
        """Whose school holidays are hers: of the region that she chose, or else of her school."""
        return self.region or self.school_region

    def works_on(self, day):
        """True on a weekday that is neither a holiday in her region nor a fixed day off of hers."""
        return calendar.is_working_day(day, self.holiday_region, self.days_off)

    def last_working_day_before(self, day):
        """When a reminder about this day must come."""
        return calendar.last_working_day_before(day, self.holiday_region, self.days_off)

    @property
    def has_daily_letter(self):
        """True where the PLG letter comes each working day, not once a week."""
        return self.letter_weekday == LetterDay.DAILY

    @property
    def letter_key(self):
        """By what two people get their next letter at the same moment."""
        works = tuple(self.days_off) if self.has_daily_letter else ()
        return self.letter_weekday, self.letter_hour, self.holiday_region, self.letter_in_holidays, works

    def next_letter_at(self, after=None):
        """The next instant of her letter, at her own hour: on her day of the week or on each day that she works.

        Not in her holidays, unless she said so.
        """
        local = (after or now()).astimezone(ZoneInfo(AMSTERDAM))
        step = 1 if self.has_daily_letter else 7
        day = local.date() if step == 1 else local.date() + timedelta(days=(self.letter_weekday - local.weekday()) % 7)
        for _step in range(420 // step):
            moment = datetime.combine(day, time(self.letter_hour), ZoneInfo(AMSTERDAM))
            if moment > local and self._welcomes_letter(day):
                return moment
            day += timedelta(days=step)
        return None

    def _welcomes_letter(self, day):
        if not self.letter_in_holidays and calendar.holiday(day, self.holiday_region):
            return False
        return not self.has_daily_letter or (day.weekday() < 5 and day.weekday() not in self.days_off)


from people.rights import DataExport, Erasure, Leaving  # noqa: E402, F401 - tables of this app, in a module of their own
