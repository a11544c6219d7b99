"""Data Integrity proofs with the suite eddsa-rdfc-2022: what is signed is the graph, not its spelling."""

from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature

from training.credentials import keys, linked
from training.credentials.models import IssuerKey

SUITE = "eddsa-rdfc-2022"


def as_written(at):
    """An instant as credentials write it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def sign(document, row, private, at):
    """The same document with its proof. Raises `linked.Unsigned` before anything is signed."""
    expanded = linked.refuse_unsigned(document)
    options = {
        "type": "DataIntegrityProof",
        "created": as_written(at),
        "verificationMethod": keys.method(row),
        "cryptosuite": SUITE,
        "proofPurpose": "assertionMethod",
    }
    digest = _digest_of_options(tuple(document["@context"]), tuple(options.items()))
    value = private.sign(digest + _digest(linked.canonical(expanded)))
    return {**document, "proof": {**options, "proofValue": keys.base58(value)}}


def holds(document):
    """True when one of our keys signed exactly this."""
    proof = dict(document.get("proof") or {})
    try:
        value = keys.from_base58(proof.pop("proofValue"))
        ours = {keys.method(key): key for key in IssuerKey.objects.filter(stolen_at=None)}
        row = ours[proof["verificationMethod"]]
        told = {key: each for key, each in document.items() if key != "proof"}
        digest = _digest_of_options(tuple(document["@context"]), tuple(proof.items()))
        keys.public_of(row).verify(value, digest + _digest(linked.canonical(linked.refuse_unsigned(told))))
    except (KeyError, ValueError, InvalidSignature):
        return False
    return True


@lru_cache(maxsize=64)
def _digest_of_options(context, options):
    return _digest(linked.canonical({"@context": list(context), **dict(options)}))


def _digest(canonical):
    return sha256(canonical.encode()).digest()
