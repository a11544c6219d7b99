"""One's own pages: who I am, when I work, where I am signed in; and whose photo one may see."""

from io import BytesIO

import pytest
from django.contrib.auth import get_user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.registry import rhythms

PROFILE = {"name": "Amina Yildiz", "language": "nl", "theme": "auto", "level": "", "subjects": ""}
RHYTHM = {
    "working_days": [0, 1, 3], "quiet_from": "18:00", "quiet_until": "07:30", "region": "Midden",
    "letter_weekday": 4, "letter_hour": 16, "paused_until": "",
}  # fmt: skip


def picture(width=900, kind="JPEG"):
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of Amina"
    Image.new("RGB", (width, 600), "teal").save(out, kind, exif=exif)
    return SimpleUploadedFile("IMG_1.jpg", out.getvalue())


@pytest.fixture
def amina(cast, signed_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return signed_in(cast.amina)


def save(browser, **more):
    return browser.post(reverse("people:profile"), PROFILE | more)


@pytest.mark.parametrize("page", ["profile", "rhythm", "security", "merge_start", "welcome"])
def test_the_pages_open(amina, page):
    assert amina.get(reverse(f"people:{page}")).status_code == 200


def test_a_name_of_another_script_with_an_emoji_is_a_name(cast, amina):
    save(amina, name="فاطمة الزهراء 🌷")
    cast.amina.refresh_from_db()
    assert cast.amina.name == "فاطمة الزهراء 🌷"


@pytest.mark.parametrize("name", ["x" * 300, "", "🌷", "\u202e\u200f", "1234"])
def test_what_is_no_name_is_refused_and_given_back(cast, amina, name):
    answer = save(amina, name=name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"]
    cast.amina.refresh_from_db()
    assert cast.amina.name == "Amina Yildiz"


def test_marks_that_turn_the_text_and_line_breaks_fall_away(cast, amina):
    save(amina, name="Amina\r\nBcc: iedereen\u202e Yildiz")
    cast.amina.refresh_from_db()
    assert cast.amina.name == "Amina Bcc: iedereen Yildiz"


def test_a_photo_is_made_small_and_says_nothing_of_its_camera(cast, amina):
    save(amina, photo=picture())
    cast.amina.refresh_from_db()
    with cast.amina.photo.open() as file:
        kept = Image.open(file)
        assert max(kept.size) == 400
        assert not kept.getexif()


def test_a_new_photo_replaces_the_old_file(cast, amina, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        save(amina, photo=picture())
    cast.amina.refresh_from_db()
    first = cast.amina.photo.name
    with django_capture_on_commit_callbacks(execute=True):
        save(amina, photo=picture(500))
    cast.amina.refresh_from_db()
    assert cast.amina.photo.name != first
    assert not cast.amina.photo.storage.exists(first)


def test_a_photo_can_be_removed(cast, amina):
    save(amina, photo=picture())
    save(amina, remove_photo="on")
    cast.amina.refresh_from_db()
    assert not cast.amina.photo


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90 a program", b"\xff\xd8\xff\xe0 not really", b"<svg onload=alert(1)>"]
)
def test_what_is_no_picture_is_refused_with_a_sentence(cast, amina, content):
    answer = save(amina, photo=SimpleUploadedFile("foto.jpg", content), name="Amina Y.")
    assert answer.status_code == 422
    assert answer.context["form"].errors["photo"]
    assert answer.context["form"]["name"].value() == "Amina Y."


def test_a_photo_of_thirteen_megabytes_is_refused(amina):
    answer = save(amina, photo=SimpleUploadedFile("groot.jpg", b"\xff\xd8\xff" + b"0" * 13 * 1024 * 1024))
    assert answer.context["form"].errors["photo"]


@pytest.mark.parametrize(("who", "answer"), [("amina", 200), ("tom", 200), ("ben", 200), ("dele", 404)])
def test_whom_one_works_with_may_see_the_photo(cast, amina, signed_in, who, answer):
    save(amina, photo=picture())
    page = signed_in(getattr(cast, who)).get(reverse("people:photo", args=[cast.amina.pk]))
    page.close()
    assert page.status_code == answer


def test_a_visitor_sees_no_photo(cast, amina, client):
    save(amina, photo=picture())
    assert client.get(reverse("people:photo", args=[cast.amina.pk])).status_code == 302


def test_colours_cannot_be_made_up(amina):
    assert save(amina, theme="</style>").status_code == 422


def test_working_days_become_days_off_and_planners_look_again(cast, amina):
    told = []
    rhythms["test"] = told.append
    try:
        assert amina.post(reverse("people:rhythm"), RHYTHM).status_code == 302
    finally:
        del rhythms["test"]
    cast.amina.refresh_from_db()
    assert cast.amina.days_off == [2, 4]
    assert told == [cast.amina]


@pytest.mark.parametrize("wrong", [{"working_days": []}, {"working_days": [9]}, {"letter_hour": 24}, {"paused_until": "2099-01-01"}, {"quiet_from": "25:00"}])  # fmt: skip # noqa: E501
def test_a_rhythm_that_cannot_be_is_refused(amina, wrong):
    assert amina.post(reverse("people:rhythm"), RHYTHM | wrong).status_code == 422


def test_signing_out_everywhere_leaves_only_this_device(cast, amina, signed_in):
    phone = signed_in(cast.amina)
    amina.post(reverse("people:sign_out_everywhere"))
    assert get_user(amina) == cast.amina
    assert not get_user(phone).is_authenticated


def test_a_get_signs_nobody_out(cast, amina, signed_in):
    phone = signed_in(cast.amina)
    assert amina.get(reverse("people:sign_out_everywhere")).status_code == 405
    assert get_user(phone).is_authenticated


# The first time ----------------------------------------------------------------------------------
def test_three_questions_and_then_home(cast, amina):
    cast.amina.welcomed_at = None
    cast.amina.save()
    page = reverse("people:welcome")
    answer = amina.post(page, {"level": "groep 5", "subjects": "rekenen"})
    assert answer.url == f"{page}?step=2"
    answer = amina.post(answer.url, {"skip": "1"})
    assert answer.url == f"{page}?step=3"
    assert amina.post(answer.url, {"working_days": []}).status_code == 422
    assert amina.post(answer.url, {"working_days": [0, 1, 2]}).url == "/"
    cast.amina.refresh_from_db()
    assert (cast.amina.level, cast.amina.days_off) == ("groep 5", [3, 4])
    assert cast.amina.welcomed_at


def test_all_three_may_be_skipped_at_once(cast, amina):
    cast.amina.welcomed_at = None
    cast.amina.save()
    assert amina.post(reverse("people:skip_welcome")).url == "/"
    cast.amina.refresh_from_db()
    assert cast.amina.welcomed_at
    assert cast.amina.days_off == []
