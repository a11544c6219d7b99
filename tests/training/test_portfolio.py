"""What a learner shows, and links by which somebody outside reads it, until they end or are called back."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from PIL import Image

from core.time import today
from tests.training import world
from training.actions import portfolio as deeds
from training.models import Assessment, Feedback, Outcome, PortfolioItem, PortfolioLink, Submission, SubmissionVersion


@pytest.fixture
def enrolment(cast):
    return world.learner(cast, world.group(cast, world.programme()))


@pytest.fixture
def item(enrolment):
    """An assignment of hers with feedback on it, that shows the first outcome."""
    work = enrolment.version.modules.first().assignments.get()
    handed = Submission.objects.create(enrolment=enrolment, assignment=work, state="approved")
    version = SubmissionVersion.objects.create(
        submission=handed, number=1, text="Sem telt.", html="<p>Sem telt.</p>", submitted_at=now()
    )
    Feedback.objects.create(version=version, feedback="Mooi gezien, zegt de coach.", verdict="sufficient")
    row = PortfolioItem.objects.create(
        enrolment=enrolment, title="Kijkkader", text="Zo deed ik het.", submission=handed
    )
    row.outcomes.set(Outcome.objects.filter(version=enrolment.version_id)[:1])
    return row


def photo():
    picture = BytesIO()
    Image.new("RGB", (8, 8), "green").save(picture, "JPEG")
    return picture.getvalue()


def address(name, *args):
    return reverse(f"training:{name}", args=args)


def shared(enrolment, days=9):
    return deeds.share(enrolment, by=enrolment.person, said="Sollicitatie", expires_on=today() + timedelta(days=days))


def test_something_is_added_with_a_file_and_taken_out(cast, enrolment, signed_in, commits):
    browser = signed_in(cast.fatima)
    outcome = Outcome.objects.filter(version=enrolment.version_id).first()
    data = {"title": "Een verslag", "outcomes": [outcome.pk], "file": SimpleUploadedFile("werk.jpg", photo())}
    answer = browser.post(address("add_item", enrolment.pk), data)
    assert answer.status_code == 302
    row = PortfolioItem.objects.get()
    file = browser.get(address("item_file", row.pk))
    assert b"".join(file.streaming_content).startswith(photo()[:4])
    assert "Een verslag" in browser.get(address("portfolio", enrolment.pk)).content.decode()
    storage, name = row.file.storage, row.file.name
    with commits:
        assert browser.post(address("remove_item", row.pk)).status_code == 302
    assert not storage.exists(name)
    assert not PortfolioItem.objects.exists()


def test_an_item_of_nothing_comes_back_with_what_was_typed(cast, enrolment, signed_in):
    answer = signed_in(cast.fatima).post(address("add_item", enrolment.pk), {"title": "Half af", "outcomes": ""})
    assert answer.status_code == 422
    assert "Half af" in answer.content.decode()
    outcome = Outcome.objects.filter(version=enrolment.version_id).first()
    answer = signed_in(cast.fatima).post(address("add_item", enrolment.pk), {"title": "Leeg", "outcomes": [outcome.pk]})
    assert answer.status_code == 422


def test_work_of_another_learner_cannot_be_pointed_at(cast, enrolment, item, signed_in):
    other = world.learner(cast, enrolment.group, cast.amina)
    outcome = Outcome.objects.filter(version=enrolment.version_id).first()
    data = {"title": "Van haar", "work": f"submission-{item.submission_id}", "outcomes": [outcome.pk]}
    assert signed_in(cast.amina).post(address("add_item", other.pk), data).status_code in (302, 422)
    assert not PortfolioItem.objects.filter(enrolment=other, submission=item.submission_id).exists()


def test_a_link_shows_her_own_work_and_nothing_of_others(cast, enrolment, item, signed_in):
    Assessment.objects.create(enrolment=enrolment, assessor=cast.dele, state="given", says="Nog niet genoeg.")
    _link, key = shared(enrolment)
    page = signed_in().get(address("shared_portfolio", key))
    said = page.content.decode()
    assert page.status_code == 200
    assert "Fatima Aydin" in said
    assert "Sem telt." in said
    assert "Mooi gezien" not in said
    assert "Nog niet genoeg" not in said
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert key not in str(PortfolioLink.objects.values())


def test_a_link_ends_is_called_back_and_dies_with_the_account(cast, enrolment, item, signed_in):
    link, key = shared(enrolment)
    url = address("shared_portfolio", key)
    PortfolioLink.objects.update(expires_on=today() - timedelta(days=1))
    assert signed_in().get(url).status_code == 410
    PortfolioLink.objects.update(expires_on=today() + timedelta(days=1))
    assert signed_in().get(url).status_code == 200
    signed_in(cast.fatima).post(address("revoke_portfolio_link", link.pk))
    assert signed_in().get(url).status_code == 410
    _link, key = shared(enrolment)
    cast.fatima.is_active = False
    cast.fatima.save()
    assert signed_in().get(address("shared_portfolio", key)).status_code == 410
    assert signed_in().get(address("shared_portfolio", "x" * 43)).status_code == 410


def test_a_link_lasts_half_a_year_at_most(cast, enrolment, item, signed_in):
    browser = signed_in(cast.fatima)
    far = (today() + timedelta(days=400)).isoformat()
    answer = browser.post(address("portfolio_links", enrolment.pk), {"said": "Voor later", "expires_on": far})
    assert answer.status_code == 422
    assert "Voor later" in answer.content.decode()


def test_the_key_is_shown_once(cast, enrolment, item, signed_in):
    browser, url = signed_in(cast.fatima), address("portfolio_links", enrolment.pk)
    soon = (today() + timedelta(days=4)).isoformat()
    assert "/training/portfolio/" in browser.post(url, {"expires_on": soon}).content.decode()
    assert "http://" not in browser.get(url).content.decode().split("<main")[1]


def test_the_portfolio_costs_the_same_for_one_item_and_for_three(cast, enrolment, item, signed_in):
    browser = signed_in(cast.fatima)
    _link, key = shared(enrolment)
    urls = (
        address("portfolio", enrolment.pk),
        address("shared_portfolio", key),
        address("portfolio_links", enrolment.pk),
    )

    def counts():
        found = []
        for url in urls:
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(url).status_code == 200
            found.append(len(asked))
        return found

    counts()
    one = counts()
    for n in range(2):
        more = PortfolioItem.objects.create(enrolment=enrolment, title=f"Nog {n}", submission=item.submission)
        more.outcomes.set(Outcome.objects.filter(version=enrolment.version_id))
        shared(enrolment)
    assert counts() == one
