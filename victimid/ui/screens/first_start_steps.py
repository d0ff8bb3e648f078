"""The steps of the first start, each a page that knows what is still missing."""

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid import i18n
from victimid.i18n import Words
from victimid.model.people import Post
from victimid.ui.widgets.choices import Choice, ChoiceList
from victimid.ui.widgets.field import Field
from victimid.ui.widgets.text import label


class Step(QWidget):
    """One step: title, explanation, fields; ``problem`` says in words what keeps the officer from going on."""

    changed = Signal()

    def __init__(self, title: str, explanation: str) -> None:
        super().__init__()
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(12)
        self.rows.addWidget(label(title, "title"))
        self.rows.addWidget(label(explanation, "muted"))

    def problem(self) -> str:
        """Return what is missing, or an empty text."""
        return ""

    def _add(self, field: Field) -> Field:
        field.changed.connect(self.changed)
        self.rows.addWidget(field)
        return field

    def _add_beside(self, *fields: Field) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in fields:
            field.changed.connect(self.changed)
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.rows.addLayout(row)


class LanguageStep(Step):
    """The officer's language, by its own name."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(
            words.gettext("Language"),
            words.gettext("The language you work in. It can be changed whenever the program is locked."),
        )
        options = [Choice(language.tag, language.own_name) for language in i18n.languages()]
        self.list = ChoiceList(options, keys=False)
        self.list.set_values([words.language])
        self.list.picked.connect(self.chosen)
        self.rows.addWidget(self.list)


class PostStep(Step):
    """The unit this laptop belongs to."""

    def __init__(self, words: Words) -> None:
        super().__init__(
            words.gettext("This laptop"),
            words.gettext("Printed on referrals and used to number cases. Nothing here concerns a person."),
        )
        self._words = words
        self.organisation = self._add(Field(words.gettext("Organisation")))
        self.unit = self._add(Field(words.gettext("Unit")))
        # Translators: place where the post or station is.
        self.place = Field(words.gettext("Place"))
        self.country = Field(words.gettext("Country"))
        self._add_beside(self.place, self.country)
        self.prefix = Field(
            words.gettext("Two letters for case references"),
            help_text=words.gettext("For example {prefix}, as in {reference}", prefix="RU", reference="RU-7K2M"),
        )
        self.prefix.edit.setValidator(QRegularExpressionValidator(QRegularExpression("[A-Za-z]{2}"), self))
        self.laptop = Field(
            words.gettext("Name of this laptop"),
            help_text=words.gettext("For example {laptop}, as on its label", laptop="R-03"),
        )
        self._add_beside(self.prefix, self.laptop)

    def post(self) -> Post:
        """Return what was entered."""
        return Post(
            organisation=self.organisation.text().strip(),
            unit=self.unit.text().strip(),
            place=self.place.text().strip(),
            country=self.country.text().strip(),
            prefix=self.prefix.text().upper(),
            laptop=self.laptop.text().strip(),
        )

    def problem(self) -> str:
        """Ask for everything, because all of it is printed on referrals."""
        post = self.post()
        if len(post.prefix) != 2:
            return self._words.gettext("Enter two letters for the case references.")
        filled = (post.organisation, post.unit, post.place, post.country, post.laptop)
        return "" if all(filled) else self._words.gettext("Fill in every line.")
