"""What is filled in for a referral on the left, the pages as they will be written on the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.app.referral_preview import Preview
from victimid.app.referring import ReferralView
from victimid.app.summary import Summary
from victimid.i18n import Words
from victimid.ui.screens.referral_consent import ConsentForm
from victimid.ui.screens.referral_draft import ReferralDraft
from victimid.ui.screens.referral_request import RequestForm
from victimid.ui.widgets.banner import Tone
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.widgets.frames import Card, Side, line, scrolling
from victimid.ui.widgets.page_preview import PagePreview
from victimid.ui.widgets.text import keep_together, label


class ReferralForm(QWidget):
    """Ready to be written once a service and a folder are chosen."""

    changed = Signal()

    def __init__(self, words: Words, summary: Summary, view: ReferralView) -> None:
        super().__init__()
        self._words = words
        self.request = RequestForm(words, view.services, words.language)
        self.consent = ConsentForm(words, _language_of(summary))
        self.folder = FolderChooser(words, words.gettext("Where the document goes"))
        self.preview = PagePreview()
        self.record = Button(words.gettext("Record the consent only"))
        self.write = Button(words.gettext("Write the encrypted PDF"), "primary")
        self.back = Button(words.gettext("Summary"), "quiet")
        self.desk = Button(words.gettext("Desk"), "quiet")
        self._missing = label("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(summary, view), 4)
        row.addWidget(self._right(), 5)
        self.request.changed.connect(self._change)
        self.consent.changed.connect(self._change)
        self.folder.changed.connect(self._change)
        self._change()

    def draft(self) -> ReferralDraft:
        """Return what is filled in."""
        return ReferralDraft(self.request.request(), self.consent.given())

    def typed(self) -> ReferralDraft:
        """Return what is filled in so far, also before a service is chosen."""
        return ReferralDraft(self.request.typed(), self.consent.given())

    def show_draft(self, draft: ReferralDraft) -> None:
        """Show what was filled in before."""
        if draft.request is not None:
            self.request.show_request(draft.request)
        self.consent.show_consent(draft.given)
        self._change()

    def show_preview(self, preview: Preview) -> None:
        """Show the pages."""
        self._empty.hide()
        self.preview.show()
        self.preview.show_pages(preview.pages, preview.fonts)

    def _left(self, summary: Summary, view: ReferralView) -> Side:
        side = Side()
        side.setProperty("sheet", "true")
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(24, 20, 24, 16)
        rows.setSpacing(18)
        rows.addLayout(self._heading(summary))
        for title, text, tone in self._notes(summary, view):
            rows.addWidget(_note(title, text, tone))
        for part in (self.request, self.consent, self.folder):
            rows.addWidget(part)
        rows.addStretch(1)
        whole = QVBoxLayout(side)
        whole.setContentsMargins(1, 0, 1, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolling(inside), 1)
        whole.addWidget(line())
        whole.addLayout(self._foot())
        return side

    def _heading(self, summary: Summary) -> QHBoxLayout:
        row = QHBoxLayout()
        title = self._words.gettext("Referral · {reference}", reference=keep_together(summary.case.ref))
        row.addWidget(label(title, "title"), 1)
        row.addWidget(self.back)
        row.addWidget(self.desk)
        return row

    def _notes(self, summary: Summary, view: ReferralView) -> list[tuple[str, str, Tone]]:
        words = self._words
        notes: list[tuple[str, str, Tone]] = []
        if summary.child:
            text = words.gettext("Child protection comes first: call the child-protection service before any other.")
            notes.append((words.gettext("A child, or age in doubt"), text, "attention"))
        if summary.decision is None:
            notes.append(("", words.gettext("No decision is recorded in this case yet."), "attention"))
        if view.referrals:
            numbers = ", ".join(each.number for each in view.referrals)
            notes.append(("", words.gettext("Written before: {numbers}", numbers=numbers), "neutral"))
        return notes

    def _foot(self) -> QVBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.record)
        buttons.addWidget(self.write, 1)
        rows = QVBoxLayout()
        rows.setContentsMargins(24, 12, 24, 16)
        rows.setSpacing(8)
        rows.addWidget(self._missing)
        rows.addLayout(buttons)
        return rows

    def _right(self) -> QWidget:
        holder = QWidget()
        holder.setMinimumWidth(420)
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        text = self._words.gettext("Choose a service to see the pages exactly as it would get them.")
        self._empty = QWidget()
        waiting = QVBoxLayout(self._empty)
        waiting.setContentsMargins(24, 24, 24, 24)
        waiting.addWidget(label(text, "muted"))
        waiting.addStretch(1)
        rows.addWidget(self._empty, 1)
        rows.addWidget(self.preview, 1)
        self.preview.hide()
        return holder

    def _change(self) -> None:
        chosen, folder = self.request.request() is not None, self.folder.folder() is not None
        complete = self.consent.complete()
        self.record.setEnabled(chosen and complete)
        self.write.setEnabled(chosen and complete and folder)
        self._missing.setText(self._what_is_missing(chosen=chosen, complete=complete, folder=folder))
        self._missing.setVisible(bool(self._missing.text()))
        self.changed.emit()

    def _what_is_missing(self, *, chosen: bool, complete: bool, folder: bool) -> str:
        words = self._words
        if not chosen:
            return words.gettext("Choose a service.")
        if not complete:
            return words.gettext("Write the words that may be passed on, where the consent is limited.")
        return "" if folder else words.gettext("Choose where the document goes.")


def _note(title: str, text: str, tone: Tone) -> Card:
    card = Card(tone, margin=14, spacing=4)
    if title:
        card.body.addWidget(label(title, "strong"))
    card.body.addWidget(label(text))
    return card


def _language_of(summary: Summary) -> str:
    """Return the language of the last talk; a case opened by looking alone has none of its own."""
    spoken = [each.person_language for each in summary.interviews if each.person_language]
    return spoken[-1] if spoken else summary.case.person_language
