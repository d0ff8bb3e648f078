"""How exactly the person can say a date: exactly, only the year, about, or a season."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.i18n import Words
from victimid.model.answer import Precision
from victimid.ui.screens import answer_values
from victimid.ui.screens.answer_values import DateParts
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.flow import FlowLayout

EXACTLY: Final = "exactly"
YEAR: Final = "year"
ABOUT: Final = "about"
SEASON: Final = "season"
_MODE: Final = "mode"
_SEASON: Final = "season"
_SEASONS: Final = (Precision.SPRING, Precision.SUMMER, Precision.AUTUMN, Precision.WINTER)
_ABOUT: Final = (Precision.ABOUT_DAY, Precision.ABOUT_MONTH, Precision.ABOUT_YEAR)


class DateChoices(QWidget):
    """One row of ways to be exact, and the seasons below it where one of them is meant."""

    changed = Signal()

    def __init__(self, words: Words, coarser: Sequence[str]) -> None:
        super().__init__()
        self._mode, self._season = EXACTLY, Precision.EXACT
        names = {
            # Translators: the date is known exactly.
            EXACTLY: words.pgettext("how exact a date is", "Exactly"),
            YEAR: words.pgettext("how exact a date is", "Only the year"),
            # Translators: the date is not known exactly, such as "about 2019".
            ABOUT: words.pgettext("how exact a date is", "About"),
            SEASON: words.pgettext("how exact a date is", "A season"),
        }
        offered = [mode for mode in names if mode in {EXACTLY, ABOUT, *coarser}]
        self.modes = {mode: _choice(names[mode]) for mode in offered}
        self.seasons = {season: _choice(name) for season, name in _season_names(words).items()}
        for mode, button in self.modes.items():
            button.clicked.connect(lambda _=False, to=mode: self._pick(to))
        for season, button in self.seasons.items():
            button.clicked.connect(lambda _=False, to=season: self._pick(SEASON, to))
        self._season_row = _flowing(list(self.seasons.values()))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(_flowing(list(self.modes.values())))
        rows.addWidget(self._season_row)
        self._show()

    def mode(self) -> str:
        """Return how exact the date is meant to be."""
        return self._mode

    def choose(self, precision: Precision) -> None:
        """Show a recorded precision."""
        self._mode = mode_of(precision)
        self._season = precision if precision in _SEASONS else Precision.EXACT
        self._show()

    def chosen(self) -> dict[str, str]:
        """Return what is chosen by name, nothing for an exact date."""
        if self._mode == EXACTLY:
            return {}
        return {_MODE: self._mode, _SEASON: self._season.value if self._season in _SEASONS else ""}

    def choose_again(self, chosen: Mapping[str, str]) -> None:
        """Show what `chosen` gave."""
        mode, season = chosen.get(_MODE, EXACTLY), chosen.get(_SEASON, "")
        self._mode = mode if mode in self.modes else EXACTLY
        self._season = next((each for each in _SEASONS if each.value == season), Precision.EXACT)
        self._show()

    def dated(self, parts: DateParts, appearance: str) -> tuple[str, Precision]:
        """Return the date of the form, and how exact it is; what was left out becomes the first."""
        if self._mode == EXACTLY:
            return answer_values.date_value(parts, appearance), Precision.EXACT
        if self._mode == ABOUT:
            return _about(parts, appearance)
        value = answer_values.date_value(DateParts(year=parts.year), "year")
        known = self._season if self._mode == SEASON and self._season in _SEASONS else Precision.YEAR
        return value, known if value else Precision.EXACT

    def _pick(self, mode: str, season: Precision = Precision.EXACT) -> None:
        self._mode = mode
        self._season = season if mode == SEASON else Precision.EXACT
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for mode, button in self.modes.items():
            button.setChecked(mode == self._mode)
        for season, button in self.seasons.items():
            button.setChecked(season is self._season)
        self._season_row.setVisible(self._mode == SEASON)


def mode_of(precision: Precision) -> str:
    """Return the way of being exact that a precision belongs to."""
    if precision in _SEASONS:
        return SEASON
    if precision in _ABOUT:
        return ABOUT
    return YEAR if precision is Precision.YEAR else EXACTLY


def _about(parts: DateParts, appearance: str) -> tuple[str, Precision]:
    if parts.day.strip() and not appearance:
        return answer_values.date_value(parts, ""), Precision.ABOUT_DAY
    if parts.month.strip() and appearance != "year":
        return answer_values.date_value(parts, "month-year"), Precision.ABOUT_MONTH
    value = answer_values.date_value(parts, "year")
    return value, Precision.ABOUT_YEAR if value else Precision.EXACT


def _season_names(words: Words) -> dict[Precision, str]:
    return {
        Precision.SPRING: words.pgettext("season", "Spring"),
        Precision.SUMMER: words.pgettext("season", "Summer"),
        Precision.AUTUMN: words.pgettext("season", "Autumn"),
        Precision.WINTER: words.pgettext("season", "Winter"),
    }


def _choice(name: str) -> Button:
    button = Button(name)
    button.setCheckable(True)
    button.setProperty("kind", "choice")
    return button


def _flowing(buttons: list[Button]) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, spacing=8)
    for button in buttons:
        flow.addWidget(button)
    return holder
