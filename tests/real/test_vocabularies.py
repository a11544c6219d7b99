"""The real lists of SLO and OBK."""

import os
import time
from pathlib import Path

import pytest

from knowledgehub import vocabularies
from knowledgehub.choices import Vocabulary
from knowledgehub.models import Term

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.real,
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir() and not os.environ.get("CI"), reason="../shared/data is absent"),
]
OBK = DATA / "nllom" / "obk_vocab_from_edurep_xslt.csv"


def test_the_whole_curriculum_and_the_second_time_nothing():
    began = time.monotonic()
    report = vocabularies.import_curriculum(DATA / "slo")
    print(f"\n{sum(report.counts.values())} terms in {time.monotonic() - began:.1f} s")
    print("\n".join(report.lines()))
    standing = {each: Term.objects.of(each).count() for each in Vocabulary.values}
    assert standing == {"level": 105, "subject": 95, "objective": 405, "concept": 3310}
    assert Term.objects.of(Vocabulary.OBJECTIVE).filter(parent=None).count() < 40
    older = Term.objects.filter(vocabulary=Vocabulary.OBJECTIVE).exclude(retired_at=None)
    assert older.count() == 73
    assert not older.filter(replaced_by=None).exists()
    again = vocabularies.import_curriculum(DATA / "slo")
    assert {what for _v, what in again.counts} == {"same"}
    assert again.replaced == 0


def test_the_terms_of_obk_step_aside_where_slo_has_them():
    vocabularies.import_curriculum(DATA / "slo")
    report = vocabularies.import_vocabulary(OBK)
    print("\n" + "\n".join(report.lines()))
    assert sum(report.counts.values()) == 285
    assert report.twins > 30
    older = Term.objects.filter(label="Reflectie op eigen taalgebruik").exclude(retired_at=None).first()
    assert older.replaced_by.exists()  # SLO says what came after it: that OBK still lists it brings it not back
    labels = list(Term.objects.of(Vocabulary.SUBJECT).values_list("sort_name", flat=True))
    assert len(labels) == len(set(labels))
    again = vocabularies.import_vocabulary(OBK)
    assert {what for _v, what in again.counts} == {"same", "kept as SLO has it"}
