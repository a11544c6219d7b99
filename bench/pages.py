"""The pages that are measured, each as the person of the demo who would open it."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from bench import programme, searching
from communities.discussions.models import Post, Reaction, Topic
from communities.meetings.models import Meeting
from communities.models import Community
from lessonstudy.choices import Match
from lessonstudy.models import Observation, ResearchLesson
from organisations.models import Role
from people.models import User
from plg_platform.demo import staff, texts

HOST = settings.ALLOWED_HOSTS[0]


@dataclass
class Page:
    """A page under its name among the figures."""

    name: str
    path: str
    client: Client = field(repr=False)

    @cached_property
    def headers(self):
        """Of a request as the proxy in front would send it, from a browser that is signed in and was here before."""
        self.client.get(self.path, secure=True, headers={"host": HOST})
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.client.cookies.items())
        return {"Host": HOST, "X-Forwarded-Proto": "https", "Cookie": cookies}

    def queries(self):
        """How many queries a second visit takes."""
        request = {"secure": True, "headers": {"host": HOST}}
        self.client.get(self.path, **request)
        with CaptureQueriesContext(connection) as captured:
            answer = self.client.get(self.path, **request)
        assert answer.status_code == 200, f"{self.path} answered {answer.status_code}"
        return len(captured)


def signed_in(part):
    """A browser of one of the demo's main persons."""
    client = Client(headers={"host": HOST})
    person = User.objects.get(email=staff.main_address(part))
    client.force_login(person, backend="people.backends.PersonBackend")
    session = client.session
    session["demo"] = True  # no second factor asked
    session.save()
    return client


def talk(community):
    """Twenty topics more, one of them with fifty posts by all members, as much as stands on a page at most."""
    people = list(User.objects.filter(memberships__community=community, memberships__state="active").order_by("pk"))
    title, text = (
        "Hoe praten we over breuken?",
        "<p>Ik liet <strong>stroken</strong> vouwen en luisterde. " * 4 + "</p>",
    )
    topics = Topic.objects.bulk_create(
        Topic(
            community=community, title=f"{title} {n}", author=people[n % len(people)], post_count=50, last_post_at=now()
        )
        for n in range(20)
    )
    posts = Post.objects.bulk_create(
        Post(topic=topics[-1], number=n, author=people[n % len(people)], text="", html=text) for n in range(1, 51)
    )
    Reaction.objects.bulk_create(Reaction(post=post, person=people[0], kind="helps") for post in posts[::3])
    return topics[-1]


def noted(many=400):
    """The lesson that the demo's team discusses, with so many observations."""
    lesson = ResearchLesson.objects.filter(opened_at__isnull=False).select_related("cycle", "plan").latest("opened_at")
    stages, pupils = list(lesson.plan.stages.all()), list(lesson.cycle.pupils.all())
    people = list(User.objects.filter(pk__in=lesson.assignments.values("observer")).order_by("pk"))
    there = lesson.observations.count()
    Observation.objects.bulk_create(
        Observation(
            lesson=lesson, observer=people[n % len(people)], stage=stages[n % len(stages)], offset_s=n * 7,
            pupil=pupils[n % len(pupils)], match=Match.values[n % 4], key=uuid4(),
            fact=f"Notitie {n}: vouwt de strook, strijkt glad en kijkt wat de buurman doet.",
        )
        for n in range(there, many)
    )  # fmt: skip
    return lesson


def all():  # noqa: A001 - reads as pages.all()
    """Every page that is measured now."""
    teacher = signed_in("teacher")
    maths = Community.objects.get(name=texts.REKENEN.name, owner_school__name=texts.REKENEN.owner)
    meeting = Meeting.objects.filter(community=maths).upcoming().first()
    topic = Topic.objects.filter(community=maths, post_count=50).last() or talk(maths)
    people = [User.objects.get(email=staff.main_address(part)) for part in ("network_admin", "teacher")]
    lab = programme.big(*people)
    led = Role.objects.current().filter(kind="school_leader", person__email=staff.main_address("school_leader")).first()
    lesson = noted()
    return [
        Page("page.today", reverse("home"), teacher),
        Page("page.plg_home", reverse("communities:home", args=[maths.pk]), teacher),
        Page("page.topics", reverse("discussions:index", args=[maths.pk]), teacher),
        Page("page.topic", reverse("discussions:topic", args=[topic.pk]), teacher),
        Page("page.meeting", reverse("meetings:detail", args=[meeting.pk]), teacher),
        *(
            Page(f"page.search_{often}", f"{reverse('search:search')}?q={word}", teacher)
            for often, word in searching.asked_in(maths)
        ),
        Page("page.cycle", reverse("lessonstudy:detail", args=[lesson.cycle_id]), teacher),
        Page("page.matrix", reverse("lessonstudy:matrix", args=[lesson.pk]), teacher),
        Page("page.timeline", f"{reverse('lessonstudy:matrix', args=[lesson.pk])}?view=line", teacher),
        Page("page.programme", reverse("events:programme", args=[lab.pk]), teacher),
        Page("page.today_facilitator", reverse("home"), signed_in("facilitator")),
        Page("page.today_leader", reverse("home"), signed_in("school_leader")),
        Page("page.leader", reverse("participation:school", args=[led.school_id]), signed_in("school_leader")),
        Page("page.today_network", reverse("home"), signed_in("network_admin")),
    ]
