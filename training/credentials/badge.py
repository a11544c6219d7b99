"""A credential in the words of Open Badges 3.0. The holder stands in it as salted hashes, never by name or address."""

import secrets
from decimal import Decimal
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils import translation
from django.utils.formats import localize
from django.utils.translation import gettext as _

from core.links import absolute
from organisations.hours import in_words
from training.credentials import keys
from training.credentials.choices import ACHIEVEMENT
from training.credentials.linked import BADGES, CREDENTIALS
from training.credentials.proofs import as_written

FRAMEWORK_PAGES = {"NLQF": "https://www.nlqf.nl/", "EQF": "https://europass.europa.eu/"}


def compose(credential, email, at):
    """The document that is signed, of a credential that has its place in a status list."""
    said = credential.snapshot
    with translation.override(said["language"]):
        achievement, results = _achievement(credential, said)
        document = {
            "@context": [CREDENTIALS, BADGES],
            "id": f"urn:uuid:{credential.uuid}",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": said["title"],
            "issuer": {"id": keys.did(), "type": ["Profile"], "name": settings.ISSUER_NAME, "url": absolute("/")},
            "validFrom": as_written(at),
            "awardedDate": as_written(credential.approved_at),
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [_hashed("emailAddress", email.lower()), _hashed("name", credential.holder)],
                **({"activityStartDate": said["started_on"]} if said["started_on"] else {}),
                **({"activityEndDate": said["ended_on"]} if said["ended_on"] else {}),
                **({"creditsEarned": float(said["ects"])} if said["ects"] else {}),
                "achievement": achievement,
                "result": results,
            },
            "credentialStatus": [_status(credential, purpose) for purpose in ("revocation", "suspension")],
        }
    if credential.expires_on:
        document["validUntil"] = f"{credential.expires_on.isoformat()}T23:59:59Z"
    if said["evidence"]:
        document["evidence"] = [
            {"type": ["Evidence"], "name": each["name"], "narrative": each["text"]} for each in said["evidence"]
        ]
    if not results:
        del document["credentialSubject"]["result"]
    return document


def hashed(identity, salt):
    """As Open Badges writes who somebody is without saying it."""
    return f"sha256${sha256((identity + salt).encode()).hexdigest()}"


def is_of(signed, kind, identity):
    """Was this credential given to this address or name?"""
    for each in signed["credentialSubject"]["identifier"]:
        if each["identityType"] == kind:
            return secrets.compare_digest(each["identityHash"], hashed(identity, each["salt"]))
    return False


def _hashed(kind, identity):
    salt = secrets.token_hex(16)
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityType": kind,
        "identityHash": hashed(identity, salt),
        "salt": salt,
    }


def _status(credential, purpose):
    where = credential.status_list.url(purpose)
    return {
        "id": f"{where}#{credential.status_index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(credential.status_index),
        "statusListCredential": where,
    }


def _achievement(credential, said):
    """What was achieved, the same for all who achieved it, and which results there are."""
    own = f"{settings.BASE_URL} {credential.programme_id} {said['version']} {credential.kind} {said['title']}"
    base = uuid5(NAMESPACE_URL, own).urn
    achievement = {
        "id": base,
        "type": ["Achievement"],
        "achievementType": ACHIEVEMENT[credential.kind],
        "name": said["title"],
        "description": said["description"] or said["title"],
        "criteria": {"narrative": narrative(credential, said)},
        "inLanguage": said["language"],
    }
    if said["version"]:
        achievement["version"] = said["version"]
    if said["ects"]:
        achievement["creditsAvailable"] = float(said["ects"])
    if said["level"]:
        achievement["alignment"] = [_alignment(said)]
    kinds, results = [], []
    for name, kind, value in _measures(said):
        where = uuid5(NAMESPACE_URL, f"{base} {kind} {name}").urn
        kinds.append({"id": where, "type": ["ResultDescription"], "name": name, "resultType": kind})
        results.append({"type": ["Result"], "resultDescription": where, **value})
    if kinds:
        achievement["resultDescription"] = kinds
    return achievement, results


def _measures(said):
    """(name, kind, value) of what can be counted, each its own result."""
    if said["minutes"]:
        yield _("Recorded attendance, in hours"), "ext:RecordedHours", {"value": decimal_hours(said["minutes"])}
    if said["study_load"]:
        yield _("Study load of the programme, in hours"), "ext:StudyLoad", {"value": str(said["study_load"])}
    if said["result"]:
        yield _("Result"), "Status", {"status": "Completed", "value": said["result"]}


def decimal_hours(minutes):
    """12,5 hours as 12.5: a figure that another system reads."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def _alignment(said):
    page = FRAMEWORK_PAGES[said["framework"]]
    return {
        "type": ["Alignment"],
        "targetName": f"{said['framework']} {said['level']}",
        "targetFramework": said["framework"],
        "targetCode": str(said["level"]),
        "targetDescription": said["ground"],
        "targetUrl": page,
    }


def narrative(credential, said):
    """All the rest as text that people read, in Markdown: Open Badges has no fields for it."""
    lines = [said["criteria"], ""]
    if said["outcomes"]:
        lines += [f"**{_('Learning outcomes')}**", ""]
        lines += [f"- {each['code']} {each['text']}".strip() for each in said["outcomes"]] + [""]
    for label, value in told(said):
        lines.append(f"**{label}**: {value}  ")
    return "\n".join(lines).strip()


def told(said):
    """(label, value) of what stands beside title and outcomes, for the page, the paper and the badge alike."""
    rows = [
        (_("Recorded attendance"), in_words(said["minutes"]) if said["minutes"] else ""),
        (
            _("Study load of the programme"),
            _("%(hours)d hours") % {"hours": said["study_load"]} if said["study_load"] else "",
        ),
        (_("Form of participation"), said["participation"]),
        (_("Kind of assessment"), said["assessment"]),
        (_("Supervision"), said["supervision"]),
        (_("Assessor"), said["assessor"]),
        (_("Result"), said["result"]),
        (_("Level"), f"{said['framework']} {said['level']}: {said['ground']}" if said["level"] else ""),
        (_("Credits"), f"{localize(Decimal(said['ects']))} ECTS" if said["ects"] else ""),
        (_("Quality assured by"), said["assured_by"]),
        (_("How quality is assured"), said["procedure"]),
    ]
    for each in said["accreditations"]:
        value = f" ({each['value']})" if each["value"] else ""
        rows.append((_("Known in a register"), f"{each['register']}, {each['number']}{value}"))
    return [(label, value) for label, value in rows if value]
