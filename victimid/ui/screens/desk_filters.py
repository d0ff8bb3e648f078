"""What the list of cases is narrowed to: typed words, one of a few conditions, a language."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from victimid import i18n
from victimid.app.desk import DeskView
from victimid.i18n import Words
from victimid.model.case import Stage
from victimid.model.case_list import CaseFilter
from victimid.ui.widgets.field import Chooser, Field

_TYPING_MS = 200
_CHOOSER_WIDTH = 210
_OWN, _HANDED_OVER, _UNFINISHED, _NOT_EXPORTED, _DUE = "own", "handed_over", "unfinished", "not_exported", "due"


class Filters(QWidget):
    """``changed`` comes when a choice is made, and a moment after the typing rests."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._officer_id = ""
        self._names = {language.tag: language.own_name for language in i18n.languages()}
        # Translators: field in which part of a case reference, or words of an answer, are typed.
        self.search = Field(words.gettext("Find a reference or words"))
        # Translators: caption of a list from which the cases to show are chosen.
        self.shown = Chooser(words.gettext("Show"), _choices(words))
        # Translators: every language, in a list of languages.
        self.language = Chooser(words.gettext("Language"), [("", words.pgettext("languages", "All"))])
        self.typing = QTimer(self)
        self.typing.setSingleShot(True)
        self.typing.setInterval(_TYPING_MS)
        self.typing.timeout.connect(self.changed)
        self.search.changed.connect(lambda _: self.typing.start())
        for chooser in (self.shown, self.language):
            chooser.setFixedWidth(_CHOOSER_WIDTH)
            chooser.changed.connect(lambda _: self.changed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.search, 1)
        row.addWidget(self.shown)
        row.addWidget(self.language)

    def text(self) -> str:
        """Return what is typed."""
        return self.search.text().strip()

    def narrowed(self) -> bool:
        """Tell whether anything but all cases is asked for."""
        return self.wanted() != CaseFilter()

    def wanted(self) -> CaseFilter:
        """Return which cases are asked for."""
        shown = self.shown.value()
        return CaseFilter(
            piece=self.text(),
            owner=self._officer_id if shown in {_OWN, _HANDED_OVER} else None,
            handed_over=shown == _HANDED_OVER,
            stage=Stage(shown) if shown in set(Stage) else None,
            unfinished=shown == _UNFINISHED,
            not_exported=shown == _NOT_EXPORTED,
            due=shown == _DUE,
            language=self.language.value(),
        )

    def offer(self, view: DeskView) -> None:
        """Offer the languages there are, own cases where others can be seen too, and those due to who may delete."""
        self._officer_id = view.officer_id
        for tag in view.languages:
            _add(self.language, tag, self._names.get(tag, tag))
        own = self.shown.box.findData(_OWN)
        if not view.sees_all and own >= 0:
            self.shown.box.removeItem(own)
        if view.may_delete:
            # Translators: choice of a list: cases whose time is over by the policy of this laptop.
            _add(self.shown, _DUE, self._words.pgettext("cases", "Due for deletion"))


def _add(chooser: Chooser, value: str, text: str) -> None:
    if chooser.box.findData(value) < 0:
        chooser.box.addItem(text, value)


def _choices(words: Words) -> list[tuple[str, str]]:
    return [
        # Translators: choice of a list: every case.
        ("", words.pgettext("cases", "All cases")),
        # Translators: choice of a list: the cases that this officer answers for.
        (_OWN, words.pgettext("cases", "My cases")),
        # Translators: choice of a list: cases another officer began and this one answers for now.
        (_HANDED_OVER, words.pgettext("cases", "Handed over to me")),
        (_UNFINISHED, words.gettext("Unfinished interviews")),
        (Stage.INTERVIEWED.value, words.pgettext("stage", "To be decided")),
        (Stage.DECIDED.value, words.pgettext("stage", "Decided")),
        (Stage.REFERRED.value, words.pgettext("stage", "Referred")),
        (_NOT_EXPORTED, words.gettext("Not yet at headquarters")),
    ]
