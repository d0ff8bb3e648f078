"""To whom, how soon, for which help, and how the officer can be reached."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid import i18n
from victimid.app.document_words import help_name, urgency
from victimid.app.referral_text import ReferralRequest
from victimid.i18n import Words
from victimid.model.referral import Service, Urgency
from victimid.ui.screens import referral_words
from victimid.ui.screens.answer_choices import ChoiceInput
from victimid.ui.widgets.choices import Choice
from victimid.ui.widgets.field import Chooser, Field
from victimid.ui.widgets.frames import Card
from victimid.ui.widgets.text import label, restyle


class RequestForm(QWidget):
    """The service and what is asked of it; ``chosen`` tells that another service was picked."""

    changed = Signal()
    chosen = Signal(str)

    def __init__(self, words: Words, services: Sequence[Service], language: str) -> None:
        super().__init__()
        self._words = words
        self._services = {service.id: service for service in services}
        options = [Choice(service.id, referral_words.service_title(service)) for service in services]
        find = words.gettext("Type a part of the name")
        self.services = ChoiceInput(words, options, several=False, role="body", find=find)
        self._service_id = ""
        self.about = label("")
        self.helps: ChoiceInput | None = None
        times = [(each.value, urgency(words, each)) for each in Urgency]
        self.urgency = Chooser(words.gettext("How soon help is needed"), times, Urgency.DAY.value)
        names = [(each.tag, each.own_name) for each in i18n.languages()]
        self.language = Chooser(words.gettext("Language of the document"), names, language)
        self.contact = Field(words.gettext("How the service can reach you"))
        self.deputy = Field(words.gettext("Deputy, and how to reach them"))
        self._lay_out()
        self._connect()

    def request(self) -> ReferralRequest | None:
        """Return what is asked for, or None while no service is chosen."""
        return self.typed() if self.services.value() else None

    def typed(self) -> ReferralRequest:
        """Return what is filled in so far; no service is the empty text."""
        return ReferralRequest(
            service_id=self.services.value(),
            urgency=Urgency(self.urgency.value()),
            help_asked=tuple(self.helps.value().split()) if self.helps else (),
            officer_contact=self.contact.text().strip(),
            deputy=self.deputy.text().strip(),
            language=self.language.value(),
        )

    def show_request(self, request: ReferralRequest) -> None:
        """Show a request kept as a draft; a service no longer in the directory is left out."""
        if request.service_id in self._services:
            self.services.set_value(request.service_id)
            self._show_service(request.service_id)
            if self.helps:
                self.helps.set_value(" ".join(request.help_asked))
        self.urgency.box.setCurrentIndex(self.urgency.box.findData(request.urgency.value))
        self.language.box.setCurrentIndex(max(self.language.box.findData(request.language), 0))
        self.contact.set_text(request.officer_contact)
        self.deputy.set_text(request.deputy)

    def _lay_out(self) -> None:
        words = self._words
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addWidget(label(words.gettext("Service"), "section"))
        rows.addWidget(self.services)
        self.card = Card("attention", margin=14, spacing=4)
        self.card.body.addWidget(self.about)
        self.card.hide()
        rows.addWidget(self.card)
        self._helps = QVBoxLayout()
        self._helps_caption = label(words.gettext("Help asked for"), "caption")
        self._helps_caption.hide()
        self._helps.addWidget(self._helps_caption)
        rows.addLayout(self._helps)
        pair = QHBoxLayout()
        pair.addWidget(self.urgency, 1)
        pair.addWidget(self.language, 1)
        rows.addLayout(pair)
        rows.addWidget(self.contact)
        rows.addWidget(self.deputy)

    def _connect(self) -> None:
        self.services.edited.connect(self._pick)
        for chooser in (self.urgency, self.language):
            chooser.changed.connect(lambda _: self.changed.emit())
        for field in (self.contact, self.deputy):
            field.changed.connect(lambda _: self.changed.emit())

    def _pick(self) -> None:
        service_id = self.services.value()
        if not service_id:  # a service that was chosen stays so until another is
            self.services.set_value(self._service_id)
            return
        self._show_service(service_id)
        self.chosen.emit(service_id)
        self.changed.emit()

    def _show_service(self, service_id: str) -> None:
        self._service_id = service_id
        service = self._services[service_id]
        languages = [i18n.language(tag).own_name for tag in service.languages]
        groups = [help_name(self._words, kind) for kind in service.serves]
        self.about.setText(referral_words.service_state(self._words, service, groups, languages))
        certain = bool(service.confirmed_on) and not service.example
        restyle(self.card, "tone", "neutral" if certain else "attention")
        self.card.show()
        self._helps_caption.show()
        if self.helps is not None:
            self._helps.removeWidget(self.helps)
            self.helps.hide()
            self.helps.deleteLater()
        offered = [Choice(kind, help_name(self._words, kind)) for kind in service.helps]
        self.helps = ChoiceInput(self._words, offered, several=True, role="body")
        self.helps.edited.connect(self.changed)
        self._helps.addWidget(self.helps)
