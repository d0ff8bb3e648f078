"""What the person agrees to, group by group, and how they said so."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid import i18n
from victimid.app.document_words import group_title, manner, withheld_reason
from victimid.app.referral_preview import ConsentGiven
from victimid.i18n import Words
from victimid.model.consent import SHAREABLE, Consent, DataGroup, GroupPermission, Manner, Permission
from victimid.model.referral import WithheldBecause
from victimid.ui.screens import referral_words
from victimid.ui.widgets.field import Chooser, Field, TextArea
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label

_BECAUSE = {
    Permission.NO: WithheldBecause.NO_CONSENT,
    Permission.LIMITED: WithheldBecause.LIMITED,
    Permission.NOT_ASKED: WithheldBecause.NOT_ASKED,
}


class GroupRow(QWidget):
    """One group of data: yes, limited to a text, no, or not asked."""

    changed = Signal()

    def __init__(self, words: Words, group: DataGroup) -> None:
        super().__init__()
        self.group = group
        options = [(each.value, referral_words.permission(words, each)) for each in Permission]
        self.choice = Chooser("", options, Permission.NOT_ASKED.value)
        self.choice.box.setAccessibleName(group_title(words, group))
        self.choice.box.setMinimumWidth(140)
        self.text = TextArea(words.gettext("Only this may be passed on"), lines=2)
        row = QHBoxLayout()
        row.addWidget(label(group_title(words, group)), 1)
        row.addWidget(self.choice)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(row)
        rows.addWidget(self.text)
        self.text.hide()
        self.choice.changed.connect(lambda _: self._refresh())
        self.text.changed.connect(self.changed)

    def permission(self) -> GroupPermission:
        """Return what is noted for this group."""
        given = Permission(self.choice.value())
        return GroupPermission(self.group, given, self.text.text().strip() if given is Permission.LIMITED else "")

    def show_permission(self, given: GroupPermission) -> None:
        """Show what was agreed before."""
        self.text.set_text(given.limited_to)
        self.choice.box.setCurrentIndex(self.choice.box.findData(given.permission.value))

    def _refresh(self) -> None:
        self.text.setVisible(self.choice.value() == Permission.LIMITED.value)
        self.changed.emit()


class ConsentForm(QWidget):
    """Asked of the person and noted by the officer; nothing is agreed to from the start."""

    changed = Signal()

    def __init__(self, words: Words, language: str) -> None:
        super().__init__()
        self._words = words
        self.groups = [GroupRow(words, group) for group in SHAREABLE]
        ways = [(each.value, manner(words, each)) for each in Manner]
        self.manner = Chooser(words.gettext("How consent was given"), ways)
        names = [(each.tag, each.own_name) for each in i18n.languages()]
        if language and language not in dict(names):
            names.append((language, i18n.language(language).own_name))
        self.language = Chooser(words.gettext("Language used"), names, language)
        self.interpreter = Field(
            words.gettext("Interpreter (a code, never a name)"), help_text=words.gettext("Empty if there was none")
        )
        self.withheld = label("")
        self._lay_out()
        self._connect()
        self._refresh()

    def given(self) -> ConsentGiven:
        """Return what is noted."""
        return ConsentGiven(
            permissions=tuple(row.permission() for row in self.groups),
            manner=Manner(self.manner.value()),
            language=self.language.value(),
            interpreter=self.interpreter.text().strip(),
        )

    def complete(self) -> bool:
        """Tell whether every limited consent says to what."""
        given = [row.permission() for row in self.groups]
        return all(each.limited_to or each.permission is not Permission.LIMITED for each in given)

    def show_consent(self, consent: Consent | ConsentGiven) -> None:
        """Show what is in the ledger or in a draft."""
        by_group = {each.group: each for each in consent.permissions}
        for row in self.groups:
            row.show_permission(by_group.get(row.group, GroupPermission(row.group, Permission.NOT_ASKED)))
        self.manner.box.setCurrentIndex(self.manner.box.findData(consent.manner.value))
        self.language.box.setCurrentIndex(max(self.language.box.findData(consent.language), 0))
        self.interpreter.set_text(consent.interpreter)

    def clear(self) -> None:
        """Forget what was agreed: consent for one service says nothing about another."""
        for row in self.groups:
            row.show_permission(GroupPermission(row.group, Permission.NOT_ASKED))

    def _lay_out(self) -> None:
        words = self._words
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addWidget(label(words.gettext("Consent of the person"), "section"))
        advice = words.gettext(
            "Ask for each part in words the person understands. A no changes nothing about the help."
        )
        rows.addWidget(label(advice, "caption"))
        for row in self.groups:
            rows.addWidget(row)
        pair = QHBoxLayout()
        pair.addWidget(self.manner, 1)
        pair.addWidget(self.language, 1)
        rows.addLayout(pair)
        rows.addWidget(self.interpreter)
        card = Card("neutral", margin=14, spacing=4)
        card.body.addWidget(label(words.gettext("Withheld from this copy"), "strong"))
        card.body.addWidget(self.withheld)
        rows.addWidget(card)

    def _connect(self) -> None:
        for row in self.groups:
            row.changed.connect(self._refresh)
        for chooser in (self.manner, self.language):
            chooser.changed.connect(lambda _: self.changed.emit())
        self.interpreter.changed.connect(lambda _: self.changed.emit())

    def _refresh(self) -> None:
        self.withheld.setText(withheld(self._words, [row.permission() for row in self.groups]))
        self.changed.emit()


def withheld(words: Words, permissions: Sequence[GroupPermission]) -> str:
    """List the groups of data that this copy leaves out, each with the reason."""
    given = {each.group: each.permission for each in permissions}
    lines = []
    for group in DataGroup:
        permission = given.get(group, Permission.NOT_ASKED)
        if group in SHAREABLE and permission is Permission.YES:
            continue
        because = _BECAUSE[permission] if group in SHAREABLE else WithheldBecause.NEVER
        lines.append(f"{group_title(words, group)}: {withheld_reason(words, because)}")
    return "\n".join(lines)
