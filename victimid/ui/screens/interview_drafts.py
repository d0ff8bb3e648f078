"""Keeps what is typed and not yet recorded, a moment after the typing rests, so that locking loses none."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from victimid.ui.screens.interview_draft import Draft
from victimid.ui.screens.interview_question import QuestionPane
from victimid.ui.screens.interview_talk import Talk

_DRAFT_AFTER_MS = 600


class Drafts(QObject):
    """Watches one question at a time; nothing is kept twice."""

    def __init__(self, talk: Talk, parent: QObject) -> None:
        super().__init__(parent)
        self._talk = talk
        self._pane: QuestionPane | None = None
        self._kept = Draft()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(_DRAFT_AFTER_MS)
        self.timer.timeout.connect(self.keep)

    def watch(self, pane: QuestionPane | None) -> None:
        """Watch the question that is now on screen, if there is one."""
        self.timer.stop()
        self._pane = pane
        if pane is not None:
            self._kept = pane.draft()
            pane.edited.connect(self.timer.start)

    def soon(self) -> None:
        """Keep what is typed in a moment."""
        if self._pane is not None:
            self.timer.start()

    def keep(self) -> None:
        """Keep what is typed now."""
        if self._pane is not None and self._pane.draft() != self._kept and not self._talk.busy:
            self._kept = self._pane.draft()
            self._talk.keep(self._pane.question.ref, self._kept.text())

    def unsaved(self) -> Callable[[], None] | None:
        """Return the work that keeps what is typed; None where nothing waits."""
        if self._pane is None or self._pane.draft() == self._kept:
            return None
        return self._talk.keeping(self._pane.question.ref, self._pane.draft().text())
