"""Credentials: who proposes, who approves, what is issued, what becomes of it; and what is refused."""

import json
from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.timezone import now

from activity.models import Ask
from core.refusals import Refused
from core.steps import find
from core.time import today
from organisations.models import Qualification
from people.erasing import erase
from people.models import Leaving
from tests import cast as make
from tests.training import credentials_world as world
from training.credentials import actions, badge, facts, keys, proofs, quality
from training.credentials.choices import LIVING, Kind, State
from training.credentials.models import Credential, IssuerKey, StatusList
from training.credentials.steps import CREDENTIAL
from training.models import Assessment, Enrolment


@pytest.fixture
def eligible(cast, signing):
    return world.eligible(cast)


@pytest.fixture
def issued(cast, signing):
    return world.issued(cast)


# From training to certificate ---------------------------------------------------------------------


def test_who_completes_the_trajectory_gets_a_certificate_and_apart_from_it_proof_of_attendance(cast, signing):
    enrolment = world.enrolment(cast, cast.amina)
    certificate, there = actions.completed(enrolment, by=cast.noor)
    assert [certificate.kind, there.kind] == [Kind.CERTIFICATE, Kind.ATTENDANCE]
    assert certificate.snapshot["outcomes"] and not there.snapshot["outcomes"]
    assert there.snapshot["minutes"] == certificate.snapshot["minutes"] == 3 * 150
    assert certificate.snapshot["study_load"] == 68 and not there.snapshot["study_load"]
    assert actions.completed(enrolment, by=cast.noor) == [certificate, there]
    assert Credential.objects.count() == 2


def test_hours_are_those_at_which_somebody_was_there_and_no_more(cast, signing):
    enrolment = world.enrolment(cast, cast.amina, days=1)
    said = facts.of_enrolment(enrolment, Kind.ATTENDANCE)
    assert said.minutes == 150
    with pytest.raises(Refused, match=r"2 uur en 30 minuten|2 hours and 30 minutes"):
        actions.propose(cast.amina, Kind.ATTENDANCE, replace(said, minutes=151), enrolment=enrolment)
    assert not Credential.objects.exists()


def test_a_trajectory_without_a_recorded_day_gives_no_proof_of_attendance(cast, signing):
    enrolment = world.enrolment(cast, cast.amina, days=0)
    assert [each.kind for each in actions.completed(enrolment, by=cast.noor)] == [Kind.CERTIFICATE]


def test_the_keepers_are_asked_and_not_who_proposed_it_nor_who_gets_it(cast, eligible):
    asked = Ask.objects.filter(kind=actions.ASK, about_id=eligible.pk)
    assert {each.person_id for each in asked} == {cast.paula.pk}
    actions.approve(eligible, by=cast.paula)
    assert not Ask.objects.open().filter(kind=actions.ASK, about_id=eligible.pk).exists()


@pytest.mark.parametrize("who", ["noor", "amina", "els"])
def test_who_proposed_gets_or_assessed_it_does_not_approve_it(cast, eligible, who):
    make.role(cast.els, "platform_admin")
    make.role(cast.amina, "platform_admin")
    with pytest.raises(Refused):
        actions.approve(eligible, by=getattr(cast, who))
    eligible.refresh_from_db()
    assert eligible.state == State.ELIGIBLE


def test_the_database_too_wants_two_people(cast, eligible):
    with pytest.raises(DatabaseError, match="approved_by_a_second"), transaction.atomic():
        Credential.objects.filter(pk=eligible.pk).update(approved_by=cast.noor)


def test_nothing_is_issued_before_it_is_approved(cast, eligible):
    with pytest.raises(Refused):
        actions.issue(eligible, by=cast.paula)


def test_every_step_leads_only_from_where_the_table_says(cast, issued):
    for state in State:
        for verb in {step.verb for step in CREDENTIAL} - {"replace"}:
            Credential.objects.filter(pk=issued.pk).update(state=state)
            more = {"because": "Daarom."} if verb in ("decline", "suspend", "revoke") else {}
            if find(CREDENTIAL, state, verb):
                continue
            with pytest.raises(Refused):
                getattr(actions, verb)(issued, by=cast.paula, **more)


# What is issued -----------------------------------------------------------------------------------


def test_it_names_nobody_and_yet_can_be_checked_against_an_address(cast, issued):
    text = json.dumps(issued.signed)
    assert cast.amina.email not in text and "Amina" not in text and "Els" not in text
    assert badge.is_of(issued.signed, "emailAddress", cast.amina.email)
    assert badge.is_of(issued.signed, "name", "Amina Yildiz")
    assert not badge.is_of(issued.signed, "emailAddress", cast.tom.email)
    assert proofs.holds(issued.signed)


def test_what_was_issued_never_changes(cast, issued):
    for change in ({"signed": {}}, {"snapshot": {"title": "Iets beters"}}, {"holder": "Iemand Anders"}):
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            Credential.objects.filter(pk=issued.pk).update(**change)


def test_a_certificate_makes_her_a_qualified_facilitator_as_long_as_it_counts(cast, issued):
    qualified = lambda: Qualification.objects.facilitators([cast.amina.pk, cast.tom.pk])  # noqa: E731
    assert qualified() == {cast.amina.pk}
    actions.suspend(issued, by=cast.paula, because="We zoeken iets uit.")
    assert not qualified()
    actions.restore(issued, by=cast.paula)
    assert qualified() == {cast.amina.pk}
    actions.revoke(issued, by=cast.paula, because="De praktijk was niet van haar.")
    assert not qualified()


def test_attendance_makes_nobody_a_facilitator(cast, signing):
    world.issued(cast, kind=Kind.ATTENDANCE)
    assert not Qualification.objects.exists()


def test_nothing_is_taken_from_anybody_without_a_reason(cast, issued):
    for verb in (actions.suspend, actions.revoke):
        with pytest.raises(Refused):
            verb(issued, by=cast.paula, because="  ")
    issued.refresh_from_db()
    assert issued.state == State.ISSUED


def test_a_new_name_or_address_is_a_new_credential(cast, issued):
    with pytest.raises(Refused):
        actions.ask_anew(issued, by=cast.amina)
    cast.amina.email, cast.amina.name = "amina@nieuw.example", "Amina Demir"
    cast.amina.save()
    issued = Credential.objects.get(pk=issued.pk)
    assert actions.stale(issued) and proofs.holds(issued.signed)
    actions.ask_anew(issued, by=cast.amina)
    assert Ask.objects.open().filter(kind=actions.RENEW, person=cast.paula).exists()
    anew = actions.reissue(issued, by=cast.paula)
    issued.refresh_from_db()
    assert (issued.state, issued.replaced_by, anew.state) == (State.REPLACED, anew, State.ISSUED)
    assert anew.snapshot == issued.snapshot and anew.holder == "Amina Demir" and issued.holder == "Amina Yildiz"
    assert badge.is_of(anew.signed, "emailAddress", "amina@nieuw.example") and anew.approved_by == cast.paula
    assert Qualification.objects.current().count() == 1
    assert Credential.objects.filter(state__in=LIVING).exclude(kind=Kind.ATTENDANCE).count() == 1


def test_an_address_that_changed_after_approval_is_the_one_on_it(cast, eligible):
    approved = actions.approve(eligible, by=cast.paula)
    cast.amina.email = "amina@nieuw.example"
    cast.amina.save()
    assert badge.is_of(actions.issue(approved, by=cast.paula).signed, "emailAddress", "amina@nieuw.example")


# Without a key, without a person ------------------------------------------------------------------


def test_without_a_key_nothing_is_issued_and_it_says_what_to_do(cast, eligible, signed_in):
    approved = actions.approve(eligible, by=cast.paula)
    keys.path_of(IssuerKey.objects.get()).unlink()
    with pytest.raises(Refused, match="rotate_credential_key"):
        actions.issue(approved, by=cast.paula)
    approved.refresh_from_db()
    assert approved.state == State.APPROVED and not approved.signed and not StatusList.objects.exists()
    page = signed_in(cast.paula).get(reverse("credentials:approve")).content.decode()
    assert "rotate_credential_key" in page


def test_a_key_that_is_not_ours_signs_nothing(cast, eligible, signing):
    approved = actions.approve(eligible, by=cast.paula)
    other = keys.path_of(signing).read_bytes()
    newer = keys.rotate()
    keys.path_of(newer).write_bytes(other)
    with pytest.raises(Refused, match="rotate_credential_key"):
        actions.issue(approved, by=cast.paula)


def test_rotation_keeps_old_public_keys_and_throws_the_private_one_away(signing, commits, client):
    before = keys.path_of(signing)
    assert before.stat().st_mode & 0o777 == 0o600
    with commits:
        newer = keys.rotate()
    assert not before.exists() and keys.path_of(newer).exists()
    did = client.get("/.well-known/did.json").json()
    assert [each["publicKeyMultibase"] for each in did["verificationMethod"]] == [signing.public, newer.public]
    assert did["assertionMethod"] == [each["id"] for each in did["verificationMethod"]]
    jwks = client.get("/.well-known/jwks.json").json()["keys"]
    assert [each["kid"] for each in jwks] == did["assertionMethod"] and "d" not in jwks[0]


def test_what_a_stolen_key_signed_counts_no_more_until_it_is_issued_anew(cast, issued, client):
    newer = keys.rotate(stolen=True)
    did = client.get("/.well-known/did.json").json()
    assert [each["publicKeyMultibase"] for each in did["verificationMethod"]] == [newer.public]
    assert not proofs.holds(issued.signed)
    assert proofs.holds(actions.reissue(issued, by=cast.paula).signed)


def test_who_left_in_between_gets_nothing_and_the_others_do(cast, signing):
    rows = [world.eligible(cast, person=each) for each in (cast.amina, cast.tom)]
    approved = [actions.approve(each, by=cast.paula) for each in rows]
    cast.tom.is_active = False
    cast.tom.save()
    issued, refused = actions.issue_all(approved, by=cast.paula)
    assert [each.person for each in issued] == [cast.amina] and [each.person for each, _why in refused] == [cast.tom]


def leaves(person):
    """She asked for it long enough ago; what she learned has its own section of privacy."""
    Enrolment.objects.filter(person=person).delete()
    Leaving.objects.create(person=person, due_at=now() - timedelta(minutes=1))
    assert erase(person.pk)


def test_who_is_erased_leaves_an_empty_place_and_what_she_downloaded_still_holds(cast, issued, signed_in):
    kept, link = issued.signed, issued.link.removeprefix(settings.BASE_URL)
    waiting = world.eligible(cast, kind=Kind.ATTENDANCE, person=cast.gijs)
    leaves(cast.amina)
    issued.refresh_from_db()
    assert issued.person is None and not issued.signed and not issued.holder and not issued.snapshot
    assert proofs.holds(kept) and issued.status_index is not None
    page = signed_in().get(link).content.decode()
    assert "Amina" not in page and "PLG-facilitator" not in page
    leaves(cast.gijs)
    assert not Credential.objects.filter(pk=waiting.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_approve_it_once(cast):
    row = world.eligible(cast)
    cast.els_two = make.person("Sanne Bos")
    make.role(cast.els_two, "platform_admin")
    said = []

    def approve(by):
        try:
            actions.approve(row, by=by)
            said.append("approved")
        except Refused as refused:
            said.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=approve, args=(by,)) for by in (cast.paula, cast.els_two)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert said.count("approved") == 1 and len(said) == 2


# Quality ------------------------------------------------------------------------------------------


def test_a_microcredential_needs_an_approved_record_of_quality(cast, signing):
    enrolment = world.enrolment(cast, cast.amina)
    said = facts.of_enrolment(enrolment, Kind.CERTIFICATE)
    more = {"enrolment": enrolment, "programme": enrolment.version.programme}
    for kind, other in (
        (Kind.MICROCREDENTIAL, said),
        (Kind.CERTIFICATE, replace(said, ects="2.5")),
        (Kind.CERTIFICATE, replace(said, framework="NLQF", level=6)),
        (Kind.CERTIFICATE, replace(said, title="Microcredential begeleiden")),
        (Kind.CERTIFICATE, replace(said, description="Goed voor 3 ECTS.")),
    ):
        with pytest.raises(Refused):
            actions.propose(cast.amina, kind, other, **more)
    record = quality.fill(
        enrolment.version.programme, by=cast.noor, assured_by="Hogeschool De Vaart", procedure="Visitatie.",
        assessment="Twee beoordelaars.", ects="2.5",
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.propose(cast.amina, Kind.MICROCREDENTIAL, said, quality=record, **more)
    with pytest.raises(Refused):
        quality.approve(record, by=cast.noor)
    quality.approve(record, by=cast.paula)
    micro, _there = actions.completed(enrolment, by=cast.noor)
    assert micro.kind == Kind.MICROCREDENTIAL and micro.snapshot["ects"] == "2.5"


def test_a_record_that_is_over_carries_nothing(cast, signing):
    record = world.assured(cast, world.programme())
    record.valid_until = today() - timedelta(days=1)
    record.save()
    assert not record.holds and actions.quality_of(record.programme) is None


def test_a_register_is_named_and_promises_nothing(cast, signing, signed_in):
    micro = world.microcredential(cast)
    assert micro.signed["credentialSubject"]["achievement"]["alignment"][0]["targetCode"] == "6"
    page = signed_in().get(micro.bare_link.removeprefix(settings.BASE_URL)).content.decode()
    assert "Schoolleidersregister PO" in page and "Gijs" not in page


# Its pages ----------------------------------------------------------------------------------------


def test_a_stranger_sees_what_it_is_and_the_name_only_with_the_key(cast, issued, signed_in):
    stranger = signed_in()
    bare = stranger.get(issued.bare_link.removeprefix(settings.BASE_URL))
    assert bare.status_code == 200 and "PLG-facilitator" in bare.content.decode()
    assert "Amina" not in bare.content.decode()
    named = stranger.get(issued.link.removeprefix(settings.BASE_URL))
    assert "Amina Yildiz" in named.content.decode() and named["Referrer-Policy"] == "no-referrer"
    wrong = reverse("credentials:verify_named", args=[issued.uuid, "x" * 22])
    assert stranger.get(wrong).status_code == 404
    badge_file = stranger.get(reverse("credentials:badge_named", args=[issued.uuid, issued.key]))
    assert json.loads(badge_file.content) == issued.signed
    actions.new_link(issued, by=cast.amina)
    assert stranger.get(issued.link.removeprefix(settings.BASE_URL)).status_code == 404


def test_what_is_not_issued_is_nowhere_to_be_checked(cast, eligible, signed_in):
    assert signed_in().get(reverse("credentials:verify", args=[eligible.uuid])).status_code == 404


def test_revoked_shows_as_revoked(cast, issued, signed_in):
    actions.revoke(issued, by=cast.paula, because="De praktijk was niet van haar.")
    page = signed_in().get(issued.link.removeprefix(settings.BASE_URL)).content.decode()
    assert "ingetrokken" in page or "revoked" in page
    assert "De praktijk" not in page


def test_the_status_list_is_open_to_every_verifier(cast, issued, client):
    for entry in issued.signed["credentialStatus"]:
        answer = client.get(entry["statusListCredential"].removeprefix(settings.BASE_URL))
        assert answer.status_code == 200 and answer["Access-Control-Allow-Origin"] == "*"
        assert json.loads(answer.content)["credentialSubject"]["statusPurpose"] == entry["statusPurpose"]


def test_only_its_holder_downloads_it(cast, issued, signed_in):
    for name in ("paper", "badge"):
        path = reverse(f"credentials:{name}", args=[issued.pk])
        assert signed_in(cast.amina).get(path).status_code == 200
        assert signed_in(cast.paula).get(path).status_code == 403
        assert signed_in(cast.tom).get(path).status_code == 404


def test_the_queue_issues_what_was_chosen(cast, signing, signed_in):
    rows = [world.eligible(cast, person=each) for each in (cast.amina, cast.tom)]
    paula = signed_in(cast.paula)
    for each in rows:
        paula.post(reverse("credentials:approve_one", args=[each.pk]))
    answer = paula.post(reverse("credentials:approve"), {"chosen": [rows[0].pk]}, follow=True)
    assert answer.status_code == 200
    states = dict(Credential.objects.filter(kind=Kind.CERTIFICATE).values_list("person__name", "state"))
    assert states == {"Amina Yildiz": State.ISSUED, "Tom Hendriks": State.APPROVED}


def test_a_reason_is_asked_again_where_it_is_missing(cast, issued, signed_in):
    path = reverse("credentials:revoke", args=[issued.pk])
    assert signed_in(cast.paula).get(path).status_code == 200
    assert signed_in(cast.paula).post(path, {"because": ""}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_takes_as_many_queries_for_three_as_for_one(
    cast, signing, signed_in, count, django_assert_num_queries
):
    people = [cast.amina, cast.tom, cast.gijs][:count]
    for each in people:
        world.issued(cast, person=each)
    paula = signed_in(cast.paula)
    paula.get(reverse("credentials:approve"))
    with django_assert_num_queries(7):
        paula.get(reverse("credentials:approve"))
    assert Assessment.objects.count() == count
