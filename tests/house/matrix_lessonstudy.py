"""A cycle of PLG Rekenen: Fatima guides it, Amina gives its lesson, Gijs is its expert; Tom leads the discussion."""

from uuid import UUID

from django.core.files.base import ContentFile

from lessonstudy.models import Interpretation, Pattern, Revision
from tests.lessonstudy import world


def _made_of(lesson, cast):
    """A pattern, Amina's thought and a change."""
    return {
        "given_pattern": Pattern.objects.create(lesson=lesson, title="Wie meet, kijkt beter", author=cast.amina),
        "given_thought": Interpretation.objects.create(lesson=lesson, text="Het ging te snel.", author=cast.amina),
        "given_revision": Revision.objects.create(
            lesson=lesson, stage_uid=lesson.plan.stages.first().uid, becomes="Laat eerst schatten.", author=cast.amina
        ),
    }


def things(cast):
    """Rows by the names that the matrix has for them."""
    cycle = world.a_cycle(cast, "designing")
    given = world.a_cycle(cast, "discussing", title="Breuken nog eens")
    shared = world.a_cycle(cast, "sharing", title="Meten met je lijf")
    inquiry = world.a_cycle(cast, "planning", template="research", title="Wat doet huiswerk?")
    lesson = cycle.lessons.get()
    note = lesson.observations.create(observer=cast.fatima, key=UUID(int=7), fact="vouwt in drieën")
    photo = lesson.observations.create(observer=cast.fatima, photo_name="werk.jpg", photo_type="image/jpeg")
    photo.photo.save("werk.jpg", ContentFile(b"a picture"))
    return {
        "cycle_note": note,
        "cycle_photo": photo,
        "cycle_observer": lesson.assignments.first(),
        "cycle": cycle,
        "cycle_lesson": cycle.lessons.get(),
        "cycle_plan": cycle.plan.number,
        "cycle_remark": cycle.plan.comments.create(author=cast.amina, text="Is tien minuten genoeg?"),
        "cycle_pupil": cycle.pupils.first(),
        "cycle_source": cycle.sources.create(reference="Kijken naar breuken", added_by=cast.amina),
        "cycle_member": cycle.members.get(person=cast.amina),
        "cycle_given": given,
        "given_pupil": given.pupils.first(),
        **_made_of(given.lessons.get(), cast),
        "given_lesson": given.lessons.get(),
        "cycle_shared": shared,
        "inquiry": inquiry,
    }
