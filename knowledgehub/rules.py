"""Who finds, reads and changes a resource. One word on each row says through which door it is reached.

The *door* of a resource (`Resource.door`) follows from its audience: `c12` who takes part in PLG 12, `s3` who works at
school 3, `b4` at board 4, `n5` somewhere in network 5, `m` everyone with an account, `w` everyone on the web; empty
for the makers alone. A person's doors follow from her standing. Lists, search, feeds and harvesters ask this one rule.
"""

from django.db.models import Q

from communities.rules import standing
from core.models import NOBODY
from core.standing import remembered
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


def made(user, resource=""):
    """What she made, alone or with others, in whatever state."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    from knowledgehub.models import Author

    mine = Author.objects.filter(person=user.pk).values("resource")
    return Q(**{f"{resource}pk__in": mine})


def edits(user):
    """Networks and PLGs of which she is an editor: what is offered there she reads along with."""
    return at_work(user).connects, standing(user).leads


def reviewed(user):
    """What was offered to her as an editor, until it is decided."""
    networks, communities = edits(user)
    if not networks and not communities:
        return NOBODY
    from knowledgehub.models import Review

    asked = Review.objects.filter(Q(network__in=networks) | Q(community__in=communities), decided_at=None)
    return Q(pk__in=asked.values("version__resource"))


def view(user):
    """Her own, what she finds, and what she reviews or must settle."""
    return found(user) | made(user) | reviewed(user) | judged(user)


def edit(user):
    """Only its makers."""
    return made(user)


def use(user):
    """Save, tell how it went, adapt, take along: whoever finds it and has an account."""
    return found(user) | made(user) if user.is_authenticated else NOBODY


def view_experience(user):
    """Whoever uses the resource reads how it went with colleagues; their names do not stand on the web."""
    return found(user, "resource__") | made(user, "resource__") if user.is_authenticated else NOBODY


def moderate(user):
    """Settle what is objected: a PLG's facilitators, a network's connectors, for the rest the platform's.

    The platform's also where a PLG or network has nobody for it.
    """
    networks, communities = edits(user)
    mine = Q(audience="plg", community__in=communities) | Q(audience="network", network__in=networks)
    if at_work(user).is_platform_admin:
        mine |= Q(audience__in=["school", "board", "members", "public"]) | _looked_after_by_nobody()
    return mine


def _looked_after_by_nobody():
    from communities.models import Membership
    from organisations.models import Role

    led = Membership.objects.leading().exclude(person=None).values("community")
    connected = Role.objects.current().filter(kind="connector").values("network")
    return (Q(audience="plg") & ~Q(community__in=led)) | (Q(audience="network") & ~Q(network__in=connected))


def judged(user, resource=""):
    """What she must settle: she sees it until then, and what was hidden, so that she can show it again."""
    if not user.is_authenticated or not (any(edits(user)) or at_work(user).is_platform_admin):
        return NOBODY
    from knowledgehub.models import Objection, Resource

    open_now = Objection.objects.filter(settled_at=None).values("resource")
    rows = Resource.objects.filter(moderate(user), state="published")
    return Q(**{f"{resource}pk__in": rows.filter(Q(pk__in=open_now) | Q(hidden_at__isnull=False)).values("pk")})


def view_collection(user):
    """Her own, those of her PLGs and networks, and what was opened to the web."""
    mine, work = standing(user), at_work(user)
    seen = Q(is_public=True)
    if user.is_authenticated:
        seen |= Q(person=user.pk) | Q(community__in=mine.member_of | mine.reads_on) | Q(network__in=work.networks)
    return seen


def keep_collection(user):
    """Lay in and take out: her own, those of PLGs in which she takes part, a network's by its connectors."""
    if not user.is_authenticated:
        return NOBODY
    return Q(person=user.pk) | Q(community__in=standing(user).member_of) | Q(network__in=at_work(user).connects)


def platform(user):
    """Vocabularies, synonyms, harvests: who keeps the platform."""
    return ~NOBODY if at_work(user).is_platform_admin else NOBODY
