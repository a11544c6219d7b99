"""What the demo's PLGs talk about between their meetings; written as rows, without letters."""

from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from communities.discussions import writing
from communities.discussions.choices import Audience, Level, ReactionKind, TopicKind, Why
from communities.discussions.models import Post, Reaction, ReadState, Topic
from core.time import AMSTERDAM
from plg_platform.demo import texts

T, H, P, S = ReactionKind.THANKS, ReactionKind.HELPS, ReactionKind.TRY, ReactionKind.SAME


class Said(NamedTuple):
    """One post: who, the text, how many hours after the one before, which post it answers, reactions."""

    who: str
    text: str
    hours: float = 5
    to: int = 0
    given: tuple = ()


class Talk(NamedTuple):
    """One topic; `days` ago it began, `read` says how far the PLG's own demo people have read."""

    plg: str
    kind: TopicKind
    title: str
    days: float
    said: list
    helped: int = 0
    pinned: bool = False
    is_case: bool = False
    closed: bool = False
    read: dict = {}


TALKS = [
    Talk(
        texts.REKENEN.name,
        TopicKind.QUESTION,
        "Wie heeft breukenstroken gebruikt in groep 6?",
        6,
        [
            Said(
                "Yasmin Aksoy",
                "Ik wil volgende week met **breukenstroken** beginnen. Wie heeft dat al gedaan?\n\n"
                "- Laat je ze zelf vouwen of geef je ze uitgeknipt?\n- Hoe lang doe je erover?",
            ),
            Said(
                "Mark de Wit",
                "Zelf vouwen! Het duurt langer, maar bij het vouwen hoor je wat ze denken. Bij mij zei "
                "iemand: *een derde is lastig, want je kunt niet twee keer dubbelvouwen*. Dat was de hele les waard.",
                3,
                0,
                ((H, 4), (T, 2)),
            ),
            Said("Els Jansen", "Eens met Mark. Ik heb wel één setje klaarliggen voor wie vastloopt.", 20, 2, ((P, 1),)),
            Said(
                "Ruben Mulder",
                "Let op: mijn groep legde ze achter elkaar in plaats van onder elkaar. Toen vergeleken "
                "ze dus *hoeveel stroken* er lagen. Ik had eerst moeten vragen: wat is hier het hele?",
                7,
                0,
                ((S, 3), (H, 2)),
            ),
            Said(
                "Yasmin Aksoy",
                "Dank! Ik ga ze laten vouwen en begin met de vraag van Ruben. Ik neem foto’s van het "
                "werk mee naar de bijeenkomst.",
                22,
                4,
                ((T, 3),),
            ),
        ],
        helped=2,
        read={"Els Jansen": 4, "Sanne Bakker": 5},
    ),
    Talk(
        texts.REKENEN.name,
        TopicKind.ANNOUNCEMENT,
        "Donderdag beginnen we een kwartier later",
        3,
        [
            Said(
                "Sanne Bakker",
                "In de teamkamer is tot 15.30 uur overleg. Wij beginnen donderdag om **15.45 uur**. "
                "Neem het werk van één kind mee, zonder naam.",
                0,
                0,
                ((T, 5),),
            )
        ],
        pinned=True,
        read={"Sanne Bakker": 1},
    ),
    Talk(
        texts.REKENEN.name,
        TopicKind.IDEA,
        "Een muur met foute antwoorden",
        12,
        [
            Said(
                "Karin Postma",
                "Wat als we een muur maken met **mooie fouten**? Elke week één, en de klas zoekt uit "
                "hoe iemand daarop kan komen.",
            ),
            Said(
                "Tom Hendriks",
                "Leuk. Wij doen dit op De Wissel aan het begin van de les, op het bord. Vijf minuten, "
                "meer niet. Belangrijk: de fout is van *niemand*.",
                26,
                1,
                ((P, 3), (H, 1)),
            ),
            Said(
                "Els Jansen",
                "> de fout is van *niemand*\n\nDat schrijf ik op. Ik probeer het maandag.",
                30,
                2,
                ((T, 1),),
            ),
            Said("Tom Hendriks", "Vertel je hoe het ging?", 50),
        ],
        read={"Els Jansen": 3, "Sanne Bakker": 4},
    ),
    Talk(
        texts.REKENEN.name,
        TopicKind.CONVERSATION,
        "Een kind dat alles uit het hoofd wil doen",
        2,
        [
            Said(
                "Ruben Mulder",
                "Ik heb een kind in de groep dat niets wil opschrijven. De antwoorden kloppen bijna "
                "altijd. Alleen kan ik niet zien hóé. Wat zouden jullie doen?",
            ),
            Said(
                "Sanne Bakker", "Wat gebeurt er als je vraagt om het aan een ander kind uit te leggen?", 9, 1, ((H, 1),)
            ),
            Said("Yasmin Aksoy", "Of laat het tekenen in plaats van schrijven. Bij mij hielp dat.", 4),
        ],
        is_case=True,
        read={"Sanne Bakker": 2},
    ),
    Talk(
        texts.LEZEN.name,
        TopicKind.CONVERSATION,
        "Welk boek ging deze maand van hand tot hand?",
        9,
        [
            Said(
                "Joost van Leeuwen",
                "In groep 4 is het er eentje over een hond die niet wil blaffen. Er is een "
                "wachtlijst, die de kinderen zelf bijhouden.",
            ),
            Said(
                "Wendy Kuipers",
                "Bij ons strips! Eerst vond ik dat jammer. Nu lezen er drie die anders niets pakten.",
                14,
                0,
                ((S, 2),),
            ),
            Said(
                "Hakim Bouali",
                "Zelfde hier. Ik heb een plank *strips en weetjes* gemaakt, naast de deur.",
                20,
                2,
                ((P, 2),),
            ),
            Said(
                "Fatima El Idrissi", "Mag ik de lijst van jullie allemaal? Dan maak ik er één blad van voor ouders.", 30
            ),
        ],
        read={"Sanne Bakker": 4},
    ),
    Talk(
        texts.SPELEND.name,
        TopicKind.IDEA,
        "De huishoek wordt een dierenarts",
        5,
        [
            Said(
                "Sofie Claes",
                "Na de winkel willen de kinderen een **dierenarts**. Wie heeft er nog verband, "
                "een weegschaal of een oude telefoon?",
            ),
            Said(
                "Mieke Schouten",
                "Ik heb een weegschaal. En een afsprakenboek: dan schrijven ze vanzelf.",
                6,
                1,
                ((H, 2),),
            ),
        ],
        read={"Sanne Bakker": 1},
    ),
    Talk(
        texts.ONDERZOEKEND.name,
        TopicKind.QUESTION,
        "Hoe lang wacht jij voordat je helpt?",
        8,
        [
            Said("Tom Aarts", "Bij drijven en zinken hielp ik te snel. Heeft iemand een afspraak met zichzelf?"),
            Said("Bas Terpstra", "Ik tel tot tien. En ik vraag eerst: *wat heb je al geprobeerd?*", 8, 1, ((P, 4),)),
            Said(
                "Lotte Meijer",
                "Ik geef ze drie kaartjes per groep. Kaartje weg is één vraag aan mij.",
                28,
                1,
                ((P, 2), (H, 1)),
            ),
        ],
        helped=2,
        read={"Els Jansen": 3},
    ),
]
#: Of a PLG to its network, without names: title, text, answers (who, text).
ASKED = (
    texts.LEZEN.name,
    "Wie laat kinderen elkaar voorlezen?",
    "Onze groepen 7 willen voorlezen aan de kleuters. **Hoe begin je daarmee**, en hoe vaak doe je het?",
    [("Petra Lindeman", "Bij ons elke vrijdag, een kwartier. De grote kinderen oefenen het boek eerst op donderdag.")],
)


def fill(builder):
    """Write every topic with its posts, reactions and how far people have read."""
    for talk in TALKS:
        _topic(builder, talk)
    _question(builder)


def _topic(builder, talk):
    community = builder.communities[talk.plg]
    begun = builder.moment - timedelta(days=talk.days)
    topic = Topic.objects.create(
        community=community,
        kind=talk.kind,
        title=talk.title,
        is_case=talk.is_case,
        author=builder.people[talk.said[0].who],
        at=begun,
        pinned_at=begun if talk.pinned else None,
        closed_at=begun if talk.closed else None,
    )
    posts = _posts(builder, topic, talk.said)
    if talk.helped:
        topic.accepted = posts[talk.helped - 1]
        topic.save(update_fields=["accepted"])
    _reactions(builder, talk, posts)
    read = dict.fromkeys((post.author for post in posts), 0) | {
        builder.people[name]: number for name, number in talk.read.items()
    }
    own = {post.author: post.number for post in posts}
    ReadState.objects.bulk_create(
        ReadState(
            topic=topic,
            person=person,
            last_read=number or own[person],
            last_told=number or own[person],
            level=Level.FOLLOW if person in own else Level.NORMAL,
            why=(Why.AUTHOR if person == topic.author else Why.REPLIED) if person in own else Why.DEFAULT,
        )
        for person, number in read.items()
    )


def _posts(builder, topic, said, *, nameless=False):
    moment, posts = topic.at, []
    for number, each in enumerate(said, start=1):
        if number > 1:
            moment = min(
                moment + timedelta(hours=each.hours), builder.moment - timedelta(minutes=len(said) - number + 1)
            )
        posts.append(
            Post(
                topic=topic,
                number=number,
                author=builder.people[each.who],
                is_nameless=nameless and number == 1,
                text=each.text,
                html=writing.html_of(each.text),
                at=_awake(moment),
            )
        )
    Post.objects.bulk_create(posts)
    for post, each in zip(posts, said, strict=True):
        post.parent = posts[each.to - 1] if each.to else None
    Post.objects.bulk_update(posts, ["parent"])
    topic.post_count, topic.last_post_at = len(posts), posts[-1].at
    topic.save(update_fields=["post_count", "last_post_at"])
    return posts


def _awake(moment):
    """That moment, or the evening before it or the morning after, when people write."""
    local = moment.astimezone(ZoneInfo(AMSTERDAM))
    if local.hour >= 22:
        return local.replace(hour=20)
    return local.replace(hour=8) if local.hour < 7 else local


def _reactions(builder, talk, posts):
    rows = []
    for post, each in zip(posts, talk.said, strict=True):
        others = [person for person in builder.members[talk.plg] if person != post.author]
        for kind, count in each.given:
            rows += [Reaction(post=post, person=person, kind=kind) for person in others[:count]]
    Reaction.objects.bulk_create(rows)


def _question(builder):
    plg, title, text, answers = ASKED
    community = builder.communities[plg]
    asker = community.created_by
    topic = Topic.objects.create(
        community=community,
        kind=TopicKind.QUESTION,
        audience=Audience.NETWORK,
        network=builder.places.network,
        title=title,
        author=asker,
        at=builder.moment - timedelta(days=4),
    )
    said = [Said(asker.name, text), *(Said(who, answer, 30, 1) for who, answer in answers)]
    _posts(builder, topic, said, nameless=True)
