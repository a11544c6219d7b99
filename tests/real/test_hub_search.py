"""How good the search of the KennisHub is, on judged questions about Dutch curricula; plain `dutch` beside it."""

import os

import pytest

from bench import hub_search

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not hub_search.FOLDER.is_dir() and not os.environ.get("CI"), reason="../shared/data is absent"),
]


@pytest.mark.timeout(900)
def test_teachers_find_what_they_look_for(cast):
    cast_of = hub_search.judged(cast.amina)
    figures = {name: value for name, value, _unit in hub_search.quality(cast_of)}
    print(figures)
    assert figures["search.ndcg10"] >= 0.42
    assert figures["search.recall100"] >= 0.78
    assert figures["search.empty"] == 0
    assert figures["search.ndcg10"] > figures["search.plain_ndcg10"] + 0.1
