"""A draft: what is typed and not yet recorded, kept so that neither a lock nor an empty battery loses it."""

from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer

from victimid.ui.jobs import Jobs

_RESTED_MS: Final = 600

P = ParamSpec("P")
T = TypeVar("T")


class Draft(QObject):
    """Typed words of one place: kept a moment after the typing rests, when the screen is left, and on a lock.

    ``text`` gives them as one text, blank where nothing is typed; ``keep`` puts a text into the vault, on the worker.
    """

    def __init__(self, owner: QObject, jobs: Jobs, text: Callable[[], str], keep: Callable[[str], None]) -> None:
        super().__init__(owner)
        self._owner, self._jobs, self._text, self._keep = owner, jobs, text, keep
        self._safe = text()  # what the vault has, as a draft or on record; the worker changes it as the vault changes
        self._over = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(_RESTED_MS)
        self.timer.timeout.connect(self.keep)

    def soon(self, *_: object) -> None:
        """Keep what is typed in a moment."""
        if not self._over:
            self.timer.start()

    def keep(self) -> None:
        """Keep what is typed now."""
        work = self.unsaved()
        if work is not None:
            self._jobs.run(work, lambda _: None, self._owner)

    def unsaved(self) -> Callable[[], None] | None:
        """Return the work that keeps what is typed; None where nothing waits."""
        text = self._text()
        return None if self._over or text == self._safe else lambda: self._store(text)

    def keeping(self, work: Callable[P, T]) -> Callable[P, T]:
        """Return work that keeps what is typed now before it goes on."""
        text = self._text()

        def kept_first(*args: P.args, **kwargs: P.kwargs) -> T:
            self._store(text)
            return work(*args, **kwargs)

        return kept_first

    def recording(self, work: Callable[P, T]) -> Callable[P, T]:
        """Return work that records what is typed now, which is no draft any more once it is done."""
        kept_first = self.keeping(work)

        def recorded(*args: P.args, **kwargs: P.kwargs) -> T:
            result = kept_first(*args, **kwargs)
            self._keep("")
            return result

        return recorded

    def show(self, text: str, put: Callable[[str], None]) -> None:
        """Put what the vault has on screen, unless something is typed there already."""
        if not self._text():
            put(text)
        self._safe = text

    def end(self) -> None:
        """Watch no more: something else stands in its place."""
        self._over = True
        self.deleteLater()

    def _store(self, text: str) -> None:
        """Keep a text, unless what was asked before has put it into the vault."""
        if text != self._safe:
            self._keep(text)
            self._safe = text
