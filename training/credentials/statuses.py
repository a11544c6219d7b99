"""Whether a credential still counts, for whoever asks: bitstrings in signed credentials, one for each purpose."""

import gzip
import secrets
from base64 import urlsafe_b64encode

from django.utils.timezone import now

from training.credentials import keys, proofs
from training.credentials.choices import State
from training.credentials.linked import CREDENTIALS
from training.credentials.models import Credential, StatusList

ROOM = 131_072  # the least that the standard allows: so many that nobody is told apart
FULL = 100_000  # beyond this a free place takes long to find at random
PURPOSES = {"revocation": (State.REVOKED, State.REPLACED), "suspension": (State.SUSPENDED,)}


def places(count):
    """(list, index) for so many new credentials, at random; the list is held until the end of the transaction."""
    found = []
    while len(found) < count:
        rows = StatusList.objects.select_for_update().filter(is_full=False)
        place = rows.first() or StatusList.objects.create()
        taken = set(Credential.objects.filter(status_list=place).values_list("status_index", flat=True))
        while len(found) < count and len(taken) < FULL:
            index = secrets.randbelow(ROOM)
            if index not in taken:
                taken.add(index)
                found.append((place, index))
        if len(taken) >= FULL:
            place.is_full = True
            place.save(update_fields=["is_full"])
    return found


def publish(lists, purposes=PURPOSES):
    """Sign these lists anew, as the credentials stand now."""
    row, private = keys.signer()
    at = now()
    for pk in sorted({each.pk for each in lists}):
        place = StatusList.objects.select_for_update().get(pk=pk)
        for purpose in purposes:
            setattr(place, purpose, proofs.sign(_document(place, purpose, at), row, private, at))
        place.save(update_fields=[*purposes])


def _document(place, purpose, at):
    where = place.url(purpose)
    return {
        "@context": [CREDENTIALS],
        "id": where,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": keys.did(),
        "validFrom": proofs.as_written(at),
        "credentialSubject": {
            "id": f"{where}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(_set(place, purpose)),
        },
    }


def _set(place, purpose):
    rows = Credential.objects.filter(status_list=place, state__in=PURPOSES[purpose])
    return rows.values_list("status_index", flat=True)


def encoded(indexes):
    """A bitstring with these set, the first index at the left, compressed, as multibase."""
    bits = bytearray(ROOM // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> (index % 8)
    return "u" + urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
