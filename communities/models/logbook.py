from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities import rules
from communities.models.community import Community
from core.files.paths import private_path
from core.models import Model, QuerySet
from core.text import one_line

LONGEST = 8000
MOST_PHOTOS = 6
SHOWN = 400  # characters of each box on a time line
#: The four boxes of an entry, in the order in which they are asked.
TEXTS = ("tried", "saw", "changes", "text")


class LogbookEntries(QuerySet):
    def newest_first(self):
        return self.order_by("-happened_on", "-pk")

    def own(self, user):
        """Her own logbook; what she wrote in that of a PLG stands there."""
        return self.filter(person=user.pk, is_of_the_plg=False)

    def readable_in(self, community):
        """What the members of a PLG read: their common logbook, and what they shared out of their own."""
        return self.filter(community=community, shared_at__isnull=False)

    def with_words(self, words):
        """Those in which each of these words stands."""
        rows = self
        for word in words.split()[:8]:
            in_any = Q()
            for name in TEXTS:
                in_any |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(in_any)
        return rows

    def for_list(self, user):
        """All that a time line shows; its photos come in one query more."""
        return self.for_page(user, "edit").select_related("person", "community").prefetch_related("photos")


class LogbookEntry(Model):
    """Something from a teacher's practice in her own words: tried, seen, to be changed.

    Only she reads it, until she shares it with one PLG of hers. An entry of a PLG's common logbook
    (`is_of_the_plg`) is written for its members and always shared.
    """

    # null: of somebody who was erased; only in the logbook of a PLG, her own went with her
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="logbook_entries")
    community = models.ForeignKey(
        Community, models.RESTRICT, null=True, blank=True, related_name="logbook_entries", verbose_name=_("PLG")
    )
    is_of_the_plg = models.BooleanField(default=False, editable=False)
    happened_on = models.DateField(_("When was it?"))
    tried = models.TextField(_("What I tried"), max_length=LONGEST, blank=True)
    saw = models.TextField(_("What I saw pupils do"), max_length=LONGEST, blank=True)
    changes = models.TextField(_("What I change next time"), max_length=LONGEST, blank=True)
    text = models.TextField(_("Anything else"), max_length=LONGEST, blank=True)
    shared_at = models.DateTimeField(null=True, editable=False)
    at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = LogbookEntries.as_manager()
    rules = {"view": rules.view_entry, "edit": rules.own_entry, "share": rules.share_entry}

    class Meta:
        verbose_name = _("logbook entry")
        verbose_name_plural = _("logbook entries")
        constraints = [
            models.CheckConstraint(name="shared_with_a_plg", condition=Q(shared_at=None) | Q(community__isnull=False)),
            models.CheckConstraint(
                name="entry_of_a_plg", condition=Q(is_of_the_plg=False) | Q(shared_at__isnull=False)
            ),
            models.CheckConstraint(
                name="own_entry_of_somebody", condition=Q(person__isnull=False) | Q(is_of_the_plg=True)
            ),
            models.CheckConstraint(
                name="entry_says_something",
                condition=~Q(tried="", saw="", changes="", text=""),
                violation_error_message=_("Write something in one of the boxes. One sentence is enough."),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-happened_on", "-id"], name="logbook_of_person"),
            models.Index(
                fields=["community", "-happened_on", "-id"],
                name="logbook_of_plg",
                condition=Q(shared_at__isnull=False),
            ),
        ]

    def __str__(self):
        return one_line(next((getattr(self, name) for name in TEXTS if getattr(self, name)), ""))[:80]

    def get_absolute_url(self):
        return reverse("communities:entry", args=[self.pk])

    @property
    def writer(self):
        """Whose name stands with it."""
        return self.person or _now("Former member")

    @property
    def is_shared(self):
        return self.shared_at is not None

    @property
    def parts(self):
        """What was written, box by box: [(label, text)]. What stands alone needs no label."""
        found = [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in TEXTS]
        found = [(label, text) for label, text in found if text]
        return [("", self.text)] if self.text and len(found) == 1 else found

    @property
    def is_long(self):
        """A time line shows only the beginning of its boxes."""
        return any(len(getattr(self, name)) > SHOWN for name in TEXTS)

    @property
    def why_not_edit(self):
        """An entry of a PLG's logbook stands once the PLG is completed; one's own can always be changed."""
        if self.is_of_the_plg and self.community.is_closed:
            return _now("This PLG is completed. Its logbook stays as it is.")
        return ""

    @property
    def why_not_share(self):
        if self.is_shared:
            return _now("This entry is shared already. Take it back first.")
        return ""


class LogbookPhoto(models.Model):
    """A photo with an entry; whoever reads the entry sees it."""

    entry = models.ForeignKey(LogbookEntry, models.CASCADE, related_name="photos")
    image = models.FileField(upload_to=private_path("logbook"))
    description = models.CharField(_("What is on it?"), max_length=140, blank=True)

    class Meta:
        verbose_name = _("photo of a logbook")
        verbose_name_plural = _("photos of a logbook")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.entry_id}: {self.pk}"

    def get_absolute_url(self):
        return reverse("communities:logbook_photo", args=[self.pk])
