"""Choosing where a file goes, without a file dialog: those remember paths in the clear."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QStorageInfo, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.field import Field
from victimid.ui.widgets.frames import replace
from victimid.ui.widgets.text import label

_MEDIA = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
_TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Volume:
    """A removable medium: its name as the system shows it, and its folder."""

    name: str
    path: str


class FolderChooser(QWidget):
    """Removable media, Documents, or a folder typed in; keeps no history."""

    changed = Signal()

    def __init__(
        self,
        words: Words,
        caption: str,
        volumes: Callable[[], Sequence[Volume]] | None = None,
    ) -> None:
        super().__init__()
        self._words = words
        self._volumes = volumes or removable_volumes
        self.typed = Field(
            words.gettext("Folder"), help_text=words.gettext("For example {path}", path=isolated("/media/stick"))
        )
        self.typed.changed.connect(self.changed)
        self.again = Button(words.gettext("Look for sticks again"), "quiet")
        self.again.clicked.connect(self.refresh)
        self.choices = ChoiceList([])
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label(caption, "strong"), 1)
        head.addWidget(self.again)
        self._rows.addLayout(head)
        self._rows.addWidget(self.choices)
        self._rows.addWidget(self.typed)
        self.refresh()

    def folder(self) -> Path | None:
        """Return the folder chosen, or None while there is none that exists."""
        value = self.choices.value()
        text = self.typed.text().strip() if value == _TYPED else value
        path = Path(text) if text else None
        return path if path is not None and path.is_absolute() and path.is_dir() else None

    def refresh(self) -> None:
        """Look for media again and keep what was chosen if it is still there."""
        before = self.choices.value()
        replaced, self.choices = self.choices, ChoiceList(self._options(), keys=False, role="body")
        replace(self._rows, replaced, self.choices)
        self.choices.follow(self.again)
        self.choices.set_values([before])
        self.choices.picked.connect(self._picked)
        self._picked()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - overrides Qt
        """Look for media whenever the chooser comes on screen."""
        super().showEvent(event)
        self.refresh()

    def _options(self) -> list[Choice]:
        words = self._words
        options = [
            # Translators: {name} is the name of a USB stick.
            Choice(volume.path, words.gettext("Stick: {name}", name=isolated(volume.name)))
            for volume in self._volumes()
        ]
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        options.append(Choice(documents, words.gettext("Documents on this laptop")))
        options.append(Choice(_TYPED, words.gettext("Another folder")))
        return options

    def _picked(self) -> None:
        self.typed.setVisible(self.choices.value() == _TYPED)
        self.changed.emit()


def removable_volumes() -> list[Volume]:
    """List media that can be carried away: mounted under a media folder, or another drive on Windows."""
    system_drive = Path.home().drive
    found = []
    for storage in QStorageInfo.mountedVolumes():
        root = storage.rootPath()
        carried = root.startswith(_MEDIA) or (bool(system_drive) and Path(root).drive != system_drive)
        if carried and storage.isReady() and not storage.isReadOnly():
            found.append(Volume(storage.displayName() or root, root))
    return found
