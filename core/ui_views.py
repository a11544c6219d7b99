"""The gallery of parts at /ui/, in development only."""

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render


class Example(forms.Form):
    """One field of each kind, some of them wrong."""

    question = forms.CharField(label="Jullie leervraag", help_text="Eén zin, met een vraagteken.")
    idea = forms.CharField(label="Wat probeer je?", widget=forms.Textarea, required=False)
    mail = forms.EmailField(label="Mailadres")
    school = forms.ChoiceField(label="School", choices=[("", "Kies een school"), ("1", "De Regenboog")])
    held_on = forms.DateField(label="Datum", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    comes = forms.ChoiceField(
        label="Kom je?", choices=[("yes", "Ik kom"), ("online", "Ik doe online mee"), ("no", "Ik kan niet")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    days = forms.MultipleChoiceField(
        label="Werkdagen", choices=[("0", "ma"), ("1", "di"), ("2", "wo")], widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    agree = forms.BooleanField(label="Dit is mijn eigen toestel", required=False)
    picture = forms.FileField(label="Foto van het werk", required=False)


def gallery(request):
    """Every part in all its states; nothing on this page is real."""
    names = [
        "Sanne Bakker",
        "Mark Kok",
        "Yasmina Aydın",
        "Tom Hendriks",
        "Els Visser",
        "Ilse van Dalen",
        "Joost de Wit",
    ]
    people = [_Person(n, name) for n, name in enumerate(names)]
    rhythm = [
        {"day": date(2026, 9, 24), "state": "past", "label": "7 van 8"},
        {"day": date(2026, 10, 15), "state": "past", "label": "7 van 8"},
        {"off": "herfst\u00advakantie"},
        {"day": date(2026, 11, 5), "state": "past", "label": "Verslag", "url": "#"},
        {"day": date(2026, 11, 26), "state": "now", "label": "Volgende"},
        {"day": date(2026, 12, 17), "label": "Nabespreken"},
        {"off": "kerst\u00advakantie"},
        {"day": date(2027, 1, 14), "state": "cancelled", "label": "Gaat niet door"},
        {"day": date(2027, 2, 4), "label": "Tweede les"},
    ]
    context = {
        "people": people,
        "rhythm": rhythm,
        "day": date(2026, 11, 26),
        "form": Example(initial={"comes": "yes"}),
        "wrong": Example({"question": "", "mail": "els@", "comes": ""}, auto_id="wrong_%s"),
        "tabs": [{"url": "#", "label": label, "current": not n} for n, label in enumerate(TABS)],
        "chips": [{"url": "#", "label": label, "count": n * 9, "current": n == 1} for n, label in enumerate(CHIPS)],
        "steps": ["Bestand gekozen", "Nakijken", "Klaar"],
        "counts": [7, 8, 6, 3, 8],
        "script": [5, 10, 5, 25, 20, 15, 10],
        "this_year": [34, 38, 0, 0, 0, 0, 0, 0, 0, 0],
        "last_year": [22, 28, 36, 18, 30, 20, 34, 24, 22, 16],
        "month_names": ["sep", "okt", "nov", "dec", "jan", "feb", "mrt", "apr", "mei", "jun"],
        "page": Paginator(range(95), 10).page(2),
    }
    return render(request, "ui/gallery.html", context)


TABS = ["Overzicht", "Bijeenkomsten", "Gesprekken", "Lesson Study", "Bestanden", "Logboek", "Leden"]
CHIPS = ["Alles", "Vraagt jou iets", "Nieuw", "Verandert"]


class _Person:
    """Somebody invented."""

    def __init__(self, pk, name):
        self.pk, self.name = pk, name

    def __str__(self):
        return self.name
