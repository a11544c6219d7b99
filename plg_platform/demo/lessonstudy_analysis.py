"""What the team of "Breuken zien" noted beside the first facts, and what it makes of them: the notes of a whole lesson.

With what `lessonstudy` lays down there are thirty-four notes, so that the matrix is as full as in a real discussion.
"""

from datetime import timedelta

from core.time import instant
from lessonstudy.models import Interpretation, Observation, Pattern, Revision

#: who, code ("" the whole class), part, minute, second, fact, match, is_quote
MORE = [
    ("Ruben Mulder", "B", 0, 7, 15, "Legt de helften op elkaar om te zien of het klopt.", "expected", False),
    ("Ruben Mulder", "B", 0, 8, 50, "‘Zo heb je er vier.’", "expected", True),
    ("Els Jansen", "C", 0, 8, 20, "Kijkt naar de buurman en schuift haar lijn op.", "partly", False),
    ("Mark de Wit", "A", 1, 13, 5, "Vouwt zonder kijken, legt dan de liniaal erlangs.", "expected", False),
    ("Mark de Wit", "A", 1, 19, 40, "Schrijft ¼ op elk stuk.", "expected", False),
    ("Mark de Wit", "A", 1, 22, 10, "Helpt B: ‘Nog een keer dubbel.’", "expected", True),
    ("Ruben Mulder", "B", 1, 17, 25, "Vouwt open en telt: ‘een, twee, drie, vier halven.’", "partly", True),
    ("Ruben Mulder", "B", 1, 21, 5, "Kleurt één deel en schrijft ½.", "other", False),
    ("Els Jansen", "C", 1, 20, 30, "Vouwt nog eens, nu in vieren.", "partly", False),
    ("Els Jansen", "C", 1, 23, 15, "Wil niet dat iemand haar strook aanraakt.", "other", False),
    ("Mark de Wit", "A", 2, 27, 30, "Pakt twee repen van verschillende lengte.", "partly", False),
    ("Mark de Wit", "A", 2, 35, 45, "‘Bij de pizza weet ik het niet zeker.’", "partly", True),
    ("Ruben Mulder", "B", 2, 28, 40, "Praat door terwijl de stroken op tafel liggen.", "other", False),
    ("Ruben Mulder", "B", 2, 34, 5, "Zegt na wat A zegt, kijkt niet naar de strook.", "other", False),
    ("Ruben Mulder", "B", 2, 37, 20, "‘Het is toch allebei een kwart?’", "other", True),
    ("Els Jansen", "C", 2, 36, 50, "Legt ook de derde strook eronder en wijst.", "other", False),
    ("Ruben Mulder", "B", 3, 46, 30, "Wil het briefje overdoen als C het zijne laat zien.", "partly", False),
    ("Mark de Wit", "", 0, 3, 20, "Het wordt stil bij de vraag wie het grootste stuk heeft.", "", False),
    ("Els Jansen", "", 1, 12, 40, "Zes van de acht tweetallen beginnen met vouwen, twee met meten.", "", False),
    ("Ruben Mulder", "", 2, 26, 15, "De stroken blijven in vijf tweetallen in het bakje liggen.", "", False),
    ("Mark de Wit", "", 3, 47, 50, "Vier leerlingen schrijven een reden met ‘omdat’.", "", False),
]
SECOND_PATTERN = ("Wie stroken in handen heeft, kijkt beter", "C kwam verder dan verwacht, zonder hulp.")
SECOND_THOUGHT = "C had tijd nodig om te vouwen. Dat leek traag, maar het hielp later juist."
FOUND = "Pakt zelf beide stroken"


def fill(builder, lesson):
    """The rest of the notes, a second pattern and a second thought; the lesson has its first ones."""
    stages, pupils = list(lesson.plan.stages.all()), {row.code: row for row in lesson.cycle.pupils.all()}
    begins, over = instant(lesson.held_on, lesson.starts), instant(lesson.held_on, lesson.ends)
    Observation.objects.bulk_create(
        Observation(
            lesson=lesson, observer=builder.people[who], pupil=pupils.get(code), stage=stages[part], fact=fact,
            match=match, is_quote=is_quote, offset_s=minute * 60 + second, sequence=100 + n,
            made_at=begins + timedelta(minutes=minute, seconds=second), arrived_at=over,
        )
        for n, (who, code, part, minute, second, fact, match, is_quote) in enumerate(MORE)
    )  # fmt: skip
    note = Observation.objects.filter(lesson=lesson, fact__startswith=FOUND).first()
    pattern = Pattern.objects.create(
        lesson=lesson, title=SECOND_PATTERN[0], text=SECOND_PATTERN[1], author=builder.people["Els Jansen"]
    )
    thought = Interpretation.objects.create(lesson=lesson, text=SECOND_THOUGHT, author=builder.people["Els Jansen"])
    if note:
        pattern.observations.set([note])
        thought.observations.set([note])
        for change in Revision.objects.filter(lesson=lesson)[:1]:
            change.observations.add(note)
