"""Whatever happens to resources: what machines are told is what a stranger's page shows, and not a word more."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledgehub.models import Collection, CollectionItem, Resource
from knowledgehub.registry import tell_changed
from tests.cast import resource

AUDIENCES = ["private", "plg", "school", "board", "network", "members", "public", "public", "public"]
WORLDS = st.lists(
    st.tuples(st.sampled_from(AUDIENCES), st.sampled_from(["published", "published", "withdrawn"]), st.booleans()),
    min_size=5,
    max_size=5,
)


def test_oai_sitemap_feeds_and_pages_tell_a_stranger_the_same(cast, signed_in):
    rows = [resource(cast.fatima, title=f"Geheim{n}x", audience="public", theme="maths") for n in range(5)]
    collection = Collection.objects.create(person=cast.fatima, name="Alles", is_public=True)
    for position, row in enumerate(rows):
        CollectionItem.objects.create(collection=collection, resource=row, position=position)
    # one hangs below another: the address of an original must not come along either
    Resource.objects.filter(pk=rows[1].pk).update(adapted_from=rows[0])
    where = {"community": cast.maths, "school": cast.regenboog, "board": cast.board, "network": cast.network}
    Resource.objects.update(**where)
    stranger = signed_in()

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(WORLDS)
    def told(world):
        for row, (audience, state, is_hidden) in zip(rows, world, strict=True):
            hidden_at = row.created_at if is_hidden else None
            Resource.objects.filter(pk=row.pk).update(audience=audience, state=state, hidden_at=hidden_at)
        tell_changed(*rows)
        shown = {n for n, row in enumerate(rows) if stranger.get(row.get_absolute_url()).status_code == 200}
        said = {
            name: stranger.get(address).text
            for name, address in {
                "dc": "/oai?verb=ListRecords&metadataPrefix=oai_dc",
                "lom": "/oai?verb=ListRecords&metadataPrefix=nl_lom&set=theme-maths",
                "feed": "/hub/feed/",
                "collection": f"/hub/collections/{collection.pk}/feed/",
            }.items()
        }
        for name, text in said.items():
            assert {n for n in range(5) if f"Geheim{n}x" in text} == shown, name
        sitemap = stranger.get("/sitemap-resources.xml").text
        assert {n for n, row in enumerate(rows) if f"{row.get_absolute_url()}<" in sitemap} == shown
        assert said["dc"].count('status="deleted"') == 5 - len(shown)
        for n in shown:
            page = stranger.get(rows[n].get_absolute_url()).text
            head = page.partition("</head>")[0]
            assert {other for other in range(5) if f"Geheim{other}x" in head} == {n}

    told()
