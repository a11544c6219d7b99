"""Questions to a network with their answers; chapters of a film, and what was asked at a moment of it."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from taggit.managers import TaggableManager

from communities.discussions.writing import LONGEST
from core.links import address
from core.models import Model, QuerySet
from core.text import one_line, sort_key
from knowledgehub.models import Resource, ResourceVersion
from knowledgehub.questions import rules
from organisations.models import Network
from people.choices import FACE

LONGEST_FILM = 24 * 3600


class Questions(QuerySet):
    def for_list(self, user):
        """What a list of questions shows: in two queries, with their tags."""
        rows = self.for_page(user).select_related("author", "network").naming(author=FACE, network=["name"])
        return rows.prefetch_related("tags")

    def tagged(self, name):
        """Those with this tag. By hand: the join that taggit makes calls what Django 6.1 deprecates."""
        own = ContentType.objects.get_for_model(self.model)
        tags = self.model.tags.through.objects.filter(content_type=own, tag__name__iexact=name)
        return self.filter(pk__in=tags.values("object_id"))

    def for_detail(self, user):
        """One question with every power, and whether she follows it."""
        follows = Follow.objects.filter(person=user.pk, question=models.OuterRef("pk"))
        return (
            self.for_page(user, "answer", "edit", "close", "keep_order")
            .annotate(is_followed=models.Exists(follows))
            .select_related("author", "network", "accepted", "resource")
            .prefetch_related("tags")
        )


class Question(Model):
    """Something that somebody asks the colleagues of a whole network, by name."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="questions", verbose_name=_("network"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(_("your question in one line"), max_length=140)
    sort_name = models.CharField(max_length=200, editable=False)
    text = models.TextField(_("text"), max_length=LONGEST)
    html = models.TextField(editable=False)
    tags = TaggableManager(blank=True, verbose_name=_("tags"), related_name="network_questions")
    at = models.DateTimeField(default=now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    accepted = models.OneToOneField("questions.Answer", models.SET_NULL, null=True, editable=False, related_name="+")
    answers_count = models.PositiveIntegerField(default=0, editable=False)
    last_at = models.DateTimeField(default=now, editable=False)
    resource = models.ForeignKey(
        Resource, models.SET_NULL, null=True, editable=False, related_name="+", help_text="What was made of it."
    )

    objects = Questions.as_manager()
    rules = {
        "view": rules.view,
        "answer": rules.answer,
        "edit": rules.edit,
        "close": rules.close,
        "keep_order": rules.keep_order,
    }

    class Meta:
        verbose_name = _("question to the network")
        verbose_name_plural = _("questions to the network")
        indexes = [models.Index(fields=["network", "-last_at"], name="question_of_network")]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        """Keep the title on one line: it becomes the subject of letters."""
        self.title = one_line(self.title)
        self.sort_name = sort_key(self.title)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address("questions:question", self.pk)

    @property
    def who(self):
        return self.author or _now("Former member")

    @property
    def icon(self):
        return "circle-check" if self.accepted_id else "message-question"

    @property
    def said_answers(self):
        """How many answered, in words."""
        if not self.answers_count:
            return _now("no answer yet")
        return ngettext("%(n)s answer", "%(n)s answers", self.answers_count) % {"n": self.answers_count}

    @property
    def why_not_answer(self):
        """Why nothing can be added."""
        if self.hidden_at:
            return _now("This question is hidden while the connectors look at it.")
        return _now("This question is closed. You can still read it.") if self.closed_at else ""

    @property
    def why_not_promote(self):
        """Why it becomes no resource."""
        if not self.accepted_id:
            return _now("Choose first which answer helped.")
        return _now("This is a resource already.") if self.resource_id else ""


class Answer(Model):
    """What a colleague answers: one level, the one that helped on top."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("text"), max_length=LONGEST)
    html = models.TextField(editable=False)
    at = models.DateTimeField(default=now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    rules = {"view": rules.view_answer, "edit": rules.edit_answer, "remove": rules.remove_answer}

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"to {self.question_id}"

    def get_absolute_url(self):
        return f"{address('questions:question', self.question_id)}#answer-{self.pk}"

    @property
    def who(self):
        return self.author or _now("Former member")


class Follow(models.Model):
    """Somebody hears of answers to a question."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, related_name="followers")

    class Meta:
        verbose_name = _("followed question")
        verbose_name_plural = _("followed questions")
        constraints = [models.UniqueConstraint(fields=["person", "question"], name="question_followed_once")]

    def __str__(self):
        return f"{self.person_id} follows {self.question_id}"


class Report(Model):
    """Somebody thinks that a question or an answer should not stand here, and tells the connectors why."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="reports")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("What is wrong with it?"), max_length=2000)
    at = models.DateTimeField(default=now, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    rules = {"view": rules.settle, "settle": rules.settle}

    class Meta:
        verbose_name = _("report of a question")
        verbose_name_plural = _("reports of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "answer", "by"],
                name="question_reported_once",
                condition=Q(settled_at=None),
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"about {self.question_id}"

    def get_absolute_url(self):
        return address("questions:index")


# Films --------------------------------------------------------------------------------------------


class Chapter(Model):
    """Where something begins in a film: of one version, and with it unchanging once that is published."""

    version = models.ForeignKey(ResourceVersion, models.CASCADE, related_name="chapters")
    seconds = models.PositiveIntegerField(validators=[MaxValueValidator(LONGEST_FILM)])
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["seconds", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "seconds"], name="one_chapter_a_moment")]

    def __str__(self):
        return self.title

    @property
    def clock(self):
        return clock(self.seconds)


class Moment(Model):
    """What somebody asks at a moment of a film, and what its makers answer."""

    version = models.ForeignKey(ResourceVersion, models.CASCADE, related_name="moments")
    seconds = models.PositiveIntegerField(validators=[MaxValueValidator(LONGEST_FILM)])
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("your question"), max_length=1000)
    at = models.DateTimeField(default=now, editable=False)
    answer = models.TextField(_("your answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)

    rules = {
        "view": rules.view_moment,
        "edit": rules.edit_moment,
        "answer": rules.answer_moment,
        "remove": rules.remove_moment,
    }

    class Meta:
        verbose_name = _("question at a moment")
        verbose_name_plural = _("questions at a moment")
        ordering = ["seconds", "pk"]

    def __str__(self):
        return f"at {self.seconds} of {self.version_id}"

    def get_absolute_url(self):
        return f"{address('knowledgehub:detail', self.version.resource_id)}#moment-{self.pk}"

    @property
    def who(self):
        return self.author or _now("Former member")

    @property
    def answerer(self):
        return self.answered_by or _now("Former member")

    @property
    def clock(self):
        return clock(self.seconds)


def clock(seconds):
    """A moment of a film: 4:05, or 1:04:05."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
