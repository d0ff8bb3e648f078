"""What is in use: the content pack on this laptop, with its forms and services."""

from PySide6.QtWidgets import QWidget

from victimid import formats
from victimid.app.content_changes import changes
from victimid.app.content_packs import InstalledView
from victimid.formats import isolated
from victimid.i18n import Words
from victimid.ui.screens.content_rows import content_lists
from victimid.ui.screens.content_words import issued_words, number_words
from victimid.ui.widgets.frames import Card, replace
from victimid.ui.widgets.text import label


class InUseCard(Card):
    """The forms and services that every officer of this laptop is offered."""

    def __init__(self, words: Words) -> None:
        super().__init__(spacing=12)
        self._words = words
        # Translators: heading above the forms and services that are offered now.
        self.body.addWidget(label(words.gettext("In use"), "section"))
        self.title = label("", "strong")
        self.told = label("")
        self._shown = QWidget()
        for part in (self.title, self.told, self._shown):
            self.body.addWidget(part)

    def show_installed(self, installed: InstalledView | None) -> None:
        """Tell which pack is installed and what it brought, or that there is none."""
        self.title.setText(self._title(installed))
        self.told.setText(self._told(installed))
        fresh = QWidget()
        if installed is not None:
            forms, services = installed.forms, installed.services or ()
            fresh = content_lists(self._words, changes(forms, forms), changes(services, services))
        replace(self.body, self._shown, fresh)
        self._shown = fresh
        fresh.setVisible(installed is not None)

    def _title(self, installed: InstalledView | None) -> str:
        if installed is None:
            return self._words.gettext("No content pack is installed.")
        return number_words(self._words, installed.number)

    def _told(self, installed: InstalledView | None) -> str:
        words = self._words
        if installed is None:
            return words.gettext("Officers are offered the forms of the program, and no real service: only examples.")
        when = isolated(formats.moment(installed.installed_at, words.language))
        # Translators: {moment} is a day and a time, {name} an officer.
        told = words.gettext("Installed {moment} by {name}", moment=when, name=isolated(installed.by))
        return "\n".join((issued_words(words, installed.issued_at), told))
