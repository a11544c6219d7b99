"""Short words for what the stories of this folder do again and again."""

from communities import actions
from communities.choices import JoinPolicy, MembershipState, Role
from communities.models import Community
from tests.cast import member, person, plg, works


def open_plg(cast, seats=3, **fields):
    """A PLG that everybody of the board joins at once, with Fatima in the first seat."""
    fields = {"join_policy": JoinPolicy.OPEN, "seats_min": 2, "seats_max": seats, "name": "PLG Lezen"} | fields
    community = plg(cast.regenboog, **fields)
    member(community, cast.fatima, Role.FACILITATOR)
    return community


def newcomer(cast, name):
    """Somebody who works at De Regenboog and is in no PLG."""
    someone = person(name)
    works(someone, cast.regenboog)
    return someone


def join(community, someone):
    return actions.join(community, by=someone, promised=True)


def state_of(community, someone):
    """The state of somebody's place as it is stored now."""
    return community.memberships.get(person=someone).state


def fresh(community):
    return Community.objects.get(pk=community.pk)


def seated(community):
    return community.memberships.filter(state=MembershipState.ACTIVE).exclude(role=Role.GUEST).count()


def queries_of(browser, url):
    """How many queries a page takes once the session is warm, and the page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        page = browser.get(url)
    assert page.status_code == 200
    return len(queries), page
