"""What is done with the lesson that Amina shares, and what is asked in the network and of her film."""

from django.core.files.base import ContentFile

from core.time import today
from knowledgehub.actions import collecting, making, using
from knowledgehub.models import ResourceFile
from knowledgehub.questions import actions as asking
from knowledgehub.questions import films
from organisations.choices import RoleKind
from tests import cast as make


def things(cast, people):
    """Rows by the names that the matrix has for them."""
    member, facilitator = people["member"], people["facilitator"]
    lesson = make.resource(member, title="Breuken vouwen", audience="plg", of=cast.maths)
    file = ResourceFile(version=lesson.current, name="vouwen.txt", media_type="text/plain", size=5, state="ready")
    file.file.save("vouwen.txt", ContentFile(b"vouwen"))
    collection = collecting.begin_collection(by=member, name="Breuken", of=cast.maths)
    make.role(make.person("Vera Blom"), RoleKind.CONNECTOR, cast.network)  # else the platform settles reports
    question = asking.ask(by=member, network=cast.network, title="Hoe begin je met breuken?", text="Zonder werkblad.")
    answer = asking.answer(question, by=facilitator, text="Laat ze vouwen.")
    asking.accept(answer, by=member)
    film = make.resource(member, title="Breuken zien", kind="video", audience="plg", of=cast.maths)
    moment = films.ask_at(film.versions.get(), by=facilitator, seconds=5, text="Welk papier is dit?")
    making.new_version(film, by=member)
    return {
        "used_lesson": lesson,
        "hub_experience": using.tell(lesson, by=facilitator, used_on=today(), again="yes"),
        "hub_collection": collection,
        "hub_collection_item": collecting.lay_in(collection, lesson, by=member),
        "question": question,
        "hub_answer": answer,
        "hub_question_report": asking.report(question, by=people["school_leader"], reason="Hier staat een naam."),
        "hub_film": film,
        "hub_moment": moment,
    }
