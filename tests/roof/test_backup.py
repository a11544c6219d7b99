"""A drill: the platform is lost, and put back from a folder."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from communities.models import Community, Membership
from people import erasing
from people.models import User
from plg_platform import backups
from plg_platform.backups import tables
from tests import cast as people

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = Path("faces") / "ab" / "abcdef.jpg"


@pytest.fixture
def cast():
    cast = people.cast()
    people.meeting(cast.maths, 3)
    photo = Path(settings.FILES_ROOT) / PHOTO
    photo.parent.mkdir(parents=True, exist_ok=True)
    photo.write_bytes(b"a face")
    return cast


def said(command, *arguments, **options):
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def everything():
    """All that the database holds, table by table."""
    found = {}
    for table, columns in tables.columns().items():
        if table not in tables.NOT_KEPT:
            rows = StringIO()
            with connection.cursor() as cursor:
                cursor.cursor.copy_expert(f"COPY {tables.named(table, columns)} TO STDOUT", rows)
            found[table] = sorted(rows.getvalue().splitlines())
    return found


def test_all_is_lost_and_comes_back(cast, tmp_path, signed_in):
    signed_in(cast.amina).get("/")
    before = everything()
    assert "MB in" in said("backup", tmp_path / "monday")

    cast.maths.name = "Something else"
    cast.maths.save()
    Membership.objects.all().delete()
    (Path(settings.FILES_ROOT) / PHOTO).unlink()
    assert "Everybody signs in anew" in said("restore", tmp_path / "monday", over=True)

    assert everything() == before
    assert (Path(settings.FILES_ROOT) / PHOTO).read_bytes() == b"a face"
    assert not Session.objects.exists()


def test_life_goes_on_after_it(cast, tmp_path):
    """Numbers count on, history is written again, and keys are looked at."""
    seats = apps.get_model("communities", "MembershipEvent").objects
    backups.make(tmp_path / "monday")
    backups.put_back(tmp_path / "monday", over=True)
    before, newest = seats.count(), User.objects.latest("pk").pk

    seat = Membership.objects.filter(state="active").first()
    seat.state = "ended"
    seat.save()

    assert seats.count() == before + 1
    assert people.person("Noor Nieuw").pk == newest + 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=seat.pk).update(community=10**9)


def test_who_was_erased_since_does_not_come_back(cast, tmp_path, settings):
    settings.ERASURES = tmp_path / "apart" / "erasures.txt"
    gone = cast.amina.pk
    backups.make(tmp_path / "monday")
    settings.ERASURES.parent.mkdir()
    settings.ERASURES.write_text(f"{gone} {now().isoformat()}\n")

    assert backups.put_back(tmp_path / "monday", over=True)["erased"] == 1

    assert not User.objects.filter(pk=gone).exists()
    assert erasing.read_journal(settings.ERASURES.read_text())[0][0] == gone


def test_a_list_in_the_backup_is_not_forgotten(cast, tmp_path, settings):
    settings.ERASURES = tmp_path / "apart" / "erasures.txt"
    settings.ERASURES.parent.mkdir()
    settings.ERASURES.write_text(f"900 {now().isoformat()}\n")
    backups.make(tmp_path / "monday")
    settings.ERASURES.write_text(f"901 {now().isoformat()}\n")

    backups.put_back(tmp_path / "monday", over=True)

    assert [number for number, _at in erasing.read_journal(settings.ERASURES.read_text())] == [900, 901]


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / "tables" / "people_user.gz").write_bytes(b"other rows"),
        lambda folder: (folder / "files" / PHOTO).unlink(),
        lambda folder: (folder / "files" / "more.txt").write_text("more"),
        lambda folder: (folder / "manifest.json").unlink(),
    ],
)
def test_a_damaged_backup_changes_nothing(cast, tmp_path, harm):
    backups.make(tmp_path / "monday")
    harm(tmp_path / "monday")
    before = everything()
    with pytest.raises(CommandError):
        said("restore", tmp_path / "monday", over=True)
    assert everything() == before


def test_it_is_never_put_over_people_by_accident(cast, tmp_path):
    backups.make(tmp_path / "monday")
    with pytest.raises(CommandError, match="There are people"):
        said("restore", tmp_path / "monday")
    with pytest.raises(CommandError, match="is there already"):
        said("backup", tmp_path / "monday")


def test_of_another_release_it_is_refused(cast, tmp_path):
    backups.make(tmp_path / "monday")
    manifest = tmp_path / "monday" / "manifest.json"
    its = json.loads(manifest.read_text())
    its["migrations"].append("communities.9999_of_tomorrow")
    manifest.write_text(json.dumps(its))
    with pytest.raises(CommandError, match="other migrations"):
        said("restore", tmp_path / "monday", over=True)
    assert Community.objects.filter(pk=cast.maths.pk).exists()


def test_half_a_backup_has_no_name(cast, tmp_path):
    (tmp_path / "monday.unfinished").mkdir()
    with pytest.raises(CommandError):
        said("restore", tmp_path / "monday.unfinished")
    backups.make(tmp_path / "monday")
    assert not (tmp_path / "monday.unfinished").exists()
    assert (tmp_path / "monday").stat().st_mode & 0o077 == 0
