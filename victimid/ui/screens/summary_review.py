"""A supervisor's review in the summary: what was said, and for a supervisor the way to say it."""

from functools import partial

from PySide6.QtCore import Qt, Signal

from victimid.app import case_draft, reviewing
from victimid.app.reviewing import ReviewView
from victimid.app.session import Session
from victimid.formats import isolated, moment
from victimid.i18n import Words
from victimid.model.review import Verdict
from victimid.ui.context import Context
from victimid.ui.draft import Draft
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.field import TextArea
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label, restyle

_DRAFT = "review"


class ReviewCard(Card):
    """Shown where there is a review, or one may be added; ``recorded`` comes after one was."""

    recorded = Signal()
    failed = Signal(object)

    def __init__(self, context: Context, case_ref: str) -> None:
        super().__init__(margin=18, spacing=12)
        self._context, self._words, self._case_ref = context, context.words, case_ref
        words = self._words
        self.title = label(words.gettext("Review by a supervisor"), "section")
        self.said = label("")
        self.verdict = ChoiceList([Choice(e.value, verdict_words(words, e)) for e in Verdict], keys=False, role="body")
        self.note = TextArea(words.gettext("Note (needed where you ask to look again)"), lines=2)
        self.record = Button(words.gettext("Record the review"), "primary")
        keep = partial(case_draft.keep, context.session, case_ref, _DRAFT)
        self.draft = Draft(self, context.jobs, self.note.text, keep)
        self.note.changed.connect(self.draft.soon)
        self.verdict.picked.connect(lambda _: self._refresh())
        self.note.changed.connect(self._refresh)
        self.record.clicked.connect(self._record)
        for part in (self.title, self.said, self.verdict, self.note):
            self.body.addWidget(part)
        self.body.addWidget(self.record, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def refresh(self) -> None:
        """Read the review again."""
        session, ref = self._context.session, self._case_ref
        self._context.jobs.run(lambda: _load(session, ref), lambda loaded: self._show(*loaded), self)

    def _show(self, view: ReviewView, draft: str) -> None:
        self.draft.show(draft, self.note.set_text)
        self.verdict.set_values([])
        self.said.setText(self._said(view))
        self.said.setVisible(view.last is not None)
        look_again = view.last is not None and view.current and view.last.verdict is Verdict.LOOK_AGAIN
        restyle(self, "tone", "attention" if look_again else "plain")
        for part in (self.verdict, self.note, self.record):
            part.setVisible(view.offered)
        self.setVisible(view.offered or view.last is not None)
        self._refresh()

    def _said(self, view: ReviewView) -> str:
        words, last = self._words, view.last
        if last is None:
            return ""
        by, when = isolated(view.names.get(last.by, last.by)), isolated(moment(last.at, words.language))
        if last.verdict is Verdict.AGREES:
            # Translators: {name} is a supervisor, {when} date and time.
            said = words.gettext("{name} agreed, {when}.", name=by, when=when)
        else:
            # Translators: {name} is a supervisor, {when} date and time.
            said = words.gettext("{name} asked to look again, {when}.", name=by, when=when)
        about = "" if view.current else words.gettext("This was about an earlier decision.")
        return "\n".join(part for part in (said, last.note, about) if part)

    def _refresh(self) -> None:
        needed = self.verdict.value() == Verdict.LOOK_AGAIN
        self.record.setEnabled(bool(self.verdict.value()) and (not needed or bool(self.note.text().strip())))

    def _record(self) -> None:
        verdict, note = Verdict(self.verdict.value()), self.note.text()
        work = self.draft.recording(partial(reviewing.review, self._context.session, self._case_ref, verdict, note))
        self._context.jobs.run(work, lambda _: self._recorded(note), self, self.failed.emit)

    def _recorded(self, note: str) -> None:
        if self.note.text() == note:
            self.note.set_text("")
        self.refresh()
        self.recorded.emit()


def _load(session: Session, case_ref: str) -> tuple[ReviewView, str]:
    return reviewing.view(session, case_ref), case_draft.read(session, case_ref, _DRAFT)


def verdict_words(words: Words, verdict: Verdict) -> str:
    """Say what a supervisor can say about a decision."""
    match verdict:
        case Verdict.AGREES:
            return words.gettext("I agree with the decision")
        case Verdict.LOOK_AGAIN:
            return words.gettext("Please look again")
