"""What a question shows and plays beside its words: widgets for pictures and recordings, all of one talk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.app.interview_media import MediaFile, Said
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.jobs import Jobs
from victimid.ui.screens.direction import direction_of
from victimid.ui.sound import Sound
from victimid.ui.widgets.flow import FlowLayout
from victimid.ui.widgets.picture import Picture
from victimid.ui.widgets.sign_button import SignButton
from victimid.ui.widgets.text import label


@dataclass(frozen=True, slots=True)
class Media:
    """Makes the widgets, with words in the language of whoever uses them.

    ``enlarge`` shows a picture over the whole screen; ``heard`` is told that a recording in the person's language
    plays.
    """

    words: Words
    jobs: Jobs
    sound: Sound
    enlarge: Callable[[MediaFile], None]
    heard: Callable[[], None]

    def picture(self, words: Said, bounds: QSize) -> Picture | None:
        """Make the picture of a text, None where it has none."""
        if words.picture is None:
            return None
        made = Picture(self.jobs, bounds, self.unshown())
        made.setLayoutDirection(direction_of(words.text))
        made.show_bytes(words.picture.content, words.picture.media_type, words.text)
        return made

    def unshown(self) -> str:
        """Say that a picture cannot be shown."""
        return self.words.gettext("This picture cannot be shown.")

    def larger(self, words: Said, *, worded: bool = False) -> SignButton | None:
        """Make the button that shows a picture over the whole screen, None where there is no such picture."""
        large = words.large
        if large is None or not large.content:
            return None
        # Translators: button below a small picture.
        name = self.words.gettext("Show larger")
        made = SignButton("larger", f"{name}: {isolated(words.text)}", name if worded else "")
        made.clicked.connect(lambda: self.enlarge(large))
        return made

    def player(self, words: Said, *, person: bool, worded: bool = False) -> QWidget | None:
        """Make the button that plays the recording of a text, None where it has none.

        ``person`` says that the recording is in the person's language. Where it cannot be played, that is said.
        """
        if words.recording is None:
            return None
        if not words.recording.media_type:
            return label(self.words.gettext("This recording cannot be played. Read it aloud."), "caption")
        made = PlayButton(self.words, self.sound, words.recording, isolated(words.text), worded=worded)
        if person:
            made.began.connect(self.heard)
        return made

    def beside(self, texts: Sequence[Said], bounds: QSize, *, person: bool) -> QWidget | None:
        """Put buttons and pictures of some texts one below the other; None where there are none."""
        made: list[QWidget] = []
        for words in texts:
            controls, picture = self._controls(words, person=person), self.picture(words, bounds)
            made += [each for each in (controls, picture) if each is not None]
        if not made:
            return None
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for part in made:
            rows.addWidget(part)
        return holder

    def _controls(self, words: Said, *, person: bool) -> QWidget | None:
        wanted = self.player(words, person=person, worded=True), self.larger(words, worded=True)
        made = [each for each in wanted if each is not None]
        if not made:
            return None
        holder = QWidget()
        holder.setLayoutDirection(direction_of(words.text))
        row = FlowLayout(holder, spacing=8)
        for button in made:
            row.addWidget(button)
        return holder


class PlayButton(SignButton):
    """Plays a recording, and stops it while it plays."""

    began = Signal()

    def __init__(self, words: Words, sound: Sound, recording: MediaFile, name: str, *, worded: bool) -> None:
        # Translators: button that plays a recording of a question or an answer.
        self._play = words.gettext("Play")
        # Translators: button that ends the recording that is playing.
        self._stop = words.pgettext("recording", "Stop")
        super().__init__("play", f"{self._play}: {name}", self._play if worded else "")
        self._sound, self._recording, self._name, self._worded = sound, recording.content, name, worded
        self.clicked.connect(self._toggle)
        sound.changed.connect(self._follow)

    def _toggle(self) -> None:
        if self._sound.owner is self:
            self._sound.stop()
            return
        self.began.emit()
        self._sound.play(self._recording, self)

    def _follow(self) -> None:
        plays = self._sound.owner is self
        word = self._stop if plays else self._play
        self.change("stop" if plays else "play", f"{word}: {self._name}", word if self._worded else "")
