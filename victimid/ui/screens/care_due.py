"""Cases whose time is over: deleted one by one, after headquarters' receipt or for a stated reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from victimid import formats
from victimid.app import deleting
from victimid.app.deleting import Deleted
from victimid.app.watching import Watch
from victimid.errors import VictimIDError
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.model.retention import DueCase, Override
from victimid.ui.context import Context
from victimid.ui.screens import care_words
from victimid.ui.screens.policy import outcome_words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.confirm import Confirm
from victimid.ui.widgets.frames import Card, Tag, replace
from victimid.ui.widgets.text import keep_together, label
from victimid.ui.widgets.under_way import UnderWay

_MOST_LISTED = 50


class Deletion(QWidget):
    """Asks about one case; a reason is needed where headquarters has not confirmed it. ``confirmed`` carries both."""

    confirmed = Signal(object, object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._case: DueCase | None = None
        why = words.gettext("Headquarters has not confirmed this case. Why is it deleted all the same?")
        self.why = label(why, "strong")
        self.reasons = ChoiceList(
            [Choice(each.value, care_words.override(words, each)) for each in Override], keys=False, role="body"
        )
        self.question = Confirm(words, words.gettext("Delete for good"))
        self.question.confirmed.connect(self._confirm)
        self.question.refused.connect(self.hide)
        self.reasons.picked.connect(lambda _: self.question.yes.setEnabled(True))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for part in (self.why, self.reasons, self.question):
            rows.addWidget(part)
        self.hide()

    def ask(self, case: DueCase) -> None:
        """Ask whether this case is to be deleted."""
        self._case = case
        self.reasons.set_values([])
        self.why.setVisible(not case.received)
        self.reasons.setVisible(not case.received)
        self.question.yes.setEnabled(case.received)
        self.show()
        self.question.ask(
            self._words.gettext(
                "Everything recorded in {reference} is deleted from this laptop for good. What remains is an entry in "
                "the record of actions that says so.",
                reference=keep_together(case.ref),
            )
        )

    def _confirm(self) -> None:
        self.hide()
        if self._case is not None:
            reason = self.reasons.value()
            self.confirmed.emit(self._case, Override(reason) if reason else None)


class DueCard(Card):
    """The list, the longest overdue first, one deletion at a time; ``failed`` carries what went wrong."""

    failed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(spacing=12)
        self._context, self._words = context, context.words
        words = self._words
        self.buttons: dict[str, Button] = {}
        self.title = label(words.gettext("Due for deletion"), "section")
        self.deleted = label("", "strong")
        self.deleted.hide()
        self.deletion = Deletion(words)
        self.deletion.confirmed.connect(self._delete)
        self.work = UnderWay(words, words.gettext("How far it is"))
        self.list = QWidget()
        for part in (self.title, self.deleted, self.deletion, self.work, self.list):
            self.body.addWidget(part)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        session = self._context.session
        self._context.jobs.run(lambda: deleting.due(session), self._show, self, self.failed.emit)

    def _show(self, cases: tuple[DueCase, ...]) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(20)
        grid.setColumnStretch(1, 1)
        self.buttons = {}
        for row, case in enumerate(cases[:_MOST_LISTED]):
            self._add(grid, row, case)
        if not cases:
            grid.addWidget(label(self._words.gettext("No case is due by the settings of this laptop."), "muted"), 0, 0)
        if len(cases) > _MOST_LISTED:
            more = self._words.ngettext("and {count} more", "and {count} more", len(cases) - _MOST_LISTED)
            grid.addWidget(label(more, "muted"), _MOST_LISTED, 0, 1, 2)
        replace(self.body, self.list, fresh)
        self.list = fresh

    def _add(self, grid: QGridLayout, row: int, case: DueCase) -> None:
        words = self._words
        day = isolated(formats.day(case.due_at.astimezone().date(), words.language))
        # Translators: a case is due for deletion since this date.
        since = words.gettext("due since {date}", date=day)
        grid.addWidget(label(keep_together(case.ref), "strong", wrap=False), row, 0)
        grid.addWidget(label(f"{outcome_words(words, case.outcome)} · {since}", "muted"), row, 1)
        received = words.gettext("at headquarters") if case.received else words.gettext("not confirmed")
        grid.addWidget(Tag(received, "done" if case.received else "attention"), row, 2, Qt.AlignmentFlag.AlignLeading)
        # Translators: button that deletes a case after a question.
        button = Button(words.gettext("Delete"), "danger")
        button.setAccessibleName(f"{button.words()} · {case.ref}")
        button.clicked.connect(lambda: self._ask(case))
        self.buttons[case.ref] = button
        grid.addWidget(button, row, 3, Qt.AlignmentFlag.AlignTrailing)

    def _ask(self, case: DueCase) -> None:
        self.deleted.hide()
        self.deletion.ask(case)

    def _delete(self, case: DueCase, reason: Override | None) -> None:
        session, watch = self._context.session, Watch(self.work.begin().report)
        self.list.setEnabled(False)
        self._context.jobs.run(
            lambda: deleting.delete(session, [case.ref], reason, watch), self._done, self, self._refused
        )

    def _done(self, found: Deleted) -> None:
        words = self._words
        self.work.end()
        [certificate] = found.certificates
        # Translators: {reference} is a case that was deleted.
        told = [words.gettext("{reference} is deleted.", reference=keep_together(certificate.ref))]
        if found.renewal.problem is not None:
            told.append(words.gettext("Backups on this laptop still hold it. Make a new backup when there is room."))
        for folder in found.left:
            # Translators: {folder} is a folder on this laptop with older records; "it" is a case that was deleted.
            left = words.gettext(
                "{folder} may still hold it. Destroy it or lock it away.", folder=isolated(str(folder))
            )
            told.append(left)
        self.deleted.setText(" ".join(told))
        self.deleted.show()
        self.refresh()

    def _refused(self, error: VictimIDError) -> None:
        self.work.end()
        self.failed.emit(error)
        self.refresh()
