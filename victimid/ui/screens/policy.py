"""Settings of this laptop: idling, how long cases are kept, whether the keys may be destroyed."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from victimid import formats
from victimid.app import officer_draft, vault_care
from victimid.errors import VictimIDError
from victimid.i18n import Words
from victimid.model.finding import Outcome
from victimid.model.policy import IDLE_MINUTES, KEEP_DAYS, Policy
from victimid.ui.context import Context
from victimid.ui.destinations import ToSettings
from victimid.ui.draft import Draft
from victimid.ui.screens import answer_values, summary_words
from victimid.ui.screens.office import OfficeScreen
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.field import Chooser, Field
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label

_WIDTH = 120
_YES, _NO = "yes", "no"
_DRAFT = "days to keep"
_OUTCOMES: tuple[Outcome | None, ...] = (None, *Outcome)


class PolicyScreen(OfficeScreen):
    """For administrators; ``idling`` tells the window at once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, ToSettings(), context.words.gettext("Settings"))
        words = self.words
        least, most = IDLE_MINUTES
        minutes = [
            (str(count), words.ngettext("{count} minute", "{count} minutes", count)) for count in range(least, most + 1)
        ]
        self.idle = Chooser("", minutes)
        self.idle.box.setAccessibleName(words.gettext("Lock without a touch after"))
        self.days = {outcome: Field("", max_length=5) for outcome in _OUTCOMES}
        self.erase = ChoiceList(
            [
                Choice(_NO, words.gettext("Not offered")),
                Choice(_YES, words.gettext("Offered after a confirmation, where headquarters can recover the vault")),
            ],
            keys=False,
            role="body",
        )
        self.keep = Button(words.gettext("Keep these settings"), "primary")
        self.keep.clicked.connect(self._keep)
        for part in (self._idle_card(), self._days_card(), self._erase_card()):
            self.column.addWidget(part)
        self.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addStretch(1)
        self.setFocusProxy(self.idle)
        self.draft: Draft | None = None
        self._in_force = ""
        session = context.session
        self.jobs.run(
            lambda: (vault_care.policy(session), officer_draft.read(session, _DRAFT)),
            lambda loaded: self._show(*loaded),
            self,
        )

    def _idle_card(self) -> Card:
        card = Card(spacing=12)
        card.body.addWidget(label(self.words.gettext("Lock without a touch after"), "section"))
        self.idle.setMaximumWidth(2 * _WIDTH)
        card.body.addWidget(self.idle)
        return card

    def _days_card(self) -> Card:
        words = self.words
        card = Card(spacing=12)
        card.body.addWidget(label(words.gettext("Days to keep a case after its last change"), "section"))
        explanation = words.gettext(
            "After these days a case stands in the list of what is due for deletion; a supervisor deletes it. "
            "An empty field keeps cases until somebody sets a number."
        )
        card.body.addWidget(label(explanation, "muted"))
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        for row, (outcome, field) in enumerate(self.days.items()):
            name = outcome_words(words, outcome)
            field.caption.hide()
            field.edit.setAccessibleName(name)
            field.setFixedWidth(_WIDTH)
            grid.addWidget(label(name), row, 0)
            grid.addWidget(field, row, 1)
        card.body.addWidget(rows)
        return card

    def _erase_card(self) -> Card:
        words = self.words
        card = Card(spacing=12)
        card.body.addWidget(label(words.gettext("Destroying the keys in an emergency"), "section"))
        explanation = words.gettext(
            "Everything on this laptop becomes unreadable at once; only headquarters can recover it."
        )
        card.body.addWidget(label(explanation, "muted"))
        card.body.addWidget(self.erase)
        return card

    def _show(self, policy: Policy, typed: str) -> None:
        self.idle.box.setCurrentIndex(self.idle.box.findData(str(policy.idle_minutes)))
        for outcome, field in self.days.items():
            field.set_text(str(policy.keep_days.get(outcome, "")))
        self.erase.set_values([_YES if policy.erase_allowed else _NO])
        self._in_force = self._days()
        self._show_typed(typed)
        keep = partial(officer_draft.keep, self.context.session, _DRAFT)
        self.draft = Draft(self, self.jobs, self._typed, keep)
        for field in self.days.values():
            field.changed.connect(self.draft.soon)

    def _show_typed(self, typed: str) -> None:
        boxes = answer_values.read_boxes(typed)
        if boxes is not None:
            for outcome, field in self.days.items():
                field.set_text(boxes.get(outcome or "", ""))
            text = self.words.gettext("These days are as you left them. They count once you keep these settings.")
            self.banner.show_text(text, "attention")

    def _days(self) -> str:
        return answer_values.write_boxes({outcome or "": field.text() for outcome, field in self.days.items()})

    def _typed(self) -> str:
        """Return the days as they stand there, nothing where they are in force."""
        return "" if self._days() == self._in_force else self._days()

    def _keep(self) -> None:
        typed = read_days({outcome: field.text() for outcome, field in self.days.items()})
        if typed is None:
            least, most = (formats.number(each, self.words.language) for each in KEEP_DAYS)
            text = self.words.gettext("Type days as a number from {least} to {most}.", least=least, most=most)
            self.banner.show_text(text, "attention")
            return
        policy = Policy(typed, int(self.idle.value()), self.erase.value() == _YES)
        if self.draft is None:
            return
        self.keep.setEnabled(False)
        work = self.draft.recording(partial(vault_care.change_policy, self.context.session, policy))
        self.jobs.run(work, lambda _: self._kept(policy), self, self._refused)

    def _kept(self, policy: Policy) -> None:
        self.keep.setEnabled(True)
        self._in_force = self._days()
        self.idling.emit(policy.idle_minutes)
        self.banner.show_text(self.words.gettext("The settings are kept and hold from now on."), "done")

    def _refused(self, error: VictimIDError) -> None:
        self.keep.setEnabled(True)
        self.explain(error)


def read_days(typed: Mapping[Outcome | None, str]) -> dict[Outcome | None, int] | None:
    """Read days typed in the digits of any script; None where something typed is no number in bounds."""
    least, most = KEEP_DAYS
    plain = {outcome: answer_values.western_digits(text.strip()) for outcome, text in typed.items() if text.strip()}
    if not all(text.isascii() and text.isdigit() and least <= int(text) <= most for text in plain.values()):
        return None
    return {outcome: int(text) for outcome, text in plain.items()}


def outcome_words(words: Words, outcome: Outcome | None) -> str:
    """Name a decision, or that there is none."""
    return summary_words.outcome(words, outcome) if outcome else words.gettext("Nothing decided yet")
