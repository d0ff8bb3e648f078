"""The door to the machine's speaker: plays a recording held in memory, a little at a time as it is decoded."""

import os
import threading
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from array import array

# Named, because without a list the library plays into nothing where there is no device.
_SYSTEM: Final = ("WASAPI", "PULSEAUDIO", "ALSA")
_BUFFER_MS, _LAST_WORDS_S, _JOIN_S = 100, 0.3, 2.0

Ended = Callable[[str], None]
Samples = Generator["bytes | array[int]", int, None]


class Speaker:
    """Plays one recording at a time on a thread of its own; ``backends`` are those of miniaudio, by name."""

    def __init__(self, backends: Sequence[str] = _SYSTEM) -> None:
        self._backends = tuple(backends)
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def play(self, recording: bytes, ended: Ended) -> None:
        """Begin to play; ``ended`` is called on another thread with what went wrong, blank for nothing.

        Codes are ``sound.no_device`` and ``sound.unreadable``.
        """
        self.stop()
        self._stopped = threading.Event()
        arguments = (recording, self._backends, self._stopped, ended)
        self._thread = threading.Thread(target=_play, args=arguments, name="speaker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Fall silent at once; the device is let go of in the background."""
        self._stopped.set()

    def close(self) -> None:
        """Fall silent and wait until the device is let go of; for the end of the program."""
        self.stop()
        if self._thread is not None:
            self._thread.join(_JOIN_S)


def _play(recording: bytes, backends: Sequence[str], stopped: threading.Event, ended: Ended) -> None:
    import miniaudio

    # A machine can be told to send its sound over the network; this program never does.
    os.environ.pop("PULSE_SERVER", None)
    over = threading.Event()
    try:
        stream = miniaudio.stream_memory(recording)
        known: list[Any] = [miniaudio.Backend[name] for name in backends]
    except miniaudio.MiniaudioError:
        ended("sound.unreadable")
        return
    try:
        with miniaudio.PlaybackDevice(buffersize_msec=_BUFFER_MS, backends=known, app_name="Casework") as device:
            source = _until(stream, stopped, over)
            next(source)
            device.start(source)
            while not over.wait(_LAST_WORDS_S) and not stopped.is_set():
                pass
            stopped.wait(_LAST_WORDS_S)  # what is decoded is still to be heard
    except miniaudio.MiniaudioError:
        ended("sound.no_device")
        return
    ended("")


def _until(stream: Samples, stopped: threading.Event, over: threading.Event) -> Samples:
    """Hand on samples until told to stop; damage in the middle ends the recording there."""
    import miniaudio

    try:
        wanted = yield b""
        while not stopped.is_set():
            wanted = yield stream.send(wanted)
    except (StopIteration, miniaudio.MiniaudioError):
        return
    finally:
        over.set()
