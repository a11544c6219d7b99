"""The keys that sign: the private half is a file on the server, the public half is known to everybody, for good."""

import os
from base64 import urlsafe_b64encode
from pathlib import Path
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from training.credentials.models import IssuerKey

LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # base58, as of Bitcoin
ED25519 = b"\xed\x01"  # how a multikey says of which kind it is


def base58(data):
    """Bytes as multibase in base58btc, with its "z"."""
    number, said = int.from_bytes(data), ""
    while number:
        number, left = divmod(number, 58)
        said = LETTERS[left] + said
    return "z" + LETTERS[0] * (len(data) - len(data.lstrip(b"\0"))) + said


def from_base58(said):
    """The bytes of such a text."""
    number, text = 0, said.removeprefix("z")
    for letter in text:
        number = number * 58 + LETTERS.index(letter)
    zeros = len(text) - len(text.lstrip(LETTERS[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def did():
    """Who issues: did:web of the host on which we live."""
    return f"did:web:{quote(urlsplit(settings.BASE_URL).netloc, safe='')}"


def method(key):
    """The full name of a key, as proofs and the DID document say it."""
    return f"{did()}#{key.name}"


def path_of(key):
    return Path(settings.CREDENTIAL_KEYS) / f"{key.name}.pem"


def missing():
    """The sentence for when there is nothing to sign with."""
    return _(
        "There is no key to sign with, so nothing was issued. Ask whoever keeps the server to run "
        "“manage.py rotate_credential_key”."
    )


def signer():
    """(row, private key) of the key that signs now. Refused where it is missing: then nothing is issued."""
    row = IssuerKey.objects.filter(retired_at=None).first()
    if row is None:
        raise Refused(missing())
    try:
        private = load_pem_private_key(path_of(row).read_bytes(), password=None)
    except (OSError, ValueError):
        raise Refused(missing()) from None
    if not isinstance(private, Ed25519PrivateKey) or multikey(private.public_key()) != row.public:
        raise Refused(missing())
    return row, private


def why_not_sign():
    """Why nothing can be signed now, or ""."""
    try:
        signer()
    except Refused as refused:
        return str(refused)
    return ""


def multikey(public):
    return base58(ED25519 + public.public_bytes_raw())


def public_of(row):
    """The public key of a row, to check a signature with."""
    return Ed25519PublicKey.from_public_bytes(from_base58(row.public)[len(ED25519) :])


@transaction.atomic
def rotate(*, stolen=False):
    """A new key signs from now on; the last one is retired, and its public half stays. Its private half goes.

    `stolen`: the last one is in other hands, so it is in our name no more, and nothing that it signed counts.
    """
    private = Ed25519PrivateKey.generate()
    public = multikey(private.public_key())
    last = IssuerKey.objects.select_for_update().filter(retired_at=None).first()
    if last:
        last.retired_at = now()
        last.stolen_at = last.retired_at if stolen else None
        last.save(update_fields=["retired_at", "stolen_at"])
    row = IssuerKey.objects.create(name=f"key-{public[-12:]}", public=public)
    _write(path_of(row), private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    record("credentials.key_rotated", about=row)
    if last:
        transaction.on_commit(lambda: path_of(last).unlink(missing_ok=True))
    return row


def _write(path, pem):
    """For the platform's own user alone, and never over another one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)


# As the world reads them --------------------------------------------------------------------------


def did_document():
    """Who we are and by which keys we sign, and signed: also the retired ones, but no stolen one."""
    keys = list(IssuerKey.objects.filter(stolen_at=None))
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did(),
        "verificationMethod": [
            {"id": method(key), "type": "Multikey", "controller": did(), "publicKeyMultibase": key.public}
            for key in keys
        ],
        "assertionMethod": [method(key) for key in keys],
    }


def jwks():
    """The same keys as JSON Web Keys."""
    return {
        "keys": [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "use": "sig",
                "alg": "EdDSA",
                "kid": method(key),
                "x": urlsafe_b64encode(public_of(key).public_bytes_raw()).decode().rstrip("="),
            }
            for key in IssuerKey.objects.filter(stolen_at=None)
        ]
    }
