"""Which widget takes the answer to which type of question."""

from PySide6.QtCore import QSize, Qt

from victimid.app.interview_media import Said
from victimid.app.interview_view import OptionView, QuestionView
from victimid.i18n import Words
from victimid.model.answer import Precision
from victimid.ui.screens.answer_choices import ChoiceInput
from victimid.ui.screens.answer_date import DateAsked, DateInput
from victimid.ui.screens.answer_fields import AreaInput, LineInput, NoInput, NumberInput
from victimid.ui.screens.answer_file import FileInput
from victimid.ui.screens.answer_input import AnswerInput
from victimid.ui.screens.answer_place import PlaceInput
from victimid.ui.screens.answer_range import range_input
from victimid.ui.screens.answer_rank import RankInput
from victimid.ui.screens.answer_search import SearchInput
from victimid.ui.screens.answer_values import split_precision
from victimid.ui.screens.direction import direction_of
from victimid.ui.screens.question_media import Media
from victimid.ui.widgets.choices import Adorned, Choice
from victimid.ui.widgets.text import Role, reads_right_to_left

LISTED_AT_MOST = 9
"""Options that stand in one list; more are searched."""
CHOICES = frozenset({"select1", "select", "rank"})
_NUMBERS = frozenset({"int", "integer", "long", "decimal"})
_SMALL, _LARGE = QSize(112, 84), QSize(200, 150)
_SEARCHED = frozenset({"minimal", "autocomplete", "search"})
_DATES = frozenset({"date", "dateTime", "time"})
_NOT_TAKEN = frozenset({"geotrace", "geoshape"})
_CHOSEN_OR_COUNTED = CHOICES | _NUMBERS | _DATES | {"binary", "geopoint", "trigger"}


def make_input(words: Words, question: QuestionView, media: Media, *, person: bool) -> AnswerInput:
    """Make the input of a question, in both languages or, for the ``person``, in theirs alone.

    ``words`` are in the language of whoever answers.
    """
    direction = direction_of(question.label.person.text if person else question.label.officer.text)
    kind = question.type
    if kind in CHOICES:
        return _choices(words, question, media, person=person)
    if question.control == "range" and (scaled := range_input(words, question)) is not None:
        return scaled
    if kind == "trigger":
        # Translators: a box that is ticked when something has been said or done.
        return ChoiceInput(words, [Choice("OK", words.pgettext("a box to tick", "Done"))], several=False)
    if kind == "binary":
        return (
            NoInput(words.gettext("The officer adds this file.")) if person else FileInput(words, question, media.jobs)
        )
    if kind in _NOT_TAKEN | {"note"}:
        return NoInput(words.gettext("This program takes no lines or areas on a map. Go on.") if kind != "note" else "")
    return _typed(words, question, direction)


def takes_free_text(question: QuestionView) -> bool:
    """Tell whether the answer itself is typed in words."""
    return takes_answer(question) and question.type not in _CHOSEN_OR_COUNTED


def is_chosen(question: QuestionView) -> bool:
    """Tell whether the answer is picked from what is offered, and not typed."""
    return question.type in CHOICES | {"binary", "trigger"}


def takes_answer(question: QuestionView) -> bool:
    """Tell whether there is anything to answer."""
    return question.type not in _NOT_TAKEN | {"note"}


def given(question: QuestionView, text: str) -> tuple[str, Precision]:
    """Return the value of the form in the text of an input, and how exact it is if it is a date."""
    if question.type != "date":
        return text, Precision.EXACT
    value, precision = split_precision(text)
    return value, precision or Precision.EXACT


def _typed(words: Words, question: QuestionView, direction: Qt.LayoutDirection) -> AnswerInput:
    kind = question.type
    if kind in _DATES:
        return DateInput(words, DateAsked(kind, question.appearance, question.precision))
    if kind in _NUMBERS:
        return NumberInput(words.gettext("Number"))
    if kind == "geopoint":
        return PlaceInput(words)
    if "multiline" in question.appearance:
        return AreaInput(words.gettext("Answer"), direction)
    return LineInput(words.gettext("Answer"), direction)


def _choices(words: Words, question: QuestionView, media: Media, *, person: bool) -> AnswerInput:
    both = question.audience != "officer"
    choices = [_for_person(o, media) if person else _side_by_side(o, media, both=both) for o in question.options]
    role: Role = "person_answer" if person else "strong"
    if question.type == "rank":
        return RankInput(words, choices, role)
    several = question.type != "select1"
    if len(choices) > LISTED_AT_MOST or _SEARCHED & set(question.appearance.split()):
        return SearchInput(words, choices, several=several, role=role)
    return ChoiceInput(words, choices, several=several, role=role)


def _for_person(option: OptionView, media: Media) -> Choice:
    said = option.label.person
    return Choice(option.value, said.text, adorned=_adorned(said, media, _LARGE, person=True))


def _side_by_side(option: OptionView, media: Media, *, both: bool) -> Choice:
    officer, person = option.label.officer, option.label.person
    if not both or officer == person:
        return Choice(option.value, officer.text, adorned=_adorned(officer, media, _SMALL, person=both))
    return Choice(
        option.value,
        officer.text,
        person.text,
        reads_right_to_left(person.text),
        _adorned(officer, media, _SMALL, person=False),
        _adorned(option.label.unseen_by_officer(), media, _SMALL, person=True),
    )


def _adorned(said: Said, media: Media, bounds: QSize, *, person: bool) -> Adorned:
    buttons = (lambda: media.player(said, person=person), lambda: media.larger(said) if said.picture else None)
    return Adorned(said.runs, lambda: media.picture(said, bounds), buttons)
