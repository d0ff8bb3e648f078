"""What the record of actions is narrowed to: officer, kind, case, days."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from victimid import formats
from victimid.app.action_filter import ActionFilter, ActionKind, typed_reference
from victimid.i18n import Words
from victimid.ui.screens.answer_values import western_digits
from victimid.ui.widgets.field import Chooser, Field
from victimid.ui.widgets.text import label

_TYPING_MS = 300
_EXAMPLE = date(2026, 11, 21)
_PARTS, _CENTURY = 3, 100


class ActionFilters(QWidget):
    """``changed`` comes when a choice is made, and a moment after the typing rests."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        example = typed_day(_EXAMPLE, words.language)
        hint = words.gettext("For example {date}", date=formats.isolated(example))
        # Translators: every officer, in a list of officers.
        self.officer = Chooser(words.gettext("Officer"), [("", words.pgettext("officers", "All"))])
        # Translators: caption of a list of kinds of actions.
        self.kind = Chooser(words.gettext("Kind of action"), _kinds(words))
        self.case = Field(words.gettext("Case"), max_length=20)
        # Translators: captions of two days between which actions are listed.
        self.first = Field(words.gettext("From day"), help_text=hint, max_length=20)
        self.last = Field(words.gettext("To day"), help_text=hint, max_length=20)
        self.typing = QTimer(self)
        self.typing.setSingleShot(True)
        self.typing.setInterval(_TYPING_MS)
        self.typing.timeout.connect(self.changed)
        for chooser in (self.officer, self.kind):
            chooser.changed.connect(lambda _: self.changed.emit())
        for field in (self.case, self.first, self.last):
            field.changed.connect(lambda _: self.typing.start())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        for column, part in enumerate((self.officer, self.kind, self.case, self.first, self.last)):
            grid.addWidget(part, 0, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        self.problems = {field: label("", "strong") for field in (self.case, self.first, self.last)}
        for field, problem in self.problems.items():
            field.rows.addWidget(problem)
            problem.hide()

    def wanted(self) -> ActionFilter | None:
        """Return what is asked for; None where what is typed is no reference or no day, which is said below it."""
        kind, language = self.kind.value(), self._words.language
        case_ref = typed_reference(self.case.text())
        first, last = (read_day(field.text(), language) for field in (self.first, self.last))
        no_day = self._words.gettext("This is no day.")
        understood = [
            self._tell(self.case, self._words.gettext("This is no reference of a case."), known=bool(case_ref)),
            self._tell(self.first, no_day, known=first is not None),
            self._tell(self.last, no_day, known=last is not None),
        ]
        if not all(understood):
            return None
        return ActionFilter(self.officer.value(), ActionKind(kind) if kind else None, case_ref, first, last)

    def _tell(self, field: Field, problem: str, *, known: bool) -> bool:
        """Say below a field what is wrong with it, if anything; tell whether it is understood."""
        understood = known or not field.text().strip()
        self.problems[field].setText("" if understood else problem)
        self.problems[field].setVisible(not understood)
        return understood

    def offer(self, names: Mapping[str, str]) -> None:
        """Offer the officers there are."""
        for officer, name in names.items():
            if self.officer.box.findData(officer) < 0:
                self.officer.box.addItem(name, officer)


def typed_day(day: date, language: str) -> str:
    """Write a day in digits, in the order of the language."""
    parts = {"d": f"{day.day}", "m": f"{day.month}", "y": f"{day.year}"}
    return "/".join(parts[letter] for letter in formats.date_order(language))


def read_day(text: str, language: str) -> date | None:
    """Read a day typed in the order of the language or as ISO 8601, in the digits of any script."""
    numbers = [int(each) for each in re.findall(r"[0-9]+", western_digits(text))]
    if len(numbers) != _PARTS:
        return None
    order = "ymd" if numbers[0] > _CENTURY else formats.date_order(language)
    parts = dict(zip(order, numbers, strict=True))
    with suppress(ValueError):
        return date(parts["y"], parts["m"], parts["d"])
    return None


def _kinds(words: Words) -> list[tuple[str, str]]:
    return [
        # Translators: every kind of action, in a list.
        ("", words.pgettext("actions", "All")),
        (ActionKind.ACCESS, words.gettext("Unlocking, locking, refusals")),
        (ActionKind.OFFICERS, words.gettext("Officers and passphrases")),
        (ActionKind.CASES, words.gettext("Cases opened, handed over, deleted")),
        (ActionKind.INTERVIEWS, words.gettext("Interviews and answers")),
        (ActionKind.DECISIONS, words.gettext("Decisions, consents, referrals")),
        (ActionKind.HEADQUARTERS, words.gettext("Exports and headquarters")),
        (ActionKind.CARE, words.gettext("Settings, checks, backups")),
    ]
