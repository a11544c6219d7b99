"""The programmes that come with the platform: what they say, and how they get into the database."""

import re
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from training import content
from training.choices import PageKind, QuestionKind
from training.content import reading
from training.models import Assignment, Module, Outcome, Page, Programme, ProgrammeVersion, Question
from training.writing import html_of

HOURS = {
    "Leren in een PLG": 4,
    "De cyclus en het samen ontwerpen": 8,
    "Kijken naar leerlingen": 6,
    "De nabespreking leiden": 6,
    "Het gesprek en de werkvormen": 8,
    "Video en de AVG": 4,
    "Onderzoeksmatig werken": 4,
    "Veiligheid en wat er in een groep gebeurt": 4,
    "Coachende gesprekken": 4,
    "Veranderen in een school": 4,
    "Borgen met je schoolleider": 4,
    "Practicum: een hele cyclus": 12,
}
COURSES = {"een-bijeenkomst-die-klopt": 3, "kijken-zonder-oordeel": 2}
ENGLISH = re.compile(r"\b(the|and|you|your|with|this|that|which|from|assignment|teacher|pupils?)\b", re.IGNORECASE)
FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def facilitator():
    return content.programme(reading.FOLDER / "facilitator")


@pytest.fixture(scope="module")
def everything():
    return content.programmes()


def every_text(programme):
    """(where it stands, text) of all that a learner reads."""
    yield programme.key, f"{programme.title}\n{programme.summary}\n{programme.text}"
    for code, text in programme.outcomes:
        yield f"{programme.key} {code}", text
    for module in programme.modules:
        yield module.title, module.summary
        for page in module.pages:
            yield f"{module.title}: {page.title}", page.text
            for question in page.questions:
                said = [text for option in question.options for text in (option.text, option.says)]
                yield f"{module.title}: {question.text}", "\n".join([question.text, *said, question.says])
        for work in module.assignments:
            yield f"{module.title}: {work.title}", "\n".join([work.text, *(" ".join(line) for line in work.rubric)])


# What they say -----------------------------------------------------------------------------------------


def test_the_facilitator_programme_is_68_hours_in_twelve_modules(facilitator):
    assert {module.title: module.minutes / 60 for module in facilitator.modules} == HOURS
    assert facilitator.hours == sum(HOURS.values()) == 68
    assert facilitator.facilitations == 2
    assert facilitator.needs_practice_plg
    assert facilitator.needs_consent


def test_each_module_has_pages_a_self_test_a_talk_and_where_it_fits_an_assignment(facilitator):
    for module in facilitator.modules:
        kinds = [page.kind for page in module.pages]
        assert 3 <= kinds.count(PageKind.TEXT) <= 6, module.title
        assert kinds.count(PageKind.TEST) == 1, module.title
        assert kinds.count(PageKind.TALK) == 1, module.title
        assert module.assignments, module.title
        test = next(page for page in module.pages if page.kind == PageKind.TEST)
        assert 4 <= len(test.questions) <= 8, module.title


def test_a_page_is_neither_a_note_nor_a_chapter(everything):
    for programme in everything:
        for module in programme.modules:
            for page in module.pages:
                if page.kind == PageKind.TEXT:
                    assert 300 <= len(page.text.split()) <= 700, f"{module.title}: {page.title}"


def test_short_courses_ask_nothing_of_anybody(everything):
    courses = {programme.key: programme for programme in everything if programme.form == "course"}
    assert {key: course.hours for key, course in courses.items()} == COURSES
    for course in courses.values():
        pages = [page.kind for module in course.modules for page in module.pages]
        assert 4 <= pages.count(PageKind.TEXT) <= 6
        assert pages.count(PageKind.TEST) == 1
        assert not course.needs_consent
        assert not course.needs_practice_plg
        assert not any(module.assignments for module in course.modules), "nobody would read what is handed in"


def test_every_question_has_a_right_answer_and_says_why_to_each(everything):
    for programme in everything:
        for question in (each for module in programme.modules for page in module.pages for each in page.questions):
            right = [option for option in question.options if option.right]
            assert all(option.says for option in question.options), question.text
            assert len(question.options) >= 3, question.text
            assert len({option.text for option in question.options}) == len(question.options), question.text
            if question.kind == QuestionKind.ONE:
                assert len(right) == 1, question.text
            elif question.kind == QuestionKind.MANY:
                assert 2 <= len(right) <= len(question.options), question.text
            else:
                assert question.kind == QuestionKind.ORDER, question.text
                assert len(right) == len(question.options), question.text


def test_the_right_answer_has_no_favourite_place(everything):
    places = [
        [option.right for option in question.options].index(True)
        for programme in everything
        for module in programme.modules
        for page in module.pages
        for question in page.questions
        if question.kind == QuestionKind.ONE
    ]
    assert max(places.count(place) for place in set(places)) <= len(places) / 2


def test_each_learning_outcome_is_learned_in_a_module_and_shown_in_an_assignment(facilitator):
    codes = {code for code, _ in facilitator.outcomes}
    assert 12 <= len(codes) <= 14
    for module in facilitator.modules:
        assert module.outcomes, module.title
    taught = {code for module in facilitator.modules[:-1] for code in module.outcomes}
    shown = {code for module in facilitator.modules for work in module.assignments for code in work.outcomes}
    assert taught == codes
    assert shown == codes


def test_each_assignment_says_when_it_is_sufficient(facilitator):
    for module in facilitator.modules:
        for work in module.assignments:
            assert len(work.rubric) >= 3, work.title
            assert all(name and sufficient.endswith(".") for name, sufficient in work.rubric), work.title
            assert work.outcomes, work.title


def test_we_speak_dutch_and_say_je(everything):
    for programme in everything:
        assert programme.title_en
        assert programme.summary_en
        for where, text in every_text(programme):
            for pattern in (ENGLISH, FORMAL):
                assert not pattern.search(text), (where, pattern.search(text))
            assert '"' not in text, where
            assert "’s " not in text, f"{where}: the apostrophe is straight"


def test_sentences_are_short(everything):
    long = []
    for programme in everything:
        for where, text in every_text(programme):
            for sentence in re.split(r"[.?!:;]['’*)]*\s|\n", text):
                words = sentence.split()
                if len(words) > 28:
                    long.append((where, sentence))
    assert not long, long


# How they get there ------------------------------------------------------------------------------------


def rows():
    models = (Programme, ProgrammeVersion, Outcome, Module, Page, Question, Assignment)
    return {model.__name__: model.objects.count() for model in models}


@pytest.fixture
def loaded(db):
    content.load()
    return Programme.objects


def test_the_command_brings_all_in_and_the_second_time_changes_nothing(as_application, capsys):
    call_command("load_programmes")
    before = rows()
    call_command("load_programmes")
    assert rows() == before
    assert "Nothing changed." in capsys.readouterr().out
    version = Programme.objects.get(key="facilitator").current
    assert version.published_at
    assert version.modules.count() == 12
    assert sum(version.modules.values_list("minutes", flat=True)) == version.hours * 60
    for module in version.modules.all():
        parts = [*module.pages.values_list("minutes", flat=True), *module.assignments.values_list("minutes", flat=True)]
        assert sum(parts) == module.minutes


def test_what_is_read_is_drawn_without_a_heading_above_its_page(loaded):
    page = Page.objects.filter(kind=PageKind.TEXT).first()
    assert "<h2>" in page.html
    assert "<h1>" not in page.html
    assert "<strong>" in Page.objects.filter(text__contains="**").first().html


def test_a_changed_text_is_a_new_version_and_leaves_the_old_one_to_who_learns_by_it(loaded, facilitator):
    old = loaded.get(key="facilitator").current
    ProgrammeVersion.objects.filter(pk=old.pk).update(frozen_at=now())
    words = list(Page.objects.filter(module__version=old).order_by("pk").values_list("pk", "title", "html"))
    changed = replace(facilitator, summary="Anders gezegd.")

    [new] = content.load([changed])

    assert new.number == old.number + 1
    assert loaded.get(key="facilitator").current == new
    assert list(Page.objects.filter(module__version=old).order_by("pk").values_list("pk", "title", "html")) == words
    assert content.load([changed]) == []


def test_what_somebody_here_made_of_it_is_not_pushed_aside(loaded, facilitator):
    programme = loaded.get(key="facilitator")
    hers = ProgrammeVersion.objects.create(
        programme=programme, number=2, title="Zoals wij het doen", published_at=now()
    )
    Programme.objects.filter(pk=programme.pk).update(current=hers)

    [new] = content.load([replace(facilitator, summary="Anders gezegd.")])

    programme.refresh_from_db()
    assert programme.current == hers
    assert new.number == 3
    assert new.published_at is None


# What a trainer writes wrongly ---------------------------------------------------------------------------

HEAD = """+++
vorm = "course"
titel = "Proef"
titel_en = "Trial"
kort = "Kort."
kort_en = "Short."
uren = 1
+++
Tekst.

## Leeruitkomsten

- **P1** Je kunt iets.
"""
MODULE = """+++
titel = "Een"
kort = "Kort."
minuten = 60
leeruitkomsten = ["P1"]
+++

## Lees dit (tekst, 50 min)

Tekst.

## Toets (zelftoets, 10 min)

### Wat is het?
- [x] Dit
  > Ja.
- [ ] Dat
  > Nee.
"""


@pytest.fixture
def write(tmp_path):
    folder = tmp_path / "proef"
    folder.mkdir()

    def programme(module=MODULE, head=HEAD):
        (folder / "programme.md").write_text(head, "utf8")
        (folder / "01-een.md").write_text(module, "utf8")
        return content.programme(folder)

    return programme


def test_a_trainer_writes_a_course_in_two_files(write):
    course = write()
    [module] = course.modules
    assert [page.kind for page in module.pages] == [PageKind.TEXT, PageKind.TEST]
    assert module.pages[1].questions[0].options[0].says == "Ja."


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("minuten = 60", "minuten = 70", "70 min above, 60 min together"),
        ("[x] Dit", "[ ] Dit", "no answer is marked as right"),
        ("(tekst, 50 min)", "(verhaal, 50 min)", "does not end with"),
        ('["P1"]', '["P1", "P9"]', "P9 is no learning outcome"),
        ("  > Ja.", "Ja.", "is this an answer"),
        ("+++\ntitel", "titel", "begin with"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_in_words(write, right, wrong, said):
    assert right in MODULE
    with pytest.raises(content.Spoilt, match=said):
        write(MODULE.replace(right, wrong, 1))


def test_nothing_of_ones_own_gets_into_a_page():
    html = html_of("# Kop\n\n<script>x</script> [klik](javascript:x) ![plaat](http://elders/x.png)\n\n### Onder")
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html.replace("(javascript:x)", "")
    assert "<h2>Kop</h2>" in html
    assert "<h3>Onder</h3>" in html
