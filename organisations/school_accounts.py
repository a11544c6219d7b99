"""School accounts: what a board's sign-on service tells of somebody, and what follows from it.

Who somebody is, is told by issuer and subject together, never by a mail
address: an address only belongs to her after she typed the code mailed there,
or when the board's own service vouches for an address of the board's own
domain and nobody here has it yet.

Entree Federatie names a school by its BRIN (4 characters) or location code (6)
in `nlEduPersonHomeOrganizationId`, and says `student` of pupils in
`eduPersonAffiliation`.
"""

import hashlib
from urllib.parse import urlsplit

import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from activity.journal import record
from core import outward
from core.refusals import Refused
from core.time import today
from organisations import regions
from organisations.choices import Function
from organisations.models import Affiliation, School, SignOn
from people.actions import account_of
from people.models import User

HOME = "nledupersonhomeorganizationid"
AFFILIATIONS = (
    "edupersonaffiliation", "eduperson_affiliation", "edupersonprimaryaffiliation",
    "edupersonscopedaffiliation", "eduperson_scoped_affiliation", "affiliation",
)  # fmt: skip
PUPIL = {"student", "pupil", "leerling"}
STAFF = {"employee", "staff", "faculty", "medewerker", "personeel"}


# What is told ----------------------------------------------------------------------------------
def told(account):
    """All that the service says of somebody, names of attributes in lower case."""
    said = account.extra_data or {}
    parts = [said.get("id_token"), said.get("userinfo")] if {"id_token", "userinfo"} & set(said) else [said]
    return {str(name).lower(): value for part in parts if part for name, value in part.items()}


def _values(facts, name):
    value = facts.get(name)
    many = value if isinstance(value, list | tuple) else [] if value is None else [value]
    return [str(one).strip() for one in many if str(one).strip()]


def is_pupil(facts):
    """True for who is a student at a school and not staff there as well."""
    kinds = {value.lower().partition("@")[0] for name in AFFILIATIONS for value in _values(facts, name)}
    return bool(kinds & PUPIL) and not kinds & STAFF


def name_of(facts):
    """The name that the service gives, or ""."""
    whole = facts.get("name") or f"{facts.get('given_name') or ''} {facts.get('family_name') or ''}"
    return " ".join(str(whole).split())[:120]


def address_of(facts):
    """The mail address that the service gives, in lower case, or ""."""
    address = (_values(facts, "email") or _values(facts, "mail") or [""])[0].lower()
    return address if address.count("@") == 1 and len(address) <= 254 else ""


def vouches_for(sign_on, address):
    """True when the board's service is the one that hands out addresses of this domain."""
    return bool(address) and address.rpartition("@")[2] in sign_on.app.settings.get("mail_domains", [])


def place_of(sign_on, facts):
    """The school that is told, where it is one of the board; else the board itself, which is always true."""
    codes = [code.upper() for code in _values(facts, HOME)]
    ours = School.objects.filter(Q(gone_at=None) | Q(merged_into__gone_at=None), board=sign_on.board)
    rows = ours.filter(Q(code__in=codes) | Q(brin__in=codes)).select_related("merged_into") if codes else []
    found = {school.merged_into or school for school in rows}  # a hub knows the old number for a long time
    return found.pop() if len(found) == 1 else sign_on.board


def why_not_enter(sign_on, account):
    """Why somebody cannot come in with this school account, in words, or ""."""
    facts, said = told(account), account.extra_data or {}
    if not sign_on or not sign_on.is_open:
        return _("Signing in with this school account is switched off. Let us mail you a code instead.")
    subjects = {part["sub"] for part in (said.get("id_token"), said.get("userinfo")) if part and "sub" in part}
    issuer = (said.get("id_token") or {}).get("iss")
    if len(subjects) > 1 or (issuer and issuer != sign_on.app.settings.get("issuer")):
        return _("The sign-on service of your school contradicts itself. Tell the administrator of your board.")
    if is_pupil(facts):
        return _("This place is for people who work at a school. With an account of a pupil you cannot come in.")
    boards = _boards_of(facts)
    if boards and sign_on.board_id not in boards:
        return _("Your school account belongs to a school that is not one of %(board)s.") % {"board": sign_on.board}
    return ""


def _boards_of(facts):
    """The boards of the schools that are told and that we know."""
    brins = [code[:4].upper() for code in _values(facts, HOME)]
    return set(School.objects.filter(brin__in=brins).values_list("board", flat=True)) if brins else set()


# What happens ----------------------------------------------------------------------------------
@transaction.atomic
def enter(sign_on, account, *, name, address):
    """A new person comes in with a school account and a proven address. Raises Refused when the address is taken."""
    if account_of(address):
        raise Refused(_("There is an account with this mail address already."), field="address")
    try:
        with transaction.atomic():
            person = User.objects.create_user(address, name=name)
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
            account.user = person
            account.save()
    except IntegrityError:
        raise Refused(_("This happened twice at once. Sign in again with your school account.")) from None
    _work_at(person, sign_on, account)
    record("organisations.school_account_entered", by=person, about=sign_on.board)
    return person


@transaction.atomic
def connect(sign_on, account, *, person):
    """Tie a school account to the person who is signed in. Raises Refused when it is another's."""
    if reason := why_not_enter(sign_on, account):
        raise Refused(reason)
    known = SocialAccount.objects.select_for_update().filter(provider=account.provider, uid=account.uid).first()
    if known and known.user_id != person.pk:
        raise Refused(_("This school account belongs to another account here. Merge the two under My profile."))
    if known:
        return
    account.user = person
    account.save()
    _work_at(person, sign_on, account)
    record("organisations.school_account_connected", by=person, about=sign_on.board)


def _work_at(person, sign_on, account):
    """Where the service says she works, unless she works somewhere at that board already."""
    place = place_of(sign_on, told(account))
    here = Affiliation.objects.current().filter(Q(board=sign_on.board) | Q(school__board=sign_on.board), person=person)
    if here.exists():
        return
    where = {type(place).__name__.lower(): place}
    affiliation = Affiliation.objects.create(person=person, function=Function.TEACHER, from_on=today(), **where)
    regions.follow([person])
    record("organisations.affiliation_added", by=person, about=affiliation, place=str(place), function="teacher")


# Setting it up ---------------------------------------------------------------------------------
@transaction.atomic
def set_up(board, *, by, kind, server_url, client_id, secret="", mail_domains=(), is_open=True, sign_on=None):
    """Keep how a board signs on, after asking the service who it is.

    Another issuer is another set of people: then the old school accounts no
    longer count, even if subjects are the same. An empty secret keeps the old
    one. Raises Refused when the service does not answer as OpenID Connect says.
    """
    issuer = ask_issuer(server_url)
    key = f"board-{board.pk}-{hashlib.sha256(issuer.encode()).hexdigest()[:12]}"
    app = sign_on.app if sign_on else SocialApp(provider="openid_connect")
    if SocialApp.objects.filter(provider_id=key).exclude(pk=app.pk).exists():
        raise Refused(_("This board has this service already. Change that one."), field="server_url")
    if not (secret or app.secret):
        raise Refused(_("Fill in the secret that the service gave you."), field="secret")
    app.provider_id, app.name = key, board.name[:40]
    app.client_id, app.secret = client_id, secret or app.secret
    app.settings = {
        "server_url": server_url,
        "issuer": issuer,
        "mail_domains": sorted(set(mail_domains)),
        "oauth_pkce_enabled": True,
    }
    app.save()
    sign_on = sign_on or SignOn(board=board, app=app)
    sign_on.kind, sign_on.is_open = kind, is_open
    sign_on.save()
    record("organisations.sign_on_set_up", by=by, about=board, service=kind, issuer=issuer, is_open=is_open)
    return sign_on


def ask_issuer(server_url):
    """The issuer as the service itself tells it. Raises Refused, with what to look at."""
    address = server_url.rstrip("/")
    if urlsplit(address).scheme != "https" and not (settings.DEBUG or settings.TESTING):
        raise Refused(_("The address must begin with https://."), field="server_url")
    try:
        answer = outward.session().get(f"{address}/.well-known/openid-configuration")
        answer.raise_for_status()
        facts = answer.json()
        needed = [facts[name] for name in ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")]
    except (requests.RequestException, ValueError, KeyError, TypeError):
        raise Refused(
            _("No OpenID Connect service answers there. Look whether the address is right."), field="server_url"
        ) from None
    if str(needed[0]).rstrip("/") != address:
        raise Refused(
            _("The service calls itself %(issuer)s. Fill in that address.") % {"issuer": needed[0]}, field="server_url"
        )
    return needed[0]
