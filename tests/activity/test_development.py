"""In development letters lie in a mailbox, and every kind can be looked at."""

from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse

from activity import sending
from activity.kinds import kinds


@pytest.fixture
def newcomer(client, settings):
    settings.ROOT_URLCONF = "tests.activity.urls_in_development"
    settings.MAILERS = {"default": {"BACKEND": "activity.mailbox.EmailBackend"}}
    for path in Path(settings.MAILBOX).glob("*.eml"):
        path.unlink()
    return client


def test_a_letter_is_found_and_read_in_the_mailbox(newcomer, record_news, cast):
    assert 'class="empty"' in newcomer.get("/mailbox/").content.decode()
    record_news(cast.amina)
    sending.send_due()
    page = newcomer.get("/mailbox/")
    (letter,) = page.context["letters"]
    assert "Nieuws uit PLG Rekenen" in page.content.decode()
    assert "Er gebeurde iets" in newcomer.get(f"/mailbox/{letter.name}").content.decode()


def test_the_letter_in_its_frame_runs_nothing_and_leads_out_of_it(newcomer, record_news, cast):
    record_news(cast.amina)
    sending.send_due()
    (letter,) = newcomer.get("/mailbox/").context["letters"]
    frame = newcomer.get(f"/mailbox/{letter.name}?part=html")
    assert '<base target="_top">' in frame.content.decode()
    assert "default-src 'none'" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("name", ["..%2Fsettings.py", "1.txt", "999.eml", ".1.eml"])
def test_nothing_but_letters_is_read(newcomer, name):
    assert newcomer.get(f"/mailbox/{name}").status_code == 404


def test_letters_to_one_reader(newcomer, record_news, cast):
    record_news(cast.amina, cast.tom)
    sending.send_due()
    assert len(newcomer.get(f"/mailbox/?to={cast.tom.email}").context["letters"]) == 1


def test_every_kind_has_its_place_among_the_previews(newcomer, record_news, cast):
    record_news(cast.amina)
    page = newcomer.get("/previews/").content.decode()
    assert all(name in page for name in kinds)


@pytest.mark.parametrize(("language", "words"), [("nl", 'lang="nl"'), ("en", "Hello")])
def test_a_letter_is_shown_in_both_languages(newcomer, record_news, cast, language, words):
    record_news(cast.amina)
    letter = newcomer.get(f"/previews/tests.happened/html?language={language}").content.decode()
    assert words in letter
    text = newcomer.get(f"/previews/tests.happened/text?language={language}")
    assert text["Content-Type"].startswith("text/plain")


def test_in_production_there_are_no_such_pages():
    with pytest.raises(NoReverseMatch):
        reverse("mailbox")
