"""The demo's days that are over: a work conference of which the evaluation is open, and last year's lab with posters on
the wall and what people thought of it."""

import io
import textwrap
from datetime import time, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from activity.journal import ask_each
from events import evaluating
from events.actions import after
from events.choices import ContributionKind, ContributionState, Kind, QuestionKind, QuestionOf, RegistrationState, State
from events.models import (
    Answer,
    CheckIn,
    Contribution,
    ContributionAuthor,
    EvaluationToken,
    Event,
    Question,
    Registration,
    Room,
    Session,
    Slot,
)
from plg_platform.demo import staff
from plg_platform.demo.events import Came, _event

FONTS = Path(settings.BASE_DIR) / "templates" / "pdf" / "fonts"
#: Title, what is on it in words, colours of paper and ink.
POSTERS = [
    ("Breuken zien met stroken", "Zes gevouwen stroken papier naast elkaar, van een hele tot twaalfden.",
     "#e3efe9", "#0a5f56"),
    ("Vijf denkvragen bij rekenen", "Vijf vragen in vlakken, van 'wat zie je?' tot 'hoe weet je dat zeker?'.",
     "#f6e9d8", "#7a4412"),
    ("Wie leest er thuis voor?", "Een staafdiagram van drie groepen, met eronder drie tips voor ouders.",
     "#e6ebf5", "#233a6b"),
    ("Kijken zonder oordeel", "Een formulier met twee kolommen: wat ik zie en wat ik denk.", "#f4e6ea", "#7a2340"),
    ("Rijke teksten in groep 6", "De voorkanten van vier boeken, met bij elk een zin van een kind.",
     "#eef0da", "#4d5711"),
]  # fmt: skip
SAID = [
    (5, "Morgen begin ik met een denkvraag.", "Iets langer pauze."), (4, "De stroken.", ""), (5, "", "Meer soep."),
    (4, "Kijken zonder oordeel is moeilijker dan het lijkt.", ""), (3, "", "De zaal beneden was te vol."),
    (5, "Ik ga bij een collega kijken.", ""), (4, "", ""), (4, "Een naam om te bellen.", "Begin met de speeddates."),
    (5, "De poster over voorlezen hangt nu bij ons.", ""), (2, "", "Ik kwam voor onderbouw, en daar was weinig."),
    (4, "", ""), (5, "Drie vragen voor mijn PLG.", "Niets veranderen."),
]  # fmt: skip
STAY = 150  # minutes


def fill(builder):
    """After `events.fill`."""
    noor = builder.people[staff.MAIN["network_admin"]]
    _conference(builder, noor)
    _last(builder, builder.events["last"])


def _conference(builder, noor):
    day = builder.today - timedelta(days=5)
    said = "Een ochtend over wat een PLG op gang houdt."
    came = Came("Werkconferentie samen leren", Kind.CONFERENCE, said, State.OVER, day)
    event = _event(builder, noor, came, network=builder.places.network, venue="De Loods", starts=time(9), ends=time(12))
    names = [staff.MAIN[role] for role in ("teacher", "facilitator")]
    rest = [name for name in builder.people if name not in staff.MAIN.values()][:14]
    rows = [_row(event, builder.people[name], builder) for name in names + rest]
    session = _session(event, "Een vraag die blijft hangen", builder.people[staff.MAIN["facilitator"]])
    session.recording = "https://video.example/een-vraag-die-blijft-hangen"
    session.save()
    _scan(event, rows)
    event.rounded_off_at = builder.moment - timedelta(days=4)
    event.save(update_fields=["rounded_off_at"])
    after.settle(event, is_quiet=True)
    EvaluationToken.objects.bulk_create([EvaluationToken(registration=row) for row in rows])
    ask_each(after.THANKED, [{"about": row, "url": f"/events/{event.pk}/evaluate/", "people": [row.person],
                              "due_on": evaluating.closes_at(event).date()} for row in rows[:2]])  # fmt: skip
    builder.events["conference"] = event


def _last(builder, event):
    Event.objects.filter(pk=event.pk).update(rounded_off_at=event.ends_at + timedelta(hours=1))
    event.refresh_from_db()
    tempo = Question.objects.create(
        event=event, of=QuestionOf.EVALUATION, label="Hoe was het tempo?", kind=QuestionKind.SCALE
    )
    choice = Question.objects.create(
        event=event, of=QuestionOf.EVALUATION, label="Wat deed je het meest?", kind=QuestionKind.CHOICE,
        options=["workshops", "posters", "speeddates"],
    )  # fmt: skip
    session = _session(event, "Denkvragen bij rekenen", builder.people[staff.MAIN["facilitator"]])
    rows = []
    for number, (worth, takes_along, better) in enumerate(SAID):
        place = UUID(int=builder.chance.getrandbits(128))
        answers = {str(tempo.pk): str(2 + number % 3), str(choice.pk): choice.options[number % 5 % 3]}
        rows.append(Answer(pk=builder.chance.getrandbits(62), event=event, worth=worth, takes_along=takes_along,
                           better=better, answers=answers, on=event.last_on, place=place))  # fmt: skip
        if number < 7:
            rows.append(Answer(pk=builder.chance.getrandbits(62), event=event, session=session, worth=worth,
                               on=event.last_on, place=UUID(int=builder.chance.getrandbits(128))))  # fmt: skip
    Answer.objects.bulk_create(rows)
    mine = [staff.MAIN["facilitator"], staff.MAIN["teacher"], *list(builder.people)[:3]]
    for poster, name in zip(POSTERS, mine, strict=True):
        _poster(event, poster, builder.people[name])
    there = list(Registration.objects.filter(event=event).select_related("person").order_by("pk")[:80])
    _scan(event, there)
    after.settle(event, is_quiet=True)


def _row(event, person, builder):
    return Registration.objects.create(
        event=event, person=person, state=RegistrationState.CONFIRMED, registered_by=person,
        at=builder.moment - timedelta(days=20),
    )  # fmt: skip


def _session(event, title, speaker):
    room = Room.objects.create(event=event, name="Zaal 1")
    slot = Slot.objects.create(event=event, held_on=event.held_on, starts=event.starts, ends=event.ends)
    row = Session.objects.create(
        event=event, slot=slot, room=room, kind="workshop", title=title, uid=f"{event.pk}-{title[:20]}@demo"
    )
    row.speakers.add(speaker)
    return row


def _scan(event, rows):
    CheckIn.objects.bulk_create(
        CheckIn(event=event, registration=row, direction=way, at=event.starts_at + timedelta(minutes=number % 9 + add))
        for number, row in enumerate(rows)
        for way, add in (("in", 0), ("out", STAY))
    )


def _poster(event, poster, person):
    title, alt, *_colours = poster
    row = Contribution(
        event=event, title=title, kind=ContributionKind.POSTER, state=ContributionState.CONFIRMED, summary=alt,
        created_by=person, poster_alt=alt, poster_name=f"{title}.jpg", poster_type="image/jpeg",
    )  # fmt: skip
    for field, width in (("poster", 1200), ("poster_small", 480)):
        getattr(row, field).save("poster.jpg", ContentFile(_drawn(poster, width)), save=False)
    row.save()
    ContributionAuthor.objects.create(contribution=row, person=person)


def _drawn(poster, width):
    """A poster of words, in the house's letters."""
    title, alt, paper, ink = poster
    picture = Image.new("RGB", (width, width * 4 // 3), paper)
    draw, edge = ImageDraw.Draw(picture), width // 12
    head = ImageFont.truetype(FONTS / "Bricolage-SemiBold.ttf", width // 10)
    body = ImageFont.truetype(FONTS / "Figtree-Regular.ttf", width // 24)
    draw.multiline_text((edge, edge), textwrap.fill(title, 15), fill=ink, font=head, spacing=width // 60)
    for number in range(6):
        high = width // 2 + number * width // 11
        draw.rectangle((edge, high, edge + (width - 2 * edge) * (6 - number) // 6, high + width // 16), fill=ink)
    draw.multiline_text((edge, width * 7 // 6), textwrap.fill(alt, 44), fill=ink, font=body, spacing=width // 90)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return kept.getvalue()
