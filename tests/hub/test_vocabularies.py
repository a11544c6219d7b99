"""Words that others know too: brought in from the lists of SLO and OBK, kept, retired, replaced."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import knowledgehub
from knowledgehub import vocabularies
from knowledgehub.choices import Vocabulary
from knowledgehub.models import Term
from tests.cast import resource

SAMPLES = Path(knowledgehub.__file__).parent / "samples"
CURRICULUM, WORDS = SAMPLES / "curriculum", SAMPLES / "vocabulary.csv"
pytestmark = pytest.mark.django_db


def run(command, path, **options):
    out = StringIO()
    call_command(command, str(path), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    """A copy of the samples, to change."""
    return Path(shutil.copytree(CURRICULUM, tmp_path / "curriculum"))


def change(folder, name, deed):
    path = folder / f"{name}.json"
    rows = json.loads(path.read_text())
    path.write_text(json.dumps(deed(rows)))


def test_the_curriculum_comes_in_with_groups_first_and_objectives_under_their_subject():
    said = run("import_curriculum", CURRICULUM)
    assert "level: 8 changed, 3 new" in said  # groups were there from the first day, without their description
    levels = list(Term.objects.of(Vocabulary.LEVEL).values_list("label", flat=True))
    assert levels[:2] == ["Groep 1", "Groep 2"]
    fractions = Term.objects.of(Vocabulary.OBJECTIVE).select_related("parent").get(label="Breuken")
    assert (fractions.prefix, fractions.parent.label) == ("Voorbeelddoel 02", "Rekenen en wiskunde")
    assert fractions.said.startswith("De leerlingen leren rekenen met breuken")


def test_an_older_objective_that_was_split_says_which_two_took_its_place():
    run("import_curriculum", CURRICULUM)
    old = Term.objects.exclude(retired_at=None).get()
    assert set(old.replaced_by.values_list("label", flat=True)) == {"Breuken", "Verhoudingen"}
    assert old not in Term.objects.of(Vocabulary.OBJECTIVE)


def test_the_second_time_changes_nothing():
    run("import_curriculum", CURRICULUM)
    run("import_vocabulary", WORDS)
    before = list(Term.objects.order_by("pk").values())
    for read, path in ((vocabularies.import_curriculum, CURRICULUM), (vocabularies.import_vocabulary, WORDS)):
        report = read(path)
        assert {what for (_v, what), _count in report.counts.items()} <= {"same", "kept as SLO has it"}
        assert (report.replaced, report.twins) == (0, 0)
    assert list(Term.objects.order_by("pk").values()) == before


def test_what_vanished_is_retired_and_comes_back_when_the_list_has_it_again(cast, folder):
    run("import_curriculum", CURRICULUM)
    lesson = resource(cast.fatima, title="Breuken met repen")
    lesson.terms.add(Term.objects.get(label="Verhoudingen"))
    change(folder, "kerndoelen", lambda rows: [row for row in rows if row["kerndoelLabel"] != "Verhoudingen"])
    assert "1 retired" in run("import_curriculum", folder)
    assert lesson.terms.get().retired_at is not None  # what was described with it stays so
    assert "1 back" in run("import_curriculum", CURRICULUM)
    assert lesson.terms.get().retired_at is None


def test_another_text_is_taken_over_and_an_objective_that_is_replaced_later_says_by_what(folder):
    run("import_curriculum", CURRICULUM)
    listening = Term.objects.get(label="Luisteren")

    def renew(rows):
        fresh = dict(rows[0], id="00000000-0000-4000-8000-000000000001", replaces=[listening.key])
        return [fresh | {"kerndoelLabel": "Luisteren en spreken"}, *rows[1:]]

    change(folder, "kerndoelen", renew)
    run("import_curriculum", folder)
    listening.refresh_from_db()
    assert listening.retired_at is not None
    assert listening.replaced_by.get().label == "Luisteren en spreken"


def test_a_list_that_was_cut_off_retires_nothing(folder):
    run("import_curriculum", CURRICULUM)
    change(folder, "basis_niveaus", lambda rows: rows[:1])
    with pytest.raises(CommandError, match="10 van de 20 begrippen"):
        run("import_curriculum", folder)
    assert not Term.objects.exclude(edition="").exclude(retired_at=None).exists()
    assert "10 retired" in run("import_curriculum", folder, allow_gone=True)


@pytest.mark.parametrize("order", [("slo", "obk"), ("obk", "slo")])
def test_what_slo_and_obk_both_have_is_chosen_once_and_known_by_both_names(order):
    for each in order:
        if each == "slo":
            run("import_curriculum", CURRICULUM)
        else:
            run("import_vocabulary", WORDS)
    assert list(Term.objects.of(Vocabulary.SUBJECT).values_list("label", flat=True)).count("Nederlands") == 1
    dutch = Term.objects.of(Vocabulary.SUBJECT).get(label="Nederlands")
    twin = Term.objects.get(vocabulary=Vocabulary.SUBJECT, edition__startswith="OBK", label="Nederlands")
    assert dutch.edition.startswith("SLO")
    assert vocabularies.twin_of(dutch) == twin.key
    assert Term.objects.of(Vocabulary.SUBJECT).filter(label="Filosofie").exists()  # only OBK has it
    primary = Term.objects.get(vocabulary=Vocabulary.LEVEL, label="po")  # one identifier in both
    assert primary.edition.startswith("SLO")
    assert primary.retired_at is None


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("kerndoelen", "{", "geen leesbare JSON"),
        ("kerndoelen", '{"a": 1}', "geen lijst van begrippen"),
        ("basis_niveaus", '[{"id": "1", "title": "groep 1"}]', "rij 1: geen kenmerk"),
        ("ldk_vakbegrippen", '[{"id": "00000000-0000-4000-8000-000000000001", "title": " "}]', "geen titel"),
    ],
)
def test_a_wrong_file_saves_nothing(folder, name, text, said):
    (folder / f"{name}.json").write_text(text)
    with pytest.raises(CommandError, match=said):
        run("import_curriculum", folder)
    assert not Term.objects.exclude(edition=vocabularies.FIRST).exists()


def test_what_is_not_there_or_stands_twice_is_said(folder, tmp_path):
    with pytest.raises(CommandError, match="geen map"):
        run("import_curriculum", tmp_path / "nowhere")
    with pytest.raises(CommandError, match="No such file"):
        run("import_vocabulary", tmp_path / "nowhere.csv")
    change(folder, "kerndoelen", lambda rows: rows + rows[:1])
    with pytest.raises(CommandError, match="staat twee keer"):
        run("import_curriculum", folder)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("vdex_source,vdex_term,obk_uuid,obk_label_nl\nvdex_of_something,x,y,z\n")
    with pytest.raises(CommandError, match="Regel 2"):
        run("import_vocabulary", wrong)
