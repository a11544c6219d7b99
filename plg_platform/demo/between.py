"""Between two meetings of the demo: home tasks of the learning network, and introductions by its connector."""

from datetime import timedelta
from typing import NamedTuple

from activity.journal import ask
from communities.actions import connecting, home_tasks
from communities.choices import Role
from communities.meetings.models import Meeting
from communities.models import HandIn, HomeTask, Introduction
from communities.registry import agendas
from organisations.choices import RoleKind
from organisations.models import Role as Office
from plg_platform.demo import texts

CONNECTOR = "Jeroen Hofstra"


class Made(NamedTuple):
    """What somebody handed in, and the answer to it."""

    name: str
    question: str
    text: str
    answer: str = ""


FIRST = (
    "Vraag drie kinderen",
    "Vraag drie kinderen waar zij trots op zijn, buiten taal en rekenen. Schrijf op wat je verraste.",
)
FIRST_MADE = [
    Made(
        "Tom Hendriks",
        "Hoe laten kinderen bij ons zien wat ze buiten school leren?",
        "Een jongen uit groep 6 repareert fietsen met zijn opa. Niemand van ons wist dat. De andere twee noemden "
        "zwemmen en hun kleine zusje helpen.",
        "Mooi dat je doorvroeg. Wat zou er nodig zijn om dat fietsen een plek op school te geven?",
    ),
    Made(
        "Aisha Rahman",
        "Wat betekent een brede school voor onze wijk?",
        "Twee van de drie zeiden eerst: niks. Pas toen ik vertelde wat ik zelf leuk vind, kwam er een verhaal.",
        "Dat is een vondst: eerst zelf iets vertellen. Neem dit mee naar de bijeenkomst.",
    ),
    Made(
        "Wim Lammers",
        "Wat betekent een brede school voor onze wijk?",
        "In groep 7 is een meisje dat stripverhalen tekent. Ze wilde ze alleen laten zien als de klas weg was.",
        "Wat zou zij zelf willen, denk je?",
    ),
]
NEXT = (
    "Teken een plusdocument",
    "Kies één kind. Wat zou er in zijn of haar plusdocument staan? Eén bladzijde is genoeg, zonder naam.",
)
NEXT_MADE = [
    Made(
        "Tom Hendriks",
        "Hoe laten kinderen bij ons zien wat ze buiten school leren?",
        "Ik begon met de fietsen. Daarna schreef het kind zelf drie zinnen. Die waren beter dan de mijne.",
    ),
    Made(
        "Priya Ramdin",
        "Hoe krijgt talent een plek in ons rapport?",
        "Ik maakte er een met een kind uit groep 5 samen, aan de keukentafel van de school.",
        "Samen maken: daar praten we over door.",
    ),
]
#: Of whom the connector thinks that they should meet, with who said yes already.
TOGETHER = (
    "PLG Onderzoekend leren",
    "Wetenschap en techniek",
    "Jullie bouwen allebei proeven met gewone spullen. Misschien kunnen jullie een middag samen doen?",
)
WITH_EXPERT = (
    "PLG Spelend leren",
    "Petra Lindeman",
    "Petra begeleidde eerder scholen bij spel in groep 3. Een keer meekijken kan al helpen.",
)


def fill(builder):
    """Two home tasks, an introduction that both accepted, and one that waits for the expert."""
    _home_tasks(builder)
    _introductions(builder)


def _home_tasks(builder):
    network = builder.communities[texts.BREDE_VORMING.name]
    meetings = list(Meeting.objects.filter(community=network).order_by("starts_at"))
    last = next(row for row in reversed(meetings) if row.held_on < builder.today)
    coming = next(row for row in meetings if row.held_on >= builder.today)
    places = {
        row.person_id: row for row in network.memberships.active().select_related("person", "school").order_by("pk")
    }
    before = _task(builder, network, FIRST, last.held_on - timedelta(days=3), last.held_on - timedelta(days=30))
    task = _task(builder, network, NEXT, coming.held_on - timedelta(days=2), last.held_on + timedelta(days=1))
    _hand_ins(builder, before, FIRST_MADE, places)
    _hand_ins(builder, task, NEXT_MADE, places)
    for place in places.values():
        if place.role == Role.GUEST:
            task.experts.add(place)
        else:
            home_tasks.joined(place)
    leader = builder.people[texts.BREDE_VORMING.facilitator]
    ask(home_tasks.TO_ANSWER, about=task, url=task.get_absolute_url(), people=[leader], community=network)
    for bring in agendas.values():
        bring(task, community=network, title=f"Opdracht: {task.title}", by=leader, after=coming.held_on)


def _task(builder, network, words, due_on, set_on):
    from plg_platform.demo.plgs import at

    title, text = words
    leader = builder.people[texts.BREDE_VORMING.facilitator]
    return HomeTask.objects.create(
        community=network, title=title, text=text, due_on=due_on, set_by=leader, set_at=at(set_on)
    )


def _hand_ins(builder, task, made, places):
    leader = builder.people[texts.BREDE_VORMING.facilitator]
    for number, each in enumerate(made):
        at = min(task.set_at + timedelta(days=3 + number), builder.moment - timedelta(hours=5 - number))
        HandIn.objects.create(
            task=task,
            membership=places[builder.people[each.name].pk],
            question=each.question,
            text=each.text,
            at=at,
            answer=each.answer,
            answered_by=leader if each.answer else None,
            answered_at=min(at + timedelta(days=2), builder.moment) if each.answer else None,
        )


def _introductions(builder):
    network, by = builder.places.network, builder.people[CONNECTOR]
    Office.objects.create(person=by, kind=RoleKind.CONNECTOR, network=network, given_by=builder.people["Paula Verweij"])
    one, other = sorted((builder.communities[name] for name in TOGETHER[:2]), key=lambda row: row.pk)
    moment = builder.moment - timedelta(days=9)
    Introduction.objects.create(
        network=network, by=by, one=one, other=other, message=TOGETHER[2], at=moment,
        one_accepted_at=moment + timedelta(days=1), other_accepted_at=moment + timedelta(days=2),
    )  # fmt: skip
    name, expert, message = WITH_EXPERT
    moment = builder.moment - timedelta(days=3)
    waits = Introduction.objects.create(
        network=network, by=by, one=builder.communities[name], expert=builder.people[expert], message=message,
        at=moment, one_accepted_at=moment + timedelta(days=1),
    )  # fmt: skip
    ask(connecting.ASKED, about=waits, url=waits.get_absolute_url(), people=[waits.expert])
