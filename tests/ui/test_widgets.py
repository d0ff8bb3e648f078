"""Building blocks: text stays text, everything works by keyboard, directions follow the language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from victimid.i18n import Words
from victimid.ui.look import dress
from victimid.ui.widgets.banner import Banner
from victimid.ui.widgets.button import Button
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.field import Field, PassphraseField, TextArea
from victimid.ui.widgets.folder_chooser import FolderChooser, Volume
from victimid.ui.widgets.frames import Tag
from victimid.ui.widgets.text import label, set_direction

MARKUP = '<img src="/etc/hostname"> <b>bold</b> & <unclosed'


Shown = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Put parts on a page that is on screen and has the keyboard."""
    pages: list[QWidget] = []

    def show(*parts: QWidget) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        for part in parts:
            rows.addWidget(part)
        dress(page, "light")
        qtbot.addWidget(page)
        pages.append(page)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    return show


def test_markup_is_shown_as_text(shown: Shown) -> None:
    banner = Banner("Close")
    page = shown(banner)
    banner.show_text(MARKUP)
    button = Button(MARKUP)
    for part in (
        label(MARKUP),
        Tag(MARKUP),
        *banner.findChildren(type(label(""))),
        *button.findChildren(type(label(""))),
    ):
        assert part.textFormat() is Qt.TextFormat.PlainText
    assert (banner.text(), button.words(), page.windowTitle()) == (MARKUP, MARKUP, "")


def test_a_button_answers_to_its_key_and_to_the_space_bar(shown: Shown) -> None:
    button, pressed = Button("New interview", "primary", "Ctrl+N"), []
    button.clicked.connect(lambda: pressed.append("clicked"))
    page = shown(button)
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed == ["clicked", "clicked"]
    assert button.accessibleName() == "New interview"


def test_enter_means_both_enter_keys(shown: Shown) -> None:
    button, pressed = Button("Next", "primary", "Enter"), []
    button.clicked.connect(lambda: pressed.append(1))
    page = shown(button)
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_Enter)
    assert len(pressed) == 2


def test_number_keys_choose_but_not_while_typing(shown: Shown) -> None:
    choices = ChoiceList([Choice("yes", "Sí", "Wi"), Choice("no", "No", "Non")])
    field = Field("Words")
    page = shown(choices, field)
    picked: list[str] = []
    choices.picked.connect(picked.append)
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_2)
    assert (picked, choices.value()) == (["no"], "no")
    field.setFocus()
    QTest.keyClick(field.edit, Qt.Key.Key_1)
    assert (field.text(), choices.value()) == ("1", "no")


def test_one_choice_replaces_another_and_several_add_up(shown: Shown) -> None:
    options = [Choice(value, value) for value in "abc"]
    one, several = ChoiceList(options), ChoiceList(options, multiple=True)
    shown(one, several)
    for choices in (one, several):
        for number in (2, 0):
            QTest.mouseClick(choices.buttons[number], Qt.MouseButton.LeftButton)
    assert (one.values(), several.values()) == (("a",), ("a", "c"))
    QTest.mouseClick(several.buttons[0], Qt.MouseButton.LeftButton)
    assert several.values() == ("c",)


def test_a_passphrase_is_hidden_until_shown_on_purpose(shown: Shown) -> None:
    field = PassphraseField("Passphrase", "Show", "Hide it")
    shown(field)
    QTest.keyClicks(field.edit, "secret")
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    QTest.mouseClick(field.toggle, Qt.MouseButton.LeftButton)
    assert (field.edit.displayText(), field.toggle.words()) == ("secret", "Hide it")
    field.clear()
    assert (field.text(), field.edit.echoMode()) == ("", QLineEdit.EchoMode.Password)


@pytest.mark.parametrize("field", [Field, PassphraseField, TextArea])
def test_nothing_typed_is_learnt_or_predicted(qtbot: QtBot, field: type[Field | TextArea]) -> None:
    made = PassphraseField("c", "s", "h") if field is PassphraseField else field("c")
    qtbot.addWidget(made)
    hints = made.edit.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData
    assert hints & Qt.InputMethodHint.ImhNoPredictiveText
    assert made.edit.accessibleName() == "c"


def test_texts_begin_at_the_side_of_their_language(dressed: QApplication) -> None:
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored, spanish = label("RU-7K2M"), label("¿Sí?")
    set_direction(spanish, right_to_left=False)
    assert mirrored.alignment() & Qt.AlignmentFlag.AlignRight
    assert mirrored.alignment() & Qt.AlignmentFlag.AlignAbsolute
    assert spanish.alignment() & Qt.AlignmentFlag.AlignLeft
    assert spanish.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_texts_follow_the_direction_of_what_they_stand_in(shown: Shown) -> None:
    choices = ChoiceList([Choice("yes", "Wi")])
    page = shown(choices)
    said = next(part for part in choices.findChildren(QLabel) if part.text() == "Wi")
    set_direction(page, right_to_left=True)
    assert said.alignment() & Qt.AlignmentFlag.AlignRight
    set_direction(page, right_to_left=False)
    assert said.alignment() & Qt.AlignmentFlag.AlignLeft


def test_folders_are_chosen_without_a_file_dialog(shown: Shown, words: Words, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    chooser = FolderChooser(words, "Where to", lambda: [Volume("BLUE", str(stick))])
    shown(chooser)
    assert chooser.folder() is None
    QTest.mouseClick(chooser.choices.buttons[0], Qt.MouseButton.LeftButton)
    assert chooser.folder() == stick
    QTest.mouseClick(chooser.again, Qt.MouseButton.LeftButton)
    assert chooser.folder() == stick


def test_a_typed_folder_must_exist(shown: Shown, words: Words, tmp_path: Path) -> None:
    chooser = FolderChooser(words, "Where to", list)
    shown(chooser)
    assert chooser.typed.isHidden()
    QTest.mouseClick(chooser.choices.buttons[-1], Qt.MouseButton.LeftButton)
    QTest.keyClicks(chooser.typed.edit, str(tmp_path / "missing"))
    assert chooser.folder() is None
    chooser.typed.set_text(str(tmp_path))
    assert chooser.folder() == tmp_path


def test_a_stick_that_was_pulled_out_is_chosen_no_more(shown: Shown, words: Words, tmp_path: Path) -> None:
    plugged = [Volume("BLUE", str(tmp_path))]
    chooser = FolderChooser(words, "Where to", lambda: plugged)
    shown(chooser)
    QTest.mouseClick(chooser.choices.buttons[0], Qt.MouseButton.LeftButton)
    plugged.clear()
    QTest.mouseClick(chooser.again, Qt.MouseButton.LeftButton)
    assert chooser.folder() is None


def test_making_parts_opens_no_window(words: Words, dressed: QApplication) -> None:
    parts = [
        Button("x", "plain", "F9"),
        Field("c", help_text="h"),
        TextArea("c", help_text="h"),
        ChoiceList([Choice("a", "A")]),
        FolderChooser(words, "Where to", list),
    ]
    visible = [widget for widget in dressed.topLevelWidgets() if widget.isVisible()]
    assert (len(parts), visible) == (5, [])
