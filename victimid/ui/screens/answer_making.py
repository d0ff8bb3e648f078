"""Which widget takes the answer to which type of question."""

from victimid.app.interview_view import OptionView, QuestionView
from victimid.i18n import Words
from victimid.ui.screens.answer_choices import ChoiceInput
from victimid.ui.screens.answer_fields import AreaInput, DateInput, LineInput, NoInput, NumberInput
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.screens.direction import direction_of
from victimid.ui.widgets.choices import Choice
from victimid.ui.widgets.text import reads_right_to_left

CHOICES = frozenset({"select1", "select", "rank"})
_NUMBERS = frozenset({"int", "integer", "long", "decimal", "range"})
_DATES = frozenset({"date", "dateTime"})
_NOT_TAKEN = frozenset({"binary", "geopoint", "geotrace", "geoshape"})


def make_input(words: Words, question: QuestionView, *, person: bool) -> AnswerInput:
    """Make the input of a question, in both languages or, for the ``person``, in theirs alone.

    ``words`` are in the language of whoever answers.
    """
    direction = direction_of(question.label.person if person else question.label.officer)
    kind = question.type
    if kind in CHOICES:
        return _choices(words, question, person=person)
    if kind == "trigger":
        # Translators: a box that is ticked when something has been said or done.
        return ChoiceInput(words, [Choice("OK", words.pgettext("a box to tick", "Done"))], several=False)
    if kind in _DATES:
        return DateInput(words, question.appearance, with_time=kind == "dateTime")
    if kind in _NUMBERS:
        return NumberInput(words.gettext("Number"))
    if kind == "note":
        return NoInput("")
    if kind in _NOT_TAKEN:
        return NoInput(words.gettext("This program takes no pictures, recordings or places on a map. Go on."))
    if "multiline" in question.appearance:
        return AreaInput(words.gettext("Answer"), direction)
    return LineInput(words.gettext("Answer"), direction)


def takes_free_text(question: QuestionView) -> bool:
    """Tell whether the answer itself is typed in words."""
    return question.type not in CHOICES | _NUMBERS | _DATES | _NOT_TAKEN | {"note", "trigger", "time"}


def takes_answer(question: QuestionView) -> bool:
    """Tell whether there is anything to answer."""
    return question.type not in _NOT_TAKEN | {"note"}


def _choices(words: Words, question: QuestionView, *, person: bool) -> ChoiceInput:
    both = question.audience != "officer"
    return ChoiceInput(
        words,
        [_for_person(o) if person else _side_by_side(o, both=both) for o in question.options],
        several=question.type != "select1",
        ranked=question.type == "rank",
        role="person_answer" if person else "strong",
    )


def _for_person(option: OptionView) -> Choice:
    return Choice(option.value, option.label.person)


def _side_by_side(option: OptionView, *, both: bool) -> Choice:
    same = option.label.person == option.label.officer
    second = option.label.person if both and not same else ""
    return Choice(option.value, option.label.officer, second, reads_right_to_left(second))
