"""Who finds, reads and changes a resource. One word on each row says through which door it is reached.

The *door* of a resource (`Resource.door`) follows from its audience: `c12` who takes part in PLG 12, `s3` who works at
school 3, `b4` at board 4, `n5` somewhere in network 5, `m` everyone with an account, `w` everyone on the web; empty
for the makers alone. A person's doors follow from her standing. Lists, search, feeds and harvesters ask this one rule.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from communities.rules import standing
from core.models import NOBODY
from core.standing import remembered, remembered_from
from organisations.rules import standing as at_work

WEB, MEMBERS = "w", "m"


@remembered
def doors_of(user):
    """Every door this person has now, in a fixed order; a stranger has that of the web alone."""
    if not user.is_authenticated or not user.is_active:
        return (WEB,)
    mine, work = standing(user), at_work(user)
    found = {WEB, MEMBERS}
    found.update(f"c{pk}" for pk in mine.member_of | mine.reads_on)
    found.update(f"s{pk}" for pk in work.works_at)
    found.update(f"b{pk}" for pk in work.boards)
    found.update(f"n{pk}" for pk in work.networks)
    return tuple(sorted(found))


def of_everyone(resource=""):
    """What stands on the web for everybody."""
    return Q(**{f"{resource}state": "published", f"{resource}hidden_at": None, f"{resource}door": WEB})


def found(user, resource=""):
    """What is published, not hidden, and behind one of her doors: what she finds in lists and search."""
    return Q(
        **{
            f"{resource}state": "published",
            f"{resource}hidden_at": None,
            f"{resource}door__in": doors_of(user),
        }
    )


MAKERS = """
SELECT json_build_array(person_id, resource_id) FROM knowledgehub_author
WHERE person_id = ANY(asked.people) AND is_named
"""


@remembered_from(MAKERS)
def made_by(users, rows):
    """The ids of what each made, alone or with others."""
    found = {user.pk: set() for user in users}
    for person, resource in rows:
        found[person].add(resource)
    return {pk: frozenset(ids) for pk, ids in found.items()}


def made(user, resource=""):
    """What she made, alone or with others, in whatever state."""
    return Q(**{f"{resource}pk__in": made_by(user)})


JOINS = """
SELECT json_build_array(author.person_id, asked_of.version_id)
FROM knowledgehub_author author JOIN knowledgehub_approval asked_of ON asked_of.author_id = author.id
WHERE author.person_id = ANY(asked.people) AND NOT author.is_named AND asked_of.answer = ''
"""


@remembered_from(JOINS)
def joins(users, rows):
    """The versions about which each was asked to join the makers: she reads them to answer, and does no more yet."""
    found = {user.pk: set() for user in users}
    for person, version in rows:
        found[person].add(version)
    return {pk: frozenset(ids) for pk, ids in found.items()}


def edits(user):
    """Networks and PLGs of which she is an editor: what is offered there she reads along with."""
    return at_work(user).connects, standing(user).leads


@dataclass(frozen=True)
class Offered:
    """What waits for an editor, as ids: the versions that were offered, and of which resources they are."""

    versions: frozenset = frozenset()
    resources: frozenset = frozenset()


@remembered
def offered_to(user):
    """What was offered to her as an editor, until it is decided. A query for an editor; of others none."""
    networks, communities = edits(user)
    if not networks and not communities:
        return Offered()
    from knowledgehub.models import Review

    asked = Review.objects.filter(Q(network__in=networks) | Q(community__in=communities), decided_at=None)
    rows = list(asked.values_list("version", "version__resource"))
    return Offered(frozenset(row[0] for row in rows), frozenset(row[1] for row in rows))


def reviewed(user, resource=""):
    """What was offered to her as an editor, until it is decided."""
    return Q(**{f"{resource}pk__in": offered_to(user).resources})


def view(user, resource=""):
    """Her own, what she finds, and what she reviews or must settle."""
    return found(user, resource) | made(user, resource) | reviewed(user, resource) | judged(user, resource)


def edit(user):
    """Only its makers."""
    return made(user)


def use(user):
    """Save, tell how it went, adapt, take along: whoever finds it and has an account."""
    return found(user) | made(user) if user.is_authenticated else NOBODY


def view_experience(user):
    """Whoever uses the resource reads how it went with colleagues; their names do not stand on the web."""
    return found(user, "resource__") | made(user, "resource__") if user.is_authenticated else NOBODY


def moderate(user, resource=""):
    """Settle what is objected: a PLG's facilitators, a network's connectors, for the rest the platform's.

    The platform's also where a PLG or network has nobody else for it. Nobody settles what she made herself, nor
    reads who said what of it.
    """
    networks, communities = edits(user)
    mine = _in(resource, "plg", community=communities) | _in(resource, "network", network=networks)
    if at_work(user).is_platform_admin:
        mine |= Q(**{f"{resource}audience__in": ["school", "board", "members", "public"]})
        mine |= Q(**{f"{resource}pk__in": left_to_platform(user)})
    return mine & ~made(user, resource)


def _in(resource, audience, **place):
    ((name, ids),) = place.items()
    return Q(**{f"{resource}audience": audience, f"{resource}{name}__in": ids})


@remembered
def left_to_platform(user):
    """The ids of what was objected to in a PLG or network where nobody looks after it but its own makers."""
    from communities.models import Membership
    from knowledgehub.models import Author, Objection, Resource
    from organisations.models import Role

    made_it = Author.everyone.filter(resource=OuterRef(OuterRef("pk")), person=OuterRef("person"))
    others = {"person__is_active": True}
    leads = Membership.objects.leading().filter(~Exists(made_it), community=OuterRef("community"), **others)
    connects = Role.objects.current().filter(~Exists(made_it), kind="connector", network=OuterRef("network"), **others)
    of_nobody = (Q(audience="plg") & ~Exists(leads)) | (Q(audience="network") & ~Exists(connects))
    objected = Exists(Objection.objects.filter(resource=OuterRef("pk"))) | Q(hidden_at__isnull=False)
    return frozenset(Resource.objects.filter(of_nobody, objected).values_list("pk", flat=True))


@remembered
def to_judge(user):
    """The ids of what she must settle, and of what was hidden. A query for who looks after something."""
    if not user.is_authenticated or not (any(edits(user)) or at_work(user).is_platform_admin):
        return frozenset()
    from knowledgehub.models import Objection, Resource

    open_now = Objection.objects.filter(settled_at=None).values("resource")
    rows = Resource.objects.filter(moderate(user), state="published")
    return frozenset(rows.filter(Q(pk__in=open_now) | Q(hidden_at__isnull=False)).values_list("pk", flat=True))


def judged(user, resource=""):
    """What she must settle: she sees it until then, and what was hidden, so that she can show it again."""
    return Q(**{f"{resource}pk__in": to_judge(user)})


def view_collection(user, collection=""):
    """Her own, those of her PLGs and networks, and what was opened to the web."""
    mine, work = standing(user), at_work(user)
    seen = Q(**{f"{collection}is_public": True})
    if user.is_authenticated:
        seen |= _of(collection, user, mine.member_of | mine.reads_on, work.networks)
    return seen


def keep_collection(user, collection=""):
    """Lay in and take out: her own, those of PLGs in which she takes part, a network's by its connectors."""
    if not user.is_authenticated:
        return NOBODY
    return _of(collection, user, standing(user).member_of, at_work(user).connects)


def _of(collection, user, communities, networks):
    return (
        Q(**{f"{collection}person": user.pk})
        | Q(**{f"{collection}community__in": communities})
        | Q(**{f"{collection}network__in": networks})
    )


def platform(user):
    """Vocabularies, synonyms, harvests: who keeps the platform."""
    return ~NOBODY if at_work(user).is_platform_admin else NOBODY
