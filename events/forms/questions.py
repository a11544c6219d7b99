"""The organiser's own questions as fields of a form, and their answers."""

from django import forms

from events.choices import QuestionKind

MOST = 1000


def field_of(question):
    """The form field of one question."""
    about = {"label": question.label, "required": question.is_required}
    pairs = [(option, option) for option in question.options]
    match question.kind:
        case QuestionKind.CHOICE:
            return forms.ChoiceField(choices=pairs, widget=forms.RadioSelect, **about)
        case QuestionKind.MANY:
            return forms.MultipleChoiceField(choices=pairs, widget=forms.CheckboxSelectMultiple, **about)
        case QuestionKind.YES:
            return forms.BooleanField(**about)
        case QuestionKind.SCALE:
            scale = [(str(n), str(n)) for n in range(1, 6)]
            return forms.ChoiceField(choices=scale, widget=forms.RadioSelect, **about)
    return forms.CharField(max_length=MOST, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}), **about)


class AsksQuestions:
    """A form that asks the questions of an event as well: call `add_questions` in `__init__`, read `answers`."""

    def add_questions(self, questions, answers=None):
        """One field for each, with what was answered before."""
        self.asked = {f"question_{question.pk}": question for question in questions}
        for name, question in self.asked.items():
            self.fields[name] = field_of(question)
            if answers and str(question.pk) in answers:
                self.initial[name] = answers[str(question.pk)]

    @property
    def question_fields(self):
        """The bound fields of the questions, to draw them."""
        return [self[name] for name in self.asked]

    @property
    def answers(self):
        """What was answered, by the id of the question."""
        said = self.cleaned_data
        return {str(row.pk): said[name] for name, row in self.asked.items() if said.get(name) not in ("", None, [])}


def said(question, answer):
    """An answer as people read it."""
    if isinstance(answer, list):
        return ", ".join(answer)
    return answer
