"""A small cast that returns in every test, and the places where they work.

Fatima facilitates PLG Rekenen at De Regenboog, Amina and Tom are members of it
(Tom works at De Wissel), Bram leads De Regenboog, Noor manages the network,
Ben the board, Paula the platform, Gijs is a guest of the PLG, Dele is a
stranger from another board. Nobody of them exists.
"""

from datetime import date, time, timedelta
from types import SimpleNamespace

from django.utils.timezone import now

from communities.choices import MembershipState, State, Theme
from communities.choices import Role as InPLG
from communities.meetings.models import Meeting
from communities.models import Community, Membership
from core.time import today
from organisations.choices import Function, RoleKind
from organisations.models import Affiliation, Board, Network, Role, School
from people.models import User

PASSWORD = "een-lang-wachtwoord-voor-de-test"


def person(name="Robin de Vries", email="", **fields):
    """A person who has signed in before."""
    email = email or f"{name.lower().replace(' ', '.')}@school.example"
    fields.setdefault("joined_at", now())
    fields.setdefault("welcomed_at", now())
    user = User.objects.create_user(email, PASSWORD, name=name, region=fields.pop("region", "Midden"), **fields)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def works(user, place, function=Function.TEACHER, **fields):
    """An affiliation of this person with a school, board or partner."""
    fields.setdefault("from_on", date(2020, 8, 1))
    kind = type(place).__name__.lower()
    return Affiliation.objects.create(person=user, function=function, **{kind: place}, **fields)


def second_step(user):
    """An app with codes, as everybody with a role must have one."""
    return user.authenticator_set.get_or_create(type="totp", defaults={"data": {"secret": ""}})[0]


def role(user, kind, place=None):
    """A role of this person at a place."""
    second_step(user)
    where = {type(place).__name__.lower(): place} if place else {}
    return Role.objects.create(person=user, kind=kind, **where)


def board(name="Stichting De Brug", number="41001"):
    return Board.objects.create(name=name, number=number)


def school(name="De Regenboog", code="07XY00", board=None, **fields):
    fields.setdefault("region", "Midden")
    return School.objects.create(name=name, code=code, board=board, town="Amersfoort", **fields)


def plg(owner, name="PLG Rekenen", **fields):
    """An active PLG that belongs to this school, board or network."""
    fields = {
        "theme": Theme.MATHS,
        "question": "Hoe zien we wat kinderen al weten van breuken?",
        "blurb": "We kijken hoe kinderen breuken leren.",
        "state": State.ACTIVE,
        "started_on": date(2026, 9, 1),
    } | fields
    return Community.objects.create(name=name, **{f"owner_{type(owner).__name__.lower()}": owner}, **fields)


def member(community, user, in_role=InPLG.MEMBER, state=MembershipState.ACTIVE, **fields):
    """A membership, active if nothing else is said."""
    school_id = user.affiliations.values_list("school", flat=True).first()
    fields.setdefault("joined_at", now())
    return Membership.objects.create(
        community=community, person=user, role=in_role, state=state, school_id=school_id, **fields
    )


def meeting(community, days=7, **fields):
    """A meeting so many days from now, at half past three."""
    fields = {
        "held_on": today() + timedelta(days=days),
        "starts": time(15, 30),
        "ends": time(17, 0),
        "title": "We geven de onderzoeksles",
        "school": community.owner_school,
        "room": "groep 5",
    } | fields
    return Meeting.objects.create(community=community, **fields)


def cast():
    """Everybody, everywhere, and PLG Rekenen of four members and a guest."""
    own, other = board(), board("Stichting Rijnoevers", "41002")
    regenboog = school(board=own)
    wissel = school("De Wissel", "08AB00", own)
    waterlelie = school("De Waterlelie", "09CD00", other, region="Zuid")
    network = Network.objects.create(name="Netwerk De Waterkring")
    network.boards.add(own)
    people = SimpleNamespace(
        fatima=person("Fatima Aydin"),
        amina=person("Amina Yildiz"),
        tom=person("Tom Hendriks"),
        bram=person("Bram Visser"),
        noor=person("Noor Hofstra"),
        ben=person("Ben Kuiper"),
        paula=person("Paula Smit"),
        gijs=person("Gijs Postma"),
        dele=person("Dele Okafor", region="Zuid"),
        els=person("Els Jansen"),
    )
    works(people.fatima, regenboog, Function.CARE)
    works(people.amina, regenboog)
    works(people.els, regenboog)
    works(people.tom, wissel)
    works(people.bram, regenboog, Function.LEADER)
    works(people.ben, own, Function.STAFF)
    works(people.noor, own, Function.STAFF)
    works(people.gijs, wissel, Function.EXPERT)
    works(people.dele, waterlelie)
    role(people.bram, RoleKind.SCHOOL_LEADER, regenboog)
    role(people.ben, RoleKind.BOARD_ADMIN, own)
    role(people.noor, RoleKind.NETWORK_ADMIN, network)
    role(people.paula, RoleKind.PLATFORM_ADMIN)
    maths = plg(regenboog)
    member(maths, people.fatima, InPLG.FACILITATOR)
    member(maths, people.amina)
    member(maths, people.tom)
    member(maths, people.gijs, InPLG.GUEST)
    return SimpleNamespace(
        board=own,
        other_board=other,
        regenboog=regenboog,
        wissel=wissel,
        waterlelie=waterlelie,
        network=network,
        maths=maths,
        **vars(people),
    )


def resource(*makers, title="Breuken leggen met stroken", audience="members", of=None, published=True, **fields):
    """A resource of these makers; published for whom `audience` says, `of` the PLG, school, board or network.

    `fields` are those that `making.begin` takes: of the version, of the resource, `terms`, `tags`.
    """
    from knowledgehub.actions import making
    from knowledgehub.models import Resource

    where = {"plg": "community"}.get(audience, audience)
    places = {where: of} if of else {}
    fields = {
        "kind": "lesson",
        "licence": "cc-by-sa-40",
        "origin": "own",
        "pupils": "none",
        "summary": "Kinderen leggen stroken naast elkaar en zien welke breuk groter is.",
        "text": "Na deze les leg je uit waarom een derde meer is dan een kwart.",
    } | fields
    first, *others = makers
    version = making.begin(by=first, title=title, makers=others, audience=audience, **places, **fields)
    if published:
        publish(version, by=first)
    return Resource.objects.get(pk=version.resource_id)


def publish(version, by):
    """Published, as if all its makers agreed."""
    from knowledgehub.actions import publishing

    version.approvals.update(answer="yes", answered_at=now())
    return publishing.publish(version, by=by)
