"""A refusal is a sentence, and nothing typed is lost."""

from django import forms
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpResponse

from core.refusals import Refused, RefusedMiddleware, attempt, way_back


class Note(forms.Form):
    text = forms.CharField()


def refuse(field=None):
    raise Refused("Dat kan nu niet.", field=field)


def test_a_refused_form_keeps_its_text_and_says_why():
    form = Note({"text": "een heel verhaal"})
    assert form.is_valid()
    assert attempt(form, refuse) is False
    assert form.non_field_errors() == ["Dat kan nu niet."]
    assert "een heel verhaal" in str(form["text"])


def test_a_refusal_can_point_at_its_field():
    form = Note({"text": "x"})
    form.is_valid()
    attempt(form, refuse, "text")
    assert form.errors == {"text": ["Dat kan nu niet."]}


def test_what_a_deed_returns_is_handed_on():
    form = Note({"text": "x"})
    form.is_valid()
    assert attempt(form, lambda: 7) == 7
    assert attempt(form, lambda: None) is True


class Kept(BaseStorage):
    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, *args, **kwargs):
        return messages


def answer(rf, **headers):
    request = rf.post("/communities/3/join/", headers=headers)
    request._messages = Kept(request)
    return RefusedMiddleware(lambda r: HttpResponse()).process_exception(request, Refused("Vol.")), request


def test_a_refusal_that_no_form_caught_leads_back_with_its_sentence(rf):
    response, request = answer(rf, Referer="http://testserver/communities/3/?tab=1")
    assert (response.status_code, response.url) == (302, "/communities/3/?tab=1")
    assert [m.message for m in request._messages._queued_messages] == ["Vol."]


def test_htmx_is_led_back_as_well(rf):
    response, _ = answer(rf, **{"HX-Request": "true", "Referer": "http://testserver/communities/3/"})
    assert response["HX-Redirect"] == "/communities/3/"


def test_what_a_page_asks_by_itself_is_refused_quietly_so_that_what_is_being_typed_stays(rf):
    request = rf.get("/communities/3/", headers={"HX-Request": "true", "X-Asked-By-Itself": "true"})
    request._messages = Kept(request)
    response = RefusedMiddleware(None).process_exception(request, Refused("Vol."))
    assert (response.status_code, response.headers.get("HX-Redirect")) == (204, None)
    assert not request._messages._queued_messages, "nobody asked, so no later page tells it either"


def test_what_she_taps_leads_home_with_its_sentence(rf):
    request = rf.get("/communities/3/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    request._messages = Kept(request)
    response = RefusedMiddleware(None).process_exception(request, Refused("Vol."))
    assert response["HX-Redirect"] == "/"
    assert [m.message for m in request._messages._queued_messages] == ["Vol."]


def test_a_deed_never_counts_as_asked_by_itself(rf):
    response, _ = answer(rf, **{"HX-Request": "true", "X-Asked-By-Itself": "true"})
    assert response["HX-Redirect"] == "/"


def test_the_way_back_never_leads_to_another_site(rf):
    assert way_back(rf.post("/x/", headers={"Referer": "https://kwaad.example/"})) == "/"
    assert way_back(rf.post("/x/", headers={"Referer": "http://testserver//kwaad.example"})) == "/kwaad.example"


def test_other_errors_are_left_alone(rf):
    assert RefusedMiddleware(None).process_exception(rf.get("/"), ValueError()) is None
