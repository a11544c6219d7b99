"""States of using the KennisHub and of its way outside that no link of the demo leads to, or that it left behind."""

import io
import zipfile
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communities.models import Community
from core.time import today
from knowledgehub.actions import collecting, using
from knowledgehub.models import Collection
from knowledgehub.outside.material import deeds
from knowledgehub.outside.models import HarvestSource, MaterialList
from knowledgehub.questions import actions, films
from organisations.models import Network
from people.models import User
from plg_platform.demo import staff
from tests import cast as make

#: state -> who looks; its address is laid ready by `begin`.
STATES = {
    "a collection in its order": "facilitator",
    "a collection that stands open, for nobody in particular": "stranger",
    "a collection with nothing in it": "facilitator",
    "before a collection goes": "facilitator",
    "changing a collection": "facilitator",
    "why it is there": "facilitator",
    "into a collection": "facilitator",
    "telling how it went": "facilitator",
    "all that was told": "facilitator",
    "before what was told goes": "facilitator",
    "taking along": "facilitator",
    "a film with what was asked": "facilitator",
    "asking at a moment": "facilitator",
    "answering at a moment": "teacher",
    "before a moment goes": "facilitator",
    "a question with what helped": "facilitator",
    "a closed question": "teacher",
    "a hidden question": "facilitator",
    "reporting an answer": "teacher",
    "before an answer goes": "teacher",
    "before it becomes a resource": "facilitator",
    "asking what was asked": "teacher",
    "questions with reports": "network_admin",
    "nothing found": "teacher",
    "found by what is like it": "teacher",
    "found, and narrowed": "teacher",
    "a list that asks": "teacher",
    "a list that was made": "teacher",
    "a library that does not answer": "platform_admin",
}
LIST = "titel;soort;licentie;bestanden\n{}\n"


def begin():
    """Make them. Returns {state: address}."""
    return _Shelves().addresses


class _Shelves:
    def __init__(self):
        self.person = {who: User.objects.get(email=staff.main_address(who)) for who in staff.MAIN}
        self.teacher, self.facilitator = self.person["teacher"], self.person["facilitator"]
        self.plg, self.addresses = Community.objects.get(name="PLG Rekenen"), {}
        self.collections()
        self.told()
        self.film()
        self.questions()
        self.searches()
        self.outside()

    def at(self, state, name, *args):
        self.addresses[state] = reverse(name, args=[getattr(each, "pk", each) for each in args])

    def collections(self):
        rows = [
            make.resource(self.teacher, title=title, audience=audience)
            for title, audience in (("Plank met stroken", "public"), ("Plank met knopen", "members"))
        ]
        shelf = collecting.begin_collection(
            by=self.facilitator, of=self.plg, name="De plank van groep 6", said="In deze volgorde.", is_public=True
        )
        items = [collecting.lay_in(shelf, row, by=self.facilitator, note="Begin hiermee.") for row in rows]
        empty = collecting.begin_collection(by=self.facilitator, name="Nog leeg")
        self.at("a collection in its order", "knowledgehub:collection", shelf)
        self.at("a collection that stands open, for nobody in particular", "knowledgehub:collection", shelf)
        self.at("a collection with nothing in it", "knowledgehub:collection", empty)
        self.at("before a collection goes", "knowledgehub:remove_collection", shelf)
        self.at("changing a collection", "knowledgehub:edit_collection", shelf)
        self.at("why it is there", "knowledgehub:note", items[0])
        self.at("into a collection", "knowledgehub:collect", rows[0])

    def told(self):
        row = make.resource(self.teacher, title="Stroken waarover verteld is")
        said = {"level": "groep 6", "again": "yes", "is_adapted": True, "changed": "Eerst samen.", "minutes": 40}
        told = using.tell(row, by=self.facilitator, used_on=today() - timedelta(days=3), **said)
        self.at("telling how it went", "knowledgehub:tell", row)
        self.at("all that was told", "knowledgehub:experiences", row)
        self.at("before what was told goes", "knowledgehub:remove_experience", told)
        self.at("taking along", "knowledgehub:take", row)

    def film(self):
        film = make.resource(self.teacher, title="Een gesprek over stroken", kind="webinar")
        moment = films.ask_at(film.versions.get(), by=self.facilitator, seconds=245, text="Hoe ging het verder?")
        films.answer_at(moment, by=self.teacher, answer="Zie minuut acht.")
        films.ask_at(film.versions.get(), by=self.facilitator, seconds=30, text="Welke groep is dit?")
        self.at("a film with what was asked", "knowledgehub:detail", film)
        self.at("asking at a moment", "questions:ask_at", film)
        self.at("answering at a moment", "questions:answer_at", moment)
        self.at("before a moment goes", "questions:remove_moment", moment)

    def questions(self):
        network = Network.objects.get()

        def ask(title):
            said = {"title": title, "text": "Zonder **blad**.", "tags": ["stroken"]}
            return actions.ask(by=self.facilitator, network=network, **said)

        helped = ask("Hoe vouw je een derde?")
        said = actions.answer(helped, by=self.teacher, text="Met een strook van een meter.")
        actions.accept(said, by=self.facilitator)
        closed, hidden, reported = ask("Waar koop je stroken?"), ask("Wie heeft stroken over?"), ask("Welke strook?")
        actions.close(closed, by=self.facilitator)
        connector = self.person["network_admin"]
        actions.report(hidden, by=self.teacher, reason="Hier staat een naam.")
        actions.settle(hidden.reports.get(), by=connector, hide=True)
        actions.report(reported, by=self.teacher, reason="Hier staat een naam.")
        self.at("a question with what helped", "questions:question", helped)
        self.at("a closed question", "questions:question", closed)
        self.at("a hidden question", "questions:question", hidden)
        self.at("reporting an answer", "questions:report", helped)
        self.addresses["reporting an answer"] += f"?answer={said.pk}"
        self.at("before an answer goes", "questions:remove_answer", said)
        self.at("before it becomes a resource", "questions:promote", helped)
        self.addresses["asking what was asked"] = f"{reverse('questions:ask')}?title=Hoe+vouw+je+een+derde"
        self.at("questions with reports", "questions:index")

    def searches(self):
        hub = reverse("finding:index")
        self.addresses["nothing found"] = f"{hub}?q=zonnestelselsonde&kind=protocol"
        self.addresses["found by what is like it"] = f"{hub}?q=strooken+vouwen"
        self.addresses["found, and narrowed"] = f"{hub}?q=stroken&kind=lesson"

    def outside(self):
        self.at("a list that asks", "outside:check_material", self.list_of(";;;weg.pdf", "Klok;poster;;blad.txt"))
        made = self.list_of("Plank met touw;tool;cc-by-40;blad.txt")
        deeds.make_all(made, by=self.teacher)
        self.at("a list that was made", "outside:check_material", made)
        network = Network.objects.get()
        source = HarvestSource.objects.create(
            name="Elders", url="https://elders.example/oai", last_wrong="De bibliotheek is te traag.",
            collection=Collection.objects.create(network=network, name="Elders"),
        )  # fmt: skip
        self.at("a library that does not answer", "outside:source", source)

    def list_of(self, *rows):
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w") as archive:
            archive.writestr("lijst.csv", LIST.format("\n".join(rows)))
            archive.writestr("blad.txt", "Vouw de strook in drieën.")
        deeds.read_list([SimpleUploadedFile("map.zip", kept.getvalue())], by=self.teacher)
        return MaterialList.objects.latest("pk")
