"""What we can fill in for somebody who adds something: from its words and files, her PLG and her school."""

import re

from communities.models import Community
from communities.rules import standing
from core.text import sort_key
from knowledgehub import looking, reach
from knowledgehub.choices import Audience, Kind, Vocabulary
from knowledgehub.models import Term

USUAL_LICENCE = "cc-by-sa-40"
#: In Dutch, as titles and file names of Dutch teachers are. The first that fits counts.
KIND_WORDS = (
    (Kind.WEBINAR, "webinar"),
    (Kind.PROTOCOL, "werkvorm protocol gespreksvorm"),
    (Kind.TOOL, "werkblad poster format sjabloon rubric checklist kijkwijzer kaartjes spel instructiekaart"),
    (Kind.RESEARCH, "onderzoek artikel literatuur samenvatting"),
    (Kind.STUDY, "lesson study opbrengst leerden"),
    (Kind.LESSON, "lesplan lesontwerp lesvoorbereiding lessenserie les"),
    (Kind.PRACTICE, "aanpak praktijk ervaring"),
    (Kind.ANSWER, "vraag"),
)
THEME_WORDS = {
    "maths": "rekenen breuken sommen getallen meten wiskunde",
    "reading": "lezen leesles begrijpend boek",
    "language": "taal schrijven spelling woordenschat",
    "early": "kleuters spel peuters",
    "science": "techniek natuur onderzoekend wetenschap",
    "citizenship": "burgerschap democratie",
    "digital": "digitaal programmeren ict ai",
    "formative": "formatief feedback",
    "behaviour": "gedrag welbevinden sociaal",
    "gifted": "hoogbegaafd verrijking",
    "newcomers": "nieuwkomers meertalig nt2",
    "arts": "muziek kunst tekenen",
}
SUBJECT_WORDS = {
    "maths": "rekenen en wiskunde",
    "reading": "nederlands",
    "language": "nederlands",
    "citizenship": "burgerschap",
    "digital": "digitale geletterdheid",
}
GROUPS = re.compile(r"\bgroep(?:en)?\s*([1-8])(?:\s*(/|-|–|en|t/m|tot en met)\s*(?:groep\s*)?([1-8]))?", re.IGNORECASE)
READ_AT_ONCE = 2  # documents whose maker is looked up while she waits


def first_words(user, title, files=()):
    """What a new concept has already: kind, theme, licence, who sees it. `files` are the names of its files."""
    text = " ".join([title, *files])
    community = her_community(user, theme_of(text))
    return {
        "kind": kind_of(text, files),
        "theme": theme_of(text) or (community.theme if community else ""),
        "licence": USUAL_LICENCE,
        **usual_scope(user, community).columns,
    }


def her_community(user, theme=""):
    """The PLG of which this is most likely: one with this theme, else her only one or the one she joined last."""
    rows = Community.objects.filter(pk__in=standing(user).member_of, memberships__person=user)
    rows = list(rows.exclude(state="closed").order_by("-memberships__joined_at", "pk"))
    return next((row for row in rows if row.theme == theme), rows[0] if rows else None)


def usual_scope(user, community):
    """Her PLG, else her school, else only she: it is easier to open a door than to close it."""
    if community:
        return reach.Scope(Audience.PLG, community)
    school = next((scope for scope in reach.scopes_of(user) if scope.audience == Audience.SCHOOL), None)
    return school or reach.NARROWEST


def kind_of(text, files=()):
    """The kind that these words name; of a film alone, a film; "" when they say nothing."""
    words = sort_key(text.replace("_", " ").replace("-", " "))
    for kind, known in KIND_WORDS:
        if any(re.search(rf"\b{word}", words) for word in known.split()):
            return kind
    is_film = files and all(name.lower().endswith((".mp4", ".mov", ".webm", ".m4v")) for name in files)
    return Kind.VIDEO if is_film else ""


def theme_of(text):
    """The theme that these words name, or ""."""
    words = sort_key(text.replace("_", " "))
    return next(
        (theme for theme, known in THEME_WORDS.items() if any(re.search(rf"\b{w}", words) for w in known.split())), ""
    )


def levels_of(text):
    """The terms of the groups that a text names: "groep 5/6", "groep 3 t/m 5"."""
    found = set()
    for first, sign, last in GROUPS.findall(text):
        found |= {int(first)}
        if last:
            between = range(int(first), int(last) + 1) if sign not in ("/", "en") else (int(last),)
            found |= set(between)
    labels = [f"groep {number}" for number in sorted(found)]
    return list(Term.objects.of(Vocabulary.LEVEL).filter(sort_name__in=labels))


def subjects_of(text):
    """The subjects that a text names, by their own names or those of a theme; three at most."""
    words = f"{sort_key(text)} {SUBJECT_WORDS.get(theme_of(text), '')}"
    rows = Term.objects.of(Vocabulary.SUBJECT)
    return [term for term in rows if re.search(rf"\b{re.escape(term.sort_name)}\b", words)][:3]


def terms_of(version, user):
    """Levels and subjects for a concept that has none yet: of its words, else those that its PLG names."""
    community = version.resource.community or her_community(user)
    said = " ".join([version.title, version.summary, *version.files.values_list("name", flat=True)])
    of_plg = f"{community.levels} {community.subjects}" if community else ""
    levels = levels_of(said) or levels_of(of_plg)
    return [*levels, *(subjects_of(said) or subjects_of(of_plg))]


def makers_of(version, people):
    """Which of these people the documents of a version name as their maker."""
    named = {sort_key(name) for name in _names(version)} - {""}
    return [person for person in people if sort_key(person.name) in named]


def _names(version):
    for row in version.files.exclude(media_type__startswith="image")[:READ_AT_ONCE]:
        if row.general in ("pdf", "other"):
            with looking.at_hand(row.file) as (path, _folder):
                yield looking.run("by", path).get("by", "")
