"""The search of the KennisHub: how good (`hub_search`), and how quick among a hundred thousand resources (`hub_scale`).

The judged questions are asked in a database of their own, on the texts of `shared/data/search`.
"""

import json
import sys

from bench import hub_scale, hub_search
from bench.leader import filled


def figures(house="bench"):
    """All of `search.*`; none where the judged questions are absent."""
    if not hub_search.FOLDER.is_dir():
        return
    environment = filled(house, "hub_judged", ["--people=100"])
    yield from hub_scale.part("quality", environment, module="bench.search")
    yield from hub_scale.figures(house)


def quality():
    """On all judged questions, asked by somebody who sees every text."""
    from people.models import User

    return list(hub_search.quality(hub_search.judged(User.objects.order_by("pk")[0])))


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"quality": quality}[sys.argv[1]]()))
