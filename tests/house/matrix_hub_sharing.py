"""What Amina shares in the KennisHub: a lesson with a link and an objection, and one that Fatima looks along at."""

from datetime import timedelta

from django.core.files.base import ContentFile

from core.time import today
from knowledgehub.actions import links, objecting, reviewing
from knowledgehub.models import ResourceFile
from tests import cast as make


def things(cast, people, photo):
    """Rows by the names that the matrix has for them."""
    member = people["member"]
    lesson = make.resource(member, audience="plg", of=cast.maths)
    file = ResourceFile(version=lesson.current, name="stroken.jpg", media_type="image/jpeg", size=5, state="ready")
    file.file.save("stroken.jpg", ContentFile(photo), save=False)
    file.preview.save("stroken.jpg", ContentFile(photo), save=False)
    file.save()
    link, key = links.share(lesson, by=member, said="ouderraad", expires_on=today() + timedelta(days=30))
    concept = make.resource(member, title="Breuken met touw", audience="plg", of=cast.maths, published=False)
    return {
        "shared_lesson": lesson,
        "shared_file": file,
        "share_link": link,
        "share_key": key,
        "offered_lesson": concept,
        "hub_review": reviewing.offer(concept.versions.get(), by=member, place=cast.maths),
        "hub_objection": objecting.report(lesson, by=cast.tom, what="incorrect", reason="De derde stap klopt niet."),
    }
