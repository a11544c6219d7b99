"""One journal, many voices: feed, bell, mail, letter and audit are readings of these rows."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from activity.choices import Channel, Pace, State
from core.models import PersonOrAddress, QuerySet
from core.prepared import prepared
from core.time import today


class About(models.Model):
    """A row that is about one other row, of whatever model."""

    about_type = models.ForeignKey(ContentType, models.CASCADE, null=True, editable=False)
    about_id = models.PositiveBigIntegerField(null=True, editable=False)
    about = GenericForeignKey("about_type", "about_id")

    class Meta:
        abstract = True


class Activity(About):
    """Something that happened. The application's database role cannot change or delete these rows."""

    kind = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    community_id = models.PositiveBigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["about_type", "about_id", "-id"], name="activity_about"),
            models.Index(fields=["community_id", "-id"], name="activity_community"),
        ]

    def __str__(self):
        return f"{self.kind} #{self.about_id}"


class Notifications(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)

    def for_letter(self):
        """What is unread and stood in no letter yet, oldest first."""
        since = now() - timedelta(days=60)  # older news is no news
        rows = self.unread().filter(in_letter_at=None, activity__at__gte=since)
        return rows.select_related("activity__by", "activity__about_type").order_by("pk")

    def for_bell(self, person):
        """What the bell page shows a person, newest first, in one query; `words.seen_by` adds the subjects."""
        return self.filter(person=person).select_related("activity__by", "activity__about_type").order_by("-pk")


class Notification(models.Model):
    """One activity told to one person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="notifications")
    read_at = models.DateTimeField(null=True)
    in_letter_at = models.DateTimeField(null=True)
    objects = Notifications.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [models.UniqueConstraint(fields=["person", "activity"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_bell"),
            models.Index(fields=["person"], name="notification_unread", condition=Q(read_at=None)),
        ]

    def __str__(self):
        return f"{self.activity} → {self.person_id}"


class Asks(QuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def for_today(self, person):
        """What is asked of a person now, the most urgent first."""
        return self.asked(person, today())

    @prepared
    def asked(self, person, day):
        """What is asked of a person on this day, the most urgent first."""
        return self._urgent_first(day).filter(person=person)

    def asked_of(self, people, day):
        """The same of many people."""
        return self._urgent_first(day).filter(person__in=people)

    def _urgent_first(self, day):
        rows = self.open().filter(Q(opens_on=None) | Q(opens_on__lte=day))
        return rows.order_by(models.F("due_on").asc(nulls_last=True), "pk")


class Ask(About, PersonOrAddress):
    """Something that is asked of someone, open until the deed is done. *Vandaag* and the letter read these rows only.

    The words are those of the kind's template; `facts` fill them in.
    """

    kind = models.CharField(max_length=60)
    community_id = models.PositiveBigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    opens_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    objects = Asks.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [
            PersonOrAddress.exactly_one("ask_of_one"),
            models.UniqueConstraint(
                fields=["kind", "about_type", "about_id", "person", "address"],
                name="asked_once",
                nulls_distinct=False,
                condition=Q(closed_at=None),
            ),
        ]
        indexes = [models.Index(fields=["person", "due_on"], name="ask_open", condition=Q(closed_at=None))]

    def __str__(self):
        return f"{self.kind} #{self.about_id}"


class Deliveries(models.QuerySet):
    def due(self, at=None):
        return self.filter(state=State.PENDING, due_at__lte=at or now())


class Delivery(About, PersonOrAddress):
    """One letter to one reader: the truth about mail. The broker is only a hint.

    The unique key makes a second letter on the same occasion impossible; the
    Message-ID is made from it, so a letter repeated after a crash shows as one.
    """

    kind = models.CharField(max_length=60)
    occasion = models.CharField(max_length=120)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.MAIL)
    slot = models.CharField(max_length=60, blank=True)
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True)
    community_id = models.PositiveBigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    due_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    objects = Deliveries.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            PersonOrAddress.exactly_one("delivery_to_one"),
            models.UniqueConstraint(
                fields=["person", "address", "occasion", "channel", "slot"],
                name="delivered_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_due", condition=Q(state=State.PENDING)),
            models.Index(fields=["claimed_at"], name="delivery_claimed", condition=Q(state=State.SENDING)),
            models.Index(fields=["-due_at"], name="delivery_failed", condition=Q(state=State.FAILED)),
            models.Index(fields=["about_type", "about_id"], name="delivery_about"),
        ]

    def __str__(self):
        return f"{self.kind} {self.occasion} {self.state}"


class PaceChoice(models.Model):
    """How soon a person wants to hear of one kind of thing, where she chose other than the usual."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="paces")
    kind = models.CharField(max_length=60)
    pace = models.CharField(max_length=10, choices=Pace)
    changed_at = models.DateTimeField(auto_now=True)
    objects = QuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of pace")
        verbose_name_plural = _("choices of pace")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_pace_per_kind")]

    def __str__(self):
        return f"{self.kind}: {self.pace}"


class Silence(models.Model):
    """An address that wants no mail of ours at all, or none of one kind (kind "" is all)."""

    address = models.EmailField()
    kind = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("unsubscription")
        verbose_name_plural = _("unsubscriptions")
        constraints = [models.UniqueConstraint(fields=["address", "kind"], name="silent_once")]

    def __str__(self):
        return f"{self.kind or '*'}"


class PausedAddress(models.Model):
    """An address at which mail came back thrice: until it is released, no letter goes there.

    Codes to sign in with are no letters: whoever asks for one gets it.
    """

    address = models.EmailField(unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, editable=False, related_name="paused_addresses"
    )
    since = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("paused address")
        verbose_name_plural = _("paused addresses")

    def __str__(self):
        return f"#{self.pk}"


class Bounces(models.QuerySet):
    def counting(self):
        """Those that count towards a pause: for good, and since the address was last released."""
        return self.filter(is_hard=True, settled_at=None)


class Bounce(models.Model):
    """A letter that came back, as a mail server reported it. A report that comes twice is kept once (`key`)."""

    key = models.CharField(max_length=64, unique=True)
    address = models.EmailField(db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, editable=False, related_name="bounces"
    )
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="bounces")
    is_hard = models.BooleanField()
    status = models.CharField(max_length=12, blank=True)
    said = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True)
    objects = Bounces.as_manager()

    class Meta:
        verbose_name = _("returned letter")
        verbose_name_plural = _("returned letters")
        indexes = [models.Index(fields=["-at"], name="bounce_newest")]

    def __str__(self):
        return f"{self.status} #{self.delivery_id}"


class Link(models.Model):
    """One thing refers to another thing, whatever they are."""

    from_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    from_id = models.PositiveBigIntegerField()
    source = GenericForeignKey("from_type", "from_id")
    to_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    to_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("to_type", "to_id")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [models.UniqueConstraint(fields=["from_type", "from_id", "to_type", "to_id"], name="linked_once")]
        indexes = [models.Index(fields=["to_type", "to_id"], name="link_target")]

    def __str__(self):
        return f"{self.from_type_id}:{self.from_id} → {self.to_type_id}:{self.to_id}"


class Look(models.Model):
    """An administrator saw personal data of somebody, once a day for each page. The application only adds these."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+")
    page = models.CharField(_("page"), max_length=60)
    day = models.DateField(_("date"), default=today)
    at = models.DateTimeField(_("moment"), default=now)

    class Meta:
        verbose_name = _("look of an administrator")
        verbose_name_plural = _("looks of administrators")
        constraints = [models.UniqueConstraint(fields=["person", "by", "page", "day"], name="looked_once_a_day")]

    def __str__(self):
        return f"{self.page} #{self.person_id}"
