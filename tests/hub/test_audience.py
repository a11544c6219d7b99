"""Who sees a resource: said before it is saved, asked again where it goes further, and written down."""

import pytest
from django.urls import reverse

from activity.models import Notification
from core.refusals import Refused
from core.registry import mergers
from knowledgehub import reach
from knowledgehub.actions import adapting, approving, audience, making
from knowledgehub.models import AudienceChange, Resource
from tests import cast as make


def scope(user, letter):
    return next(each for each in reach.scopes_of(user) if each.door.startswith(letter))


def share(lesson, by, letter, **agreed):
    return audience.change_audience(lesson, by=by, scope=scope(by, letter), **agreed)


def test_amina_shows_her_lesson_to_the_network_and_it_is_written_down(cast):
    lesson = make.resource(cast.amina, cast.tom, audience="plg", of=cast.maths)
    assert not Resource.objects.found_by(cast.ben).exists()
    share(lesson, cast.amina, "n")
    assert Resource.objects.found_by(cast.ben).get() == lesson
    assert not Resource.objects.found_by(cast.dele).exists()
    change = AudienceChange.objects.get(was="plg")
    assert (change.was, change.became, change.by) == ("plg", "network", cast.amina)
    assert "2 scholen" in change.said
    assert Notification.objects.filter(person=cast.tom, activity__kind="knowledgehub.audience_changed").exists()


def test_nobody_speaks_for_a_place_where_she_does_not_stand(cast):
    lesson = make.resource(cast.amina, audience="private")
    elsewhere = reach.Scope("school", cast.waterlelie)
    with pytest.raises(Refused, match=r"zelf werkt|work or take part"):
        audience.change_audience(lesson, by=cast.amina, scope=elsewhere)


def test_consent_was_for_who_saw_it_then(cast):
    lesson = make.resource(cast.amina, audience="plg", of=cast.maths, pupils="consent")
    with pytest.raises(Refused) as refused:
        share(lesson, cast.amina, "n")
    assert refused.value.field == "parents_agree"
    share(lesson, cast.amina, "n", parents_agree=True)
    share(lesson, cast.amina, "c")  # fewer people need no new consent
    assert AudienceChange.objects.filter(was__in=["plg", "network"]).count() == 2


def test_permission_of_others_is_asked_again_as_well(cast):
    lesson = make.resource(cast.amina, audience="school", of=cast.regenboog, origin="permission")
    with pytest.raises(Refused) as refused:
        share(lesson, cast.amina, "m")
    assert refused.value.field == "rights_hold"
    share(lesson, cast.amina, "m", rights_hold=True)


def test_what_stays_here_never_goes_on_the_web(cast):
    lesson = make.resource(cast.amina, licence="here")
    with pytest.raises(Refused) as refused:
        share(lesson, cast.amina, "w")
    assert refused.value.field == "door"


def test_what_was_on_the_web_is_remembered_so_that_harvesters_hear_that_it_is_gone(cast):
    lesson = make.resource(cast.amina, audience="private", licence="cc-by-40")
    share(lesson, cast.amina, "w")
    lesson.refresh_from_db()
    assert lesson.was_public
    before = lesson.changed_at
    share(lesson, cast.amina, "s")
    lesson.refresh_from_db()
    assert lesson.was_public
    assert lesson.changed_at > before
    assert not Resource.objects.on_the_web().exists()


def test_an_adaptation_of_what_stays_here_goes_no_further_than_it(cast):
    lesson = make.resource(cast.amina, audience="board", of=cast.board, licence="here")
    own = adapting.adapt(lesson, by=cast.tom)
    share(own, cast.tom, "s")
    with pytest.raises(Refused, match=r"bestuur|board"):
        share(own, cast.tom, "m")
    share(lesson, cast.amina, "m")
    share(own, cast.tom, "m")
    with pytest.raises(Refused):
        share(own, cast.tom, "w")


def test_what_is_hidden_cannot_slip_out_to_more_people(cast):
    lesson = make.resource(cast.amina, audience="plg", of=cast.maths)
    Resource.objects.update(hidden_at=lesson.created_at)
    with pytest.raises(Refused):
        share(lesson, cast.amina, "n")


def test_amina_reads_what_it_means_before_she_saves(cast, signed_in):
    lesson = make.resource(cast.amina, audience="plg", of=cast.maths, pupils="consent")
    page = signed_in(cast.amina)
    door = f"n{cast.network.pk}"
    assert door in page.get(f"/hub/{lesson.pk}/audience/").text
    means = page.get(f"/hub/{lesson.pk}/audience/", {"door": door})
    assert "2 scholen" in means.text
    assert AudienceChange.objects.count() == 1, "reading changes nothing"
    refused = page.post(f"/hub/{lesson.pk}/audience/", {"door": door})
    assert refused.status_code == 422
    saved = page.post(f"/hub/{lesson.pk}/audience/", {"door": door, "parents_agree": "on"})
    assert saved.status_code == 302
    assert Resource.objects.found_by(cast.ben).exists()


def test_a_door_that_is_not_hers_is_no_choice(cast, signed_in):
    lesson = make.resource(cast.amina)
    response = signed_in(cast.amina).post(f"/hub/{lesson.pk}/audience/", {"door": f"s{cast.waterlelie.pk}"})
    assert response.status_code == 422
    assert signed_in(cast.tom).get(f"/hub/{lesson.pk}/audience/").status_code == 403


@pytest.mark.parametrize("kind", ["school", "board"])
def test_when_a_place_goes_up_into_another_what_was_shared_goes_along(cast, kind):
    gone, into = (cast.regenboog, cast.wissel) if kind == "school" else (cast.board, cast.other_board)
    reader = cast.tom if kind == "school" else cast.dele
    lesson = make.resource(cast.amina, audience=kind, of=gone)
    shown = make.resource(cast.amina, title="Foto's", audience=kind, of=gone, pupils="consent")
    assert not Resource.objects.found_by(reader).filter(pk=lesson.pk).exists()
    mergers["knowledgehub"](gone, into)
    assert Resource.objects.found_by(reader).get() == lesson
    shown.refresh_from_db()
    assert (shown.audience, shown.door) == ("private", ""), "parents agreed to fewer people"
    assert AudienceChange.objects.filter(resource=shown, became="private").exists()
    told = Notification.objects.filter(person=cast.amina, activity__kind="knowledgehub.audience_changed")
    assert told.exists()


def test_who_sees_what_is_published_is_changed_in_one_way_only(cast):
    lesson = make.resource(cast.amina, audience="plg", of=cast.maths, pupils="consent")
    concept = making.new_version(lesson, by=cast.amina)
    with pytest.raises(TypeError):
        making.edit(concept, by=cast.amina, audience="public")


def test_while_makers_agree_for_few_it_is_not_shown_to_more(cast):
    lesson = make.resource(cast.amina, cast.tom, audience="plg", of=cast.maths, published=False)
    approving.put_forward(lesson.versions.get(), by=cast.amina)
    with pytest.raises(Refused) as refused:
        audience.change_audience(lesson, by=cast.amina, scope=reach.WIDEST)
    assert refused.value.field == "door"
    approving.take_back(lesson.versions.get(), by=cast.amina)
    audience.change_audience(lesson, by=cast.amina, scope=reach.WIDEST)


def test_who_made_a_wider_version_hears_that_the_source_is_for_fewer_people(cast, signed_in):
    lesson = make.resource(cast.amina)
    wide, narrow = (adapting.adapt(lesson, by=by) for by in (cast.tom, cast.els))
    Resource.objects.filter(pk=wide.pk).update(audience="members")
    Resource.objects.filter(pk=narrow.pk).update(audience="plg", community=cast.maths)
    for own, by in ((wide, cast.tom), (narrow, cast.els)):
        make.publish(own.versions.get(), by=by)
    client, url = signed_in(cast.amina), f"/hub/{lesson.pk}/audience/"
    said = "een versie van die meer mensen zien"
    assert said in client.get(url, {"door": f"c{cast.maths.pk}"}).content.decode()
    assert said not in client.get(url, {"door": "w"}).content.decode()
    share(lesson, cast.amina, "c")
    heard = Notification.objects.filter(activity__kind="knowledgehub.source_narrowed")
    assert list(heard.values_list("person", flat=True)) == [cast.tom.pk]
    wide.refresh_from_db()
    assert (wide.audience, wide.state) == ("members", "published")
    assert wide.title in signed_in(cast.tom).get(reverse("activity:bell")).content.decode()


def test_choosing_who_sees_it_already_says_so(cast, signed_in):
    lesson = make.resource(cast.amina)
    client, url = signed_in(cast.amina), f"/hub/{lesson.pk}/audience/"
    assert "Kies iets anders" in client.get(url, {"door": "m"}).content.decode()
    for door in ("m", "", "s0"):
        answer = client.post(url, {"door": door})
        assert answer.status_code == 422
        assert 'class="error"' in answer.content.decode()
