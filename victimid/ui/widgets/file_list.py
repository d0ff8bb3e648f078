"""Choosing one of the files of a folder, without a file dialog."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from victimid.i18n import Words
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.widgets.frames import replace
from victimid.ui.widgets.text import label

_MOST_LISTED = 20


class FileList(QWidget):
    """A folder and its files that fit a pattern, newest first; ``none`` says that there is none.

    ``read`` runs work away from the window and gives its result back, as `Jobs.run` does.
    """

    changed = Signal()

    def __init__(self, words: Words, caption: str, none: str, pattern: str, read: "Read") -> None:
        super().__init__()
        self._pattern, self._read = pattern, read
        self.folders = FolderChooser(words, caption)
        self.files = ChoiceList([])
        self.none = label(none, "muted")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(12)
        for part in (self.folders, self.files, self.none):
            self._rows.addWidget(part)
        self.folders.changed.connect(self.look)
        self.look()

    def path(self) -> Path | None:
        """Return the file chosen."""
        return Path(self.files.value()) if self.files.value() else None

    def look(self) -> None:
        """List the files of the folder chosen."""
        folder, pattern = self.folders.folder(), self._pattern
        if folder is None:
            self._list([], looked=False)
        else:
            self._read(lambda: newest_first(folder, pattern), self._list)

    def _list(self, found: list[Path], *, looked: bool = True) -> None:
        fresh = ChoiceList([Choice(str(path), path.name) for path in found], keys=False, role="body")
        if len(found) == 1:
            fresh.set_values([str(found[0])])
        fresh.picked.connect(self.changed)
        replace(self._rows, self.files, fresh)
        fresh.follow(self.folders.typed.edit)
        self.files = fresh
        self.none.setVisible(looked and not found)
        self.changed.emit()


Read = Callable[[Callable[[], list[Path]], Callable[[list[Path]], None]], None]


def newest_first(folder: Path, pattern: str) -> list[Path]:
    """Return the files that fit, newest first; a folder that cannot be read has none."""
    try:
        found = [path for path in folder.glob(pattern) if path.is_file()]
        return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)[:_MOST_LISTED]
    except OSError:
        return []
