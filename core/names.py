"""Words of a text that are likely the name of a pupil: a hint beside the field, never a refusal.

    likely_names("Toen begreep Fatima de getallenlijn.")  →  ["Fatima"]

A form that takes free text is `NamesAreSeen` (`core.forms`): with JavaScript a sentence stands beneath its fields a
moment after somebody stopped typing, and without it `remark` says the same once the text was saved. Nothing that was
looked at is kept or logged.

First names come from the lists of Faker (MIT): Dutch, Flemish and Turkish. What stands in no list is taken for a name
only where somebody speaks or does something; a colleague, a school or a method is no pupil (`acquainted`).
"""

import re
from functools import cache

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from core.dutch import STOP
from core.dutch.forms import lemma
from core.limits import is_too_often
from core.registry import Registry
from core.text import sort_key

#: Words that are no pupil's name to this reader: name -> function(user) -> names of people, schools, PLGs.
acquainted = Registry("names that are no pupil's")

MOST, LONGEST, NEAR = 6, 20_000, 20
WORD = re.compile(r"(?<![\w@#/])[^\W\d_](?:[\w'’-]*\w)?")
#: Addresses, mentions and what is code are no sentences.
NO_WORDS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|@[^\W\d_]\w*(?: [A-Z]\w*)*|`[^`]*`")
BEGINS = re.compile(r"(?:^|[.!?:…;]|\n)[\s>*_#\"'“”‘’(•–-]*(?:\d+[.)]\s*)?$")

#: After these comes a grown-up.
_GROWN_UP = """
    juf juffrouw meester meneer mevrouw mevr dhr mw collega collega's directeur intern begeleider dr prof professor
    onderzoeker auteur schrijver schrijfster expert spreker methode school basisschool app programma website boek"""
#: After these comes a child.
_CHILD = "leerling leerlinge kind jongen jongetje meisje meid kleuter zoon dochter broertje zusje"
#: What pupils do in a lesson; before it stands who.
_DEEDS = """
    zei zegt vroeg vraagt dacht denkt begreep begrijpt snapte snapt keek kijkt telde telt rekende rekent antwoordde
    antwoordt lachte huilde huilt fluisterde riep roept stak wees wijst tekende tekent twijfelde twijfelt fronste raakte
    haakte zuchtte legde schoof stond zat liep vertelde vertelt pakte speelt speelde las knikte durfde durft"""
#: First names that are ordinary words as well: at the beginning of a sentence they are those.
_ALSO_WORDS = """
    an beer ben bergen beste bo constant do door el elke els erna gust jet job joke ken kick kim kris lente leen lies
    lieve linde lot luna madelief mare mark mees mei merel nas nova pol puck puk roos rune sterre storm toon ton ward
    wil will sky summer faith hope joy max vos rob guy"""
#: Methods, tests, places and writers that come by in staff rooms.
_NO_PUPIL = """
    amerika amsterdam cito dudley gynzy hattie kahoot kanjer lesson leuvense marzano montessori dalton jenaplan freinet
    google microsoft nederland parro piaget pisa snappet sinterklaas teams vygotsky whatsapp youtube zwijsen
    london paris israel chelsea brooklyn dakota india siena florence kerst rekentuin"""
GROWN_UP, CHILD, DEEDS, ALSO_WORDS, NO_PUPIL = (
    frozenset(words.split()) for words in (_GROWN_UP, _CHILD, _DEEDS, _ALSO_WORDS, _NO_PUPIL)
)


@cache
def _lists():
    """(first names of the Low Countries, those of Turkish families as well), as `sort_key` writes them."""
    from faker.providers.person import nl_BE, nl_NL, tr_TR  # when first asked: it takes a tenth of a second

    low = {*nl_NL.Provider.first_names, *nl_BE.Provider.first_names}
    every = low | set(tr_TR.Provider.first_names)
    return frozenset(map(sort_key, low)), frozenset(map(sort_key, every))


def likely_names(text, known=()):
    """The words of this text that are likely a pupil's name, each once, as they stand there; `known` are none."""
    spoken = NO_WORDS.sub(lambda found: " " * len(found[0]), text[:LONGEST])
    words = [(found[0], found.start()) for found in WORD.finditer(spoken)]
    known = {sort_key(part) for name in known for part in re.split(r"[\s'’-]+", str(name))} | NO_PUPIL
    found = {}
    for n, (word, at) in enumerate(words):
        before, after = words[n - 1][0] if n else "", words[n + 1][0] if n + 1 < len(words) else ""
        bare = _bare(word)
        key = sort_key(bare)
        if key in known or key in found or sort_key(before) in GROWN_UP or len(key) < 2 or key in STOP:
            continue
        if _is_name(bare, key, sort_key(before), sort_key(after), begins=_begins(spoken, at)):
            found[key] = bare
    return list(found.values())[:MOST]


def _begins(text, at):
    """Whether a sentence, or a line of a list, begins here."""
    return bool(BEGINS.search(text[:at] if at < NEAR else f"x{text[at - NEAR : at]}"))


def _bare(word):
    """Without the s of who owns something: Emma's, Daans."""
    for ending in ("'s", "’s", "s", "'", "’"):
        if word.endswith(ending) and sort_key(word) not in _lists()[1]:
            stem = word.removesuffix(ending)
            if ending[0] in "'’" or sort_key(stem) in _lists()[0]:
                return stem
    return word


def _is_name(word, key, before, after, *, begins):
    low, every = _lists()
    is_word = lemma(word.lower()) is not None
    if not word[0].isupper():
        return len(key) > 3 and key in low and not is_word and key not in ALSO_WORDS
    if word.isupper() and len(word) > 1:  # an abbreviation
        return False
    if key in low or (key in every and not is_word):
        return not (begins and key in ALSO_WORDS) or after in DEEDS
    return not is_word and (before in CHILD or after in DEEDS)


def seen_by(user, text):
    """The same for a reader: who she knows as a colleague, and her schools, are no pupils."""
    if not likely_names(text):
        return []
    return likely_names(text, [name for names in acquainted.values() for name in names(user)])


def sentence(names):
    """What the hint says."""
    return _("Is there a name of a pupil here? %(names)s. Use a code or “a pupil”.") % {"names": ", ".join(names)}


def remark(request, form, url):
    """After the text was saved: the hint, with the way to change it. Not what she read beside the field already.

    `url`: where it is changed, or a function that finds it.
    """
    read = {name for names in request.POST.getlist("names_read") for name in names.split(",")}
    if names := [name for name in seen_by(request.user, form.free_text) if name not in read]:
        where = url() if callable(url) else url
        messages.info(request, format_html('{} <a href="{}">{}</a>', sentence(names), where, _("Change it")))


@require_POST
@sensitive_post_parameters("text")
def likely_names_in(request):
    """For `<name-hint>`: the hint on what is being typed, or nothing. Nothing of it is kept."""
    if is_too_often("names", request.user.pk, most=60):
        return HttpResponse(status=204)
    if names := seen_by(request.user, request.POST.get("text", "")):
        return render(request, "ui/names.html", {"names": names, "said": sentence(names)})
    return HttpResponse(status=204)
