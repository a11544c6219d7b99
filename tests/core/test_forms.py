"""Forms are drawn by crispy with our own parts."""

from django import forms
from django.template import engines


class Wish(forms.Form):
    name = forms.CharField(help_text="As others will read it.")
    note = forms.CharField(required=False, widget=forms.Textarea)
    key = forms.CharField(widget=forms.HiddenInput, initial="x")


def drawn(form):
    return engines["django"].from_string('{% include "ui/fields.html" %}').render({"form": form})


def test_every_field_has_its_label_hint_and_error_within_reach_of_a_screen_reader():
    form = Wish({"name": "", "key": "x"})
    form.add_error(None, "These two do not go together.")
    html = drawn(form)
    assert html.count("These two do not go together.") == html.count('role="alert"') == 1
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert html.count('type="hidden"') == 1
    assert html.count("<label") == 2
    assert "<form" not in html and "csrfmiddlewaretoken" not in html
