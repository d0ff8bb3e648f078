"""The one sound of the program: what plays now, and an end to it from everywhere."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from victimid.errors import VictimIDError
from victimid.ui.speaker import Ended, Speaker


class Plays(Protocol):
    """What plays recordings."""

    def play(self, recording: bytes, ended: Ended) -> None:
        """Begin to play."""

    def stop(self) -> None:
        """Fall silent at once."""


class Sound(QObject):
    """Plays for one owner at a time; ``changed`` tells that somebody began or ceased to play.

    ``failed`` carries the error where a recording cannot be played.
    """

    changed = Signal()
    failed = Signal(object)
    _ended = Signal(object, str)

    def __init__(self, speaker: Plays | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speaker: Plays = speaker or Speaker()
        self._turn: object | None = None
        self.owner: QObject | None = None
        self._ended.connect(self._end)

    def play(self, recording: bytes, owner: QObject) -> None:
        """Play for an owner, in the place of whatever plays."""
        self.stop()
        turn = object()
        self._turn, self.owner = turn, owner
        self.changed.emit()
        self._speaker.play(recording, lambda code: self._ended.emit(turn, code))

    def stop(self) -> None:
        """Be silent, whoever plays."""
        if self.owner is None:
            return
        self._speaker.stop()
        self._turn = self.owner = None
        self.changed.emit()

    def _end(self, turn: object, code: str) -> None:
        if turn is not self._turn:
            return
        self._turn = self.owner = None
        self.changed.emit()
        if code:
            self.failed.emit(VictimIDError(code))
