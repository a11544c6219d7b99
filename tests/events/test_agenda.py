"""An event at which one has a place stands among one's dates, on the agenda and in the feed."""

from django.urls import reverse

from communities.meetings import actions
from communities.meetings.choices import CalendarWay
from events import releases
from events.choices import RegistrationState, State
from events.models import Event
from tests.events.world import an_event, comes
from tests.meetings.test_calendar import events

AGENDA = reverse("meetings:agenda")


def feed(client, person):
    choice = actions.choose_calendar(person, way=CalendarWay.FEED)
    return client.get(reverse("meetings:feed", args=[choice.key]))


def test_a_place_stands_on_the_agenda_a_place_in_the_line_does_not(cast, signed_in):
    event = an_event(cast, "open")
    comes(event, cast.amina)
    comes(event, cast.tom, RegistrationState.WAITING)
    assert event.get_absolute_url() in signed_in(cast.amina).get(AGENDA).text
    assert event.get_absolute_url() not in signed_in(cast.tom).get(AGENDA).text


def test_the_feed_has_the_day_and_takes_it_back_when_it_is_called_off(cast, client):
    event = an_event(cast, "open")
    comes(event, cast.amina)
    first = feed(client, cast.amina)
    (row,) = events(first.content)
    assert (row["DTSTART"], row["STATUS"]) == (event.starts_at, "CONFIRMED")
    again = client.get(first.wsgi_request.path, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    Event.objects.update(state=State.CANCELLED)
    (row,) = events(client.get(first.wsgi_request.path).content)
    assert row["STATUS"] == "CANCELLED"


def test_sessions_she_brings_stand_in_the_feed(cast, client):
    event = an_event(cast, "open", programme="release")
    comes(event, cast.amina)
    session = event.sessions.first()
    session.speakers.add(cast.amina)
    event.released = event.releases.create(number=2, content=releases.content_of(event), html={})
    event.save()
    uids = [row["UID"].split("@")[0] for row in events(feed(client, cast.amina).content)]
    assert f"event-{event.pk}" in uids and session.uid.split("@")[0] in uids
