"""A library that the demo's administrator harvests, as it came last night; nothing is fetched for a demo."""

from collections import Counter
from datetime import timedelta

from knowledgehub.choices import Kind
from knowledgehub.models import Resource, Term
from knowledgehub.outside import actions
from knowledgehub.outside.harvest import keeping
from knowledgehub.outside.harvest.bindings import Found, Told
from knowledgehub.outside.models import HarvestSource
from organisations.models import Network, Role

PLACE = "https://leermiddelen.example/"
BY = "https://creativecommons.org/licenses/by/4.0/"
ITEMS = [
    (
        "Getallenlijn zonder getallen",
        "Kinderen schatten eerst, en zetten dan pas streepjes.",
        Kind.LESSON,
        ("Groep 4",),
    ),
    ("Kijkwijzer rijke taal in de rekenles", "Wat je hoort als kinderen echt redeneren.", Kind.TOOL, ()),
    ("Zo stel je een denkvraag", "Kort filmpje: wachten, doorvragen, teruggeven.", Kind.VIDEO, ()),
    ("Tijd en klok: wat weten we uit onderzoek?", "Waarom de wijzerklok lastiger is dan hij lijkt.", Kind.RESEARCH, ()),
]


def fill(builder):
    """One library with four things in it."""
    keeper = Role.objects.filter(kind="platform_admin", ended_at=None).select_related("person").first()
    network = Network.objects.order_by("pk").first()
    if not keeper or not network:
        return
    source = actions.add_source(
        by=keeper.person, name="Open leermiddelen Rivierenland", url=f"{PLACE}oai", set_spec="po", network=network
    )
    keys = dict(Term.objects.standing().values_list("label", "key"))
    counts = Counter()
    found = [
        Found(
            f"oai:leermiddelen.example:{n}",
            False,
            Told(
                title, said, f"{PLACE}{n}", "cc-by-40", BY, kind=kind, makers=("Hogeschool Rivierenland",),
                terms=tuple(keys[level] for level in levels if level in keys),
            ),
        )
        for n, (title, said, kind, levels) in enumerate(ITEMS, 1)
    ]  # fmt: skip
    keeping.keep_all(source, found, counts)
    came = builder.moment - timedelta(hours=6)
    Resource.objects.filter(pk__in=source.records.values("resource")).update(published_at=came, changed_at=came)
    HarvestSource.objects.filter(pk=source.pk).update(last_run_at=came, last_counts=dict(counts))
