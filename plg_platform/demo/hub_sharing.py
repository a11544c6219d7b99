"""What the demo's colleagues share: a lesson that goes on in another school, one that is looked along at, a link."""

from datetime import timedelta

from activity.journal import ask
from communities.discussions import writing
from knowledgehub import licences, registry
from knowledgehub.actions import adapting, making, reviewing
from knowledgehub.choices import Audience, Pupils, State
from knowledgehub.models import AudienceChange, Objection, Remark, Resource, ResourceVersion, Review, ShareLink
from plg_platform.demo import texts

TALK = [
    ("Els Jansen", 3, "Is de opbouw duidelijk? Ik twijfel of het vouwen niet te lang duurt."),
    ("Sanne Bakker", 2, "Mooi begin met de reep! Leg bij het vouwen een lege strook klaar, dan loopt niemand vast."),
    ("Els Jansen", 1, "Goed idee, dat zet ik erin als jij verder tevreden bent."),
]


def fill(builder):
    """After the resources themselves; without any of them nothing."""
    found = Resource.objects.filter(state=State.PUBLISHED).order_by("pk")
    lesson = next((row for row in found.filter(kind="lesson") if licences.of_adaptations(row.licence)), None)
    if lesson is None:
        return
    _goes_on(builder, lesson)
    _looked_along_at(builder)
    _shared_outside(builder, lesson)
    _settled(builder, lesson)


def _goes_on(builder, lesson):
    """Bram made a version for the gym."""
    by = builder.people["Bram Visser"]
    own = adapting.adapt(lesson, by=by)
    version, at = own.versions.get(), builder.moment - timedelta(days=12)
    summary = "Kinderen leggen met touw breuken uit op de vloer van de gymzaal en vergelijken ze."
    making.edit(version, by=by, title="Breuken met touw in de gymzaal", summary=summary, pupils=Pupils.NONE)
    ResourceVersion.objects.filter(pk=version.pk).update(published_at=at, created_at=at)
    version.refresh_from_db()
    Resource.objects.filter(pk=own.pk).update(
        state=State.PUBLISHED, current=version, audience=Audience.MEMBERS, published_at=at, changed_at=at,
        created_at=at, licence=version.licence,
    )  # fmt: skip
    said = "Iedereen met een account."
    AudienceChange.objects.create(resource=own, was="private", became="members", said=said, by=by, at=at)
    registry.tell_changed(Resource.objects.get(pk=own.pk))


def _looked_along_at(builder):
    """Els asks Sanne before she publishes."""
    els, plg = builder.people["Els Jansen"], builder.communities[texts.REKENEN.name]
    steps = [
        {"minutes": 8, "title": "De reep verdelen", "text": "Je mag kiezen: een derde of een kwart. Wat neem je?"},
        {"minutes": 15, "title": "Zelf vouwen", "text": "Ieder kind vouwt vijf stroken en kleurt ze."},
        {
            "minutes": 17,
            "title": "Leggen en vergelijken",
            "text": "In tweetallen: leg onder elkaar, wijs aan, leg uit.",
        },
    ]
    version = making.begin(
        by=els, title="Stroken in kleur: welke breuk is groter?", kind="lesson", licence="cc-by-sa-40", origin="own",
        pupils="none", audience="plg", community=plg, lesson_minutes=50, prep_minutes=15, steps=steps,
        summary="Dezelfde breuk krijgt dezelfde kleur. Zo zien kinderen sneller welke groter is.",
        needs="Gekleurd papier, scharen",
    )  # fmt: skip
    at = builder.moment - timedelta(days=3)
    ResourceVersion.objects.filter(pk=version.pk).update(offered_at=at, created_at=at)
    Resource.objects.filter(pk=version.resource_id).update(state=State.OFFERED, created_at=at)
    review = Review.objects.create(version=version, community=plg, asked_by=els, asked_at=at)
    Remark.objects.bulk_create(
        Remark(
            review=review, author=builder.people[who], text=text, html=writing.html_of(text),
            at=builder.moment - timedelta(days=days),
        )
        for who, days, text in TALK
    )  # fmt: skip
    ask(
        reviewing.ASKED, about=review, url=review.get_absolute_url(), people=[builder.people["Sanne Bakker"]],
        community=plg,
    )  # fmt: skip


def _shared_outside(builder, lesson):
    """A link that parents opened. Its key is nobody's: who wants one makes one."""
    maker = lesson.authors.exclude(person=None).first().person
    ShareLink.objects.create(
        resource=lesson, key_hash="0" * 64, said="Ouderraad De Regenboog", made_by=maker, opened=6,
        made_at=builder.moment - timedelta(days=9), expires_on=builder.today + timedelta(days=21),
    )  # fmt: skip


def _settled(builder, lesson):
    """Somebody saw a mistake; it was settled the same week."""
    Objection.objects.create(
        resource=lesson, by=builder.people["Mark de Wit"], what="incorrect", at=builder.moment - timedelta(days=30),
        reason="Bij stap 3 staat een zesde, maar op het werkblad een achtste.",
        settled_at=builder.moment - timedelta(days=28), settled_by=builder.people["Paula Verweij"],
        outcome="De makers hebben het werkblad aangepast.",
    )  # fmt: skip
