"""Whatever people share, adapt, hide and take back, in whatever order: some things always hold."""

from contextlib import suppress

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from core import standing
from core.refusals import Refused
from knowledgehub import licences, reach
from knowledgehub.actions import adapting, audience, objecting, publishing
from knowledgehub.choices import LICENCES
from knowledgehub.models import AudienceChange, Resource
from knowledgehub.rules import doors_of
from tests import cast as make

DEEDS = ["share", "share", "adapt", "report", "hide", "show", "withdraw"]


class World:
    """The cast with one lesson, and what may happen to it."""

    def __init__(self, data):
        self.data, self.cast = data, make.cast()
        c = self.cast
        self.people = [c.fatima, c.amina, c.tom, c.els, c.dele]
        licence = data.draw(st.sampled_from(["here", "here", "cc-by-sa-40", "cc-by-nd-40", "cc0-10"]))
        make.resource(c.amina, audience="board", of=c.board, licence=licence)

    def pick(self, rows):
        rows = list(rows)
        return self.data.draw(st.sampled_from(rows)) if rows else None

    def step(self):
        deed, resource = self.pick(DEEDS), self.pick(Resource.objects.order_by("pk"))
        maker = resource.authors.first().person
        with suppress(Refused), transaction.atomic():
            getattr(self, deed)(resource, maker)

    def share(self, resource, maker):
        scope, before = self.pick(reach.scopes_of(maker)), resource.audience_changes.count()
        audience.change_audience(resource, by=maker, scope=scope)
        assert resource.audience_changes.count() == before + 1

    def adapt(self, resource, maker):
        by = self.pick(person for person in self.people if resource.door in doors_of(person))
        if by:
            own = adapting.adapt(resource, by=by, licence=self.pick(licences.of_adaptations(resource.licence)) or "")
            if not own.current_id:
                publishing.publish(own.versions.get(), by=by)

    def report(self, resource, maker):
        objecting.report(resource, by=self.cast.els, what="rights", reason="Dit is van mij.")

    def hide(self, resource, maker):
        objection = resource.objections.filter(settled_at=None).first()
        if objection:
            objecting.hide(objection, by=self.cast.paula, outcome="Eerst uitzoeken.")

    def show(self, resource, maker):
        objecting.show_again(resource, by=self.cast.paula)

    def withdraw(self, resource, maker):
        publishing.withdraw(resource, by=maker, why="Er is een betere.")

    def holds(self):
        for resource in Resource.objects.select_related("community", "school", "board", "network"):
            self.is_seen_behind_its_door(resource)
            if resource.licence == licences.HERE:
                assert resource.audience != "public", "what stays here is never on the web"
            if resource.is_adaptation:
                assert resource.licence in licences.of_adaptations(resource.adapted_licence)
                assert "Amina Yildiz" in resource.adapted_from_says or resource.adapted_from.adapted_from_id
            if resource.state == "published" and resource.audience == "public":
                assert resource.was_public
                assert LICENCES[resource.licence].is_open
        assert AudienceChange.objects.exclude(said="").count() == AudienceChange.objects.count()

    def is_seen_behind_its_door(self, resource):
        shown = resource.state == "published" and resource.hidden_at is None
        makers = set(resource.authors.values_list("person", flat=True))
        for person in self.people:
            standing.forget(person)
            finds = Resource.objects.found_by(person).filter(pk=resource.pk).exists()
            assert finds == (shown and (resource.door or "-") in doors_of(person))
            sees = Resource.objects.allowing(person, "view").filter(pk=resource.pk).exists()
            judges = resource.state == "published" and person == self.cast.fatima
            assert sees == (finds or person.pk in makers) or judges


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_whatever_happens_some_things_hold(django_db_setup, django_db_blocker, data):
    with django_db_blocker.unblock(), transaction.atomic():
        world = World(data)
        for _step in range(data.draw(st.integers(1, 7))):
            world.step()
        world.holds()
        transaction.set_rollback(True)
