"""Private files go out by ranges, never as something the browser would run."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

from core.files.serving import serve


@pytest.fixture
def film():
    storage = InMemoryStorage()
    storage.save("film.mp4", ContentFile(bytes(range(100))))

    class Film:
        name, size = "film.mp4", 100

        def open(self, mode):
            return storage.open("film.mp4", mode)

    return Film()


def ask(rf, film, span="", media_type="video/mp4"):
    headers = {"Range": span} if span else {}
    return serve(rf.get("/film", headers=headers), film, name="les.mp4", media_type=media_type)


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [("bytes=10-19", 10, 19), ("bytes=90-", 90, 99), ("bytes=-5", 95, 99), ("bytes=50-900", 50, 99)],
)
def test_a_film_can_be_wound_forward(rf, film, span, first, last):
    response = ask(rf, film, span)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert body(response) == bytes(range(first, last + 1))


def test_without_a_range_the_whole_film_comes(rf, film):
    response = ask(rf, film)
    assert response.status_code == 200
    assert body(response) == bytes(range(100))


def test_a_range_beyond_the_end_is_told_so(rf, film):
    assert ask(rf, film, "bytes=200-300").status_code == 416


def test_html_is_a_download_and_never_runs(rf, film):
    response = ask(rf, film, media_type="text/html")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_in_production_the_web_server_hands_over_the_bytes(rf, film, settings):
    settings.X_ACCEL = "/private"
    response = ask(rf, film)
    assert response["X-Accel-Redirect"] == "/private/film.mp4"
    assert response["Content-Type"] == "video/mp4"
    assert not response.content
