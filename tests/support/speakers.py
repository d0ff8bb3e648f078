"""Speakers for tests: they note what they are told to play, and end when the test says so."""

from victimid.ui.speaker import Ended


class Silent:
    """Plays nothing; ``heard`` are the recordings begun, ``stops`` how often it was told to be silent."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.stops = 0
        self._ended: Ended | None = None

    def play(self, recording: bytes, ended: Ended) -> None:
        """Note a recording."""
        self.heard.append(recording)
        self._ended = ended

    def stop(self) -> None:
        """Note the silence."""
        self.stops += 1

    def end(self, code: str = "") -> None:
        """Come to the end of the recording, or fail with a code."""
        assert self._ended is not None
        self._ended(code)
