"""Parts of the export screen that send: what waits, where it goes, what was written and how to check it."""

import shlex
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from victimid import formats
from victimid.app.exporting import BUNDLE_NAMESPACE, ExportView, WrittenExport
from victimid.i18n import Words
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.folder_chooser import FolderChooser
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.readout import Readout
from victimid.ui.widgets.text import label
from victimid.ui.widgets.under_way import UnderWay


class SendCard(Card):
    """What waits for headquarters and where to write it; ``write`` carries the folder."""

    write = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=12)
        self._words = words
        self._ready = self._busy = False
        self.waiting = label("", "section")
        self.key = label("", "caption")
        self.folders = FolderChooser(words, words.gettext("Where to"))
        # Translators: button that writes the encrypted export file.
        self.button = Button(words.gettext("Write export"), "primary")
        self.button.clicked.connect(self._ask)
        self.folders.changed.connect(self._refresh)
        self.work = UnderWay(words, words.gettext("How far it is"))
        for part in (self.waiting, self.key, self.folders):
            self.body.addWidget(part)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.work)

    def show_view(self, view: ExportView) -> None:
        """Say what waits and for which keys it is encrypted."""
        words, count = self._words, view.waiting_cases
        if count:
            self.waiting.setText(
                words.ngettext("{count} case waits for headquarters", "{count} cases wait for headquarters", count)
            )
        else:
            self.waiting.setText(words.gettext("Nothing waits for headquarters"))
        self.key.setText(self._key_words(view.headquarters_keys))
        self._ready = bool(count and view.headquarters_keys)
        self.folders.setVisible(self._ready)
        self.button.setVisible(self._ready)
        self._refresh()

    def set_busy(self, *, busy: bool) -> None:
        """Show that the export is being written."""
        words, self._busy = self._words, busy
        self.button.set_text(words.gettext("Writing …") if busy else words.gettext("Write export"))
        self.folders.setEnabled(not busy)
        self._refresh()

    def _key_words(self, keys: tuple[str, ...]) -> str:
        if not keys:
            return self._words.gettext("This laptop has no key of headquarters, so nothing can be exported yet.")
        # Translators: {keys} are public keys of headquarters.
        return self._words.gettext("Encrypted to headquarters: {keys}", keys=formats.isolated(", ".join(keys)))

    def _refresh(self) -> None:
        self.button.setEnabled(self._ready and not self._busy and self.folders.folder() is not None)

    def _ask(self) -> None:
        folder = self.folders.folder()
        if folder is not None:
            self.write.emit(folder)


class WrittenCard(Card):
    """What was written, what to do with it, and how anybody can check it without this program."""

    def __init__(self, words: Words) -> None:
        super().__init__(tone="done", spacing=12)
        self._words = words
        self.title = label("", "section")
        self.path = Readout(words.gettext("File"), lines=2)
        self.steps = label(
            words.gettext(
                "Remove the stick safely and bring it to headquarters. The file is encrypted and may travel by any "
                "courier. Keep the cases here until the receipt is back."
            )
        )
        self.commands = Readout(words.gettext("To check it without this program"), lines=6)
        for part in (self.title, self.path, self.steps, self.commands):
            self.body.addWidget(part)
        self.hide()

    def show_written(self, written: WrittenExport, device: str, public_key: str) -> None:
        """Fill in and appear."""
        # Translators: {number} is the number of an export.
        self.title.setText(self._words.gettext("Bundle {number} is written", number=written.export.sequence))
        self.path.set_text(str(written.path))
        self.commands.set_text("\n".join(check_commands(written.path, device, public_key)))
        self.show()


def check_commands(bundle: Path, device: str, public_key: str) -> list[str]:
    """Return the commands of standard tools that check and open a bundle."""
    return [
        f"mkdir bundle && tar xf {shlex.quote(str(bundle))} -C bundle && cd bundle",
        "sha256sum -c SHA256SUMS",
        f"echo {shlex.quote(f'{device} {public_key}')} > signers",
        f"ssh-keygen -Y verify -f signers -I {device} -n {BUNDLE_NAMESPACE} -s manifest.json.sig < manifest.json",
        "age -d -i headquarters.key data-0001.age | zcat",
    ]
