"""States of the KennisHub that the demo has left behind it: what is begun, asked, reported, hidden and withdrawn."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from communities.models import Community
from core.time import today
from knowledgehub import looking_at, reach
from knowledgehub.actions import adapting, approving, files, links, making, objecting, publishing, reviewing, uploads
from knowledgehub.models import Approval, Resource, ResourceVersion, Upload
from knowledgehub.questions import films
from people.models import User
from plg_platform.demo import staff
from tests import cast as make

#: state -> who looks; its address is laid ready by `begin`.
STATES = {
    "a draft": "teacher",
    "a draft with an upload that broke off": "teacher",
    "a draft of a film": "teacher",
    "a draft of a link": "teacher",
    "a link that was not read": "teacher",
    "a new version that others join": "teacher",
    "before it is thrown away": "teacher",
    "a concept on its page": "teacher",
    "a film": "teacher",
    "chapters": "teacher",
    "makers are asked": "teacher",
    "I am asked": "facilitator",
    "offered": "teacher",
    "looked along at": "facilitator",
    "what waits": "facilitator",
    "what waits, and nothing does": "teacher",
    "to be settled": "platform_admin",
    "reported from outside": "platform_admin",
    "hidden, of its maker": "teacher",
    "hidden, of who can show it again": "facilitator",
    "adapted": "facilitator",
    "what was adapted": "teacher",
    "before it is adapted": "facilitator",
    "before fewer people see it": "teacher",
    "before it is on the web": "teacher",
    "a link of mine": "teacher",
    "behind a link": "stranger",
    "on the web": "stranger",
    "reporting from outside": "stranger",
    "reporting": "facilitator",
    "before it is withdrawn": "teacher",
    "withdrawn": "teacher",
    "withdrawn from the web": "stranger",
    "two versions": "teacher",
}


def begin():
    """Make them. Returns {state: address}."""
    return _Library().addresses


class _Library:
    def __init__(self):
        self.teacher, self.facilitator = (
            User.objects.get(email=staff.main_address(who)) for who in ("teacher", "facilitator")
        )
        self.plg = Community.objects.get(name="PLG Rekenen")
        self.addresses = {"what waits": "/hub/waiting/", "what waits, and nothing does": "/hub/waiting/"}
        self.drafts()
        self.asked()
        self.reported()
        self.gone_on_with()
        while looking_at.look_at_all():
            pass

    def made(self, title, *makers, **fields):
        return make.resource(*(makers or (self.teacher,)), title=title, **fields)

    def at(self, state, name, *args):
        self.addresses[state] = reverse(name, args=[getattr(each, "pk", each) for each in args])

    def drafts(self):
        draft = self.made("Meten in de zandbak", published=False, steps=[{"minutes": 5, "title": "Graven"}])
        self.at("a draft", "knowledgehub:edit", draft)
        self.at("a concept on its page", "knowledgehub:detail", draft)
        self.at("before it is thrown away", "knowledgehub:discard", draft)
        late = self.made("Klok van karton", self.teacher, self.facilitator, published=False)
        upload = uploads.begin(late.versions.get(), by=self.facilitator, name="klok.mp4", size=9_000_000)
        Upload.objects.filter(pk=upload.pk).update(received=4_000_000, changed_at=now() - timedelta(minutes=9))
        text = SimpleUploadedFile("klok.txt", b"Knip de wijzers uit.")
        files.add(late.versions.get(), text, by=self.teacher)
        self.at("a draft with an upload that broke off", "knowledgehub:edit", late)
        film = self.made("Een rekengesprek", kind="video", published=False)
        films.set_chapters(film.versions.get(), by=self.teacher, chapters="0:00 Begin\n1:10 De breuk")
        self.at("a draft of a film", "knowledgehub:edit", film)
        self.at("chapters", "questions:chapters", film)
        seen = self.made("Nog een rekengesprek", kind="video", published=False)
        films.set_chapters(seen.versions.get(), by=self.teacher, chapters="0:00 Begin\n1:10 De breuk")
        make.publish(seen.versions.get(), by=self.teacher)
        films.ask_at(seen.versions.get(), by=self.facilitator, seconds=70, text="Hoe ging het verder?")
        self.at("a film", "knowledgehub:detail", seen)
        for state, said in (
            ("a draft of a link", {"state": "ready", "title": "Breuken | Rekenweb", "summary": "Stroken leggen."}),
            ("a link that was not read", {"state": "away"}),
        ):
            link = self.made(f"Rekenweb, {said['state']}", link="https://rekenweb.example/breuken", published=False)
            ResourceVersion.objects.filter(resource=link).update(
                link_says={"link": "https://rekenweb.example/breuken"} | said
            )
            self.at(state, "knowledgehub:edit", link)

    def asked(self):
        both = self.made("Tafels op het plein", self.teacher, self.facilitator, published=False)
        approving.put_forward(both.versions.get(), by=self.teacher)
        self.at("makers are asked", "knowledgehub:detail", both)
        self.at("I am asked", "knowledgehub:approve", Approval.objects.get(version__resource=both))
        joined = self.made("Kleurig breuken")
        making.edit(making.new_version(joined, by=self.teacher), by=self.teacher, joining=[self.facilitator])
        self.at("a new version that others join", "knowledgehub:edit", joined)
        offered = self.made("Touw in de gang", audience="plg", of=self.plg, published=False)
        review = reviewing.offer(offered.versions.get(), by=self.teacher, place=self.plg, text="Klopt dit?")
        self.at("offered", "knowledgehub:detail", offered)
        self.at("looked along at", "knowledgehub:review", review)

    def reported(self):
        public = self.made("Breuken voor iedereen", audience="public")
        self.at("on the web", "knowledgehub:detail", public)
        self.at("reporting from outside", "knowledgehub:report", public)
        self.at("reporting", "knowledgehub:report", public)
        self.at("before it is withdrawn", "knowledgehub:withdraw", public)
        self.at("before fewer people see it", "knowledgehub:audience", public)
        wide = self.made("Splitsen met knikkers", audience="public")
        said = {"what": "pupils", "reason": "Mijn dochter staat op de foto.", "address": "ouder@school.example"}
        self.at("reported from outside", "knowledgehub:objection", objecting.report(wide, by=None, **said))
        member = objecting.report(wide, by=self.facilitator, what="incorrect", reason="De derde stap klopt niet.")
        self.at("to be settled", "knowledgehub:objection", member)
        gone = self.made("Het oude werkblad", audience="public")
        publishing.withdraw(gone, by=self.teacher, why="Het antwoordblad klopt niet.")
        self.at("withdrawn", "knowledgehub:detail", gone)
        self.at("withdrawn from the web", "knowledgehub:detail", gone)
        hidden = self.made("De foto van groep 5", audience="plg", of=self.plg)
        other = self.plg.memberships.seated().exclude(person__in=[self.teacher, self.facilitator]).first().person
        objection = objecting.report(hidden, by=other, what="pupils", reason="Twee kinderen zijn te herkennen.")
        objecting.hide(objection, by=self.facilitator, outcome="De foto moet eruit.")
        self.at("hidden, of its maker", "knowledgehub:detail", hidden)
        self.at("hidden, of who can show it again", "knowledgehub:detail", hidden)
        waits = self.made("Wegen met water", audience="plg", of=self.plg)
        objecting.report(waits, by=other, what="incorrect", reason="De tweede stap klopt niet.")

    def gone_on_with(self):
        source = self.made("Stroken van stof")
        self.at("before it is adapted", "knowledgehub:adapt", source)
        mine = self.made("Rijgen met kralen")
        own = adapting.adapt(mine, by=self.facilitator)
        Resource.objects.filter(pk=own.pk).update(audience="members")
        making.edit(own.versions.get(), by=self.facilitator, pupils="none")
        make.publish(own.versions.get(), by=self.facilitator)
        self.at("adapted", "knowledgehub:detail", own)
        self.at("what was adapted", "knowledgehub:detail", mine)
        door = reach.Scope("plg", self.plg).door
        self.addresses["before fewer people see it"] = f"{reverse('knowledgehub:audience', args=[mine.pk])}?door={door}"
        self.addresses["before it is on the web"] = f"{reverse('knowledgehub:audience', args=[mine.pk])}?door=w"
        _link, key = links.share(mine, by=self.teacher, said="ouderraad", expires_on=today() + timedelta(days=9))
        self.at("a link of mine", "knowledgehub:links", mine)
        self.at("behind a link", "knowledgehub:link", key)
        again = making.new_version(mine, by=self.teacher)
        making.edit(again, by=self.teacher, summary="Nu ook met veters.")
        publishing.publish(again, by=self.teacher)
        self.at("two versions", "knowledgehub:versions", mine)
