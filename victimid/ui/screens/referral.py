"""Referral of a case to one service: consent first, the very pages beside it, then the encrypted PDF."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from victimid.app import case_draft, referral_preview, referring
from victimid.app.referral_preview import Preview
from victimid.app.referring import ReferralView, WrittenReferral
from victimid.app.session import Session
from victimid.app.summary import Summary, summarise
from victimid.errors import VictimIDError
from victimid.model.consent import Consent
from victimid.ui.context import Context
from victimid.ui.destinations import ToDesk, ToSummary
from victimid.ui.draft import Draft
from victimid.ui.screen import SessionScreen
from victimid.ui.screens import referral_draft
from victimid.ui.screens.referral_draft import ReferralDraft
from victimid.ui.screens.referral_form import ReferralForm
from victimid.ui.screens.referral_written import WrittenPage

_PREVIEW_AFTER_MS = 350
_DRAFT = "referral"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the screen starts from."""

    summary: Summary
    view: ReferralView
    draft: ReferralDraft | None


class ReferralScreen(SessionScreen):
    """Nothing leaves the laptop here but what the preview shows."""

    def __init__(self, context: Context, case_ref: str) -> None:
        super().__init__(context)
        self._case_ref = case_ref
        self._consents: tuple[Consent, ...] = ()
        self._busy = False
        self._for_service = ""
        self.form: ReferralForm | None = None
        self.draft: Draft | None = None
        self.written: WrittenPage | None = None
        self._pages = QStackedWidget()
        self.body.addWidget(self._pages)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(_PREVIEW_AFTER_MS)
        self._refresh.timeout.connect(self._preview)
        session, language = context.session, self.words.language
        self.jobs.run(lambda: _load(session, case_ref, language), self._show, self)

    def _show(self, loaded: Loaded) -> None:
        self._consents = loaded.view.consents
        self.form = form = ReferralForm(self.words, loaded.summary, loaded.view)
        if loaded.draft is not None:
            form.show_draft(loaded.draft)
            self._for_service = form.request.services.value()
        keep = partial(case_draft.keep, self.context.session, self._case_ref, _DRAFT)
        self.draft = Draft(self, self.jobs, lambda: referral_draft.write(form.typed()), keep)
        form.changed.connect(self.draft.soon)
        form.changed.connect(self._refresh.start)
        form.request.chosen.connect(self._show_consent)
        form.record.clicked.connect(self._record)
        form.write.clicked.connect(self._write)
        form.back.clicked.connect(lambda: self.go.emit(ToSummary(self._case_ref)))
        form.desk.clicked.connect(lambda: self.go.emit(ToDesk()))
        self._pages.addWidget(form)
        self._preview()

    def _show_consent(self, service_id: str) -> None:
        """Show what was agreed for the service just chosen; what was noted for another does not carry over."""
        before, self._for_service = self._for_service, service_id
        if self.form is None or before == service_id:
            return
        last = next((each for each in reversed(self._consents) if each.service_id == service_id), None)
        if last is not None and last.withdrawn_at is None:
            self.form.consent.show_consent(last)
        elif before:
            self.form.consent.clear()

    def _preview(self) -> None:
        form = self.form
        draft = form.draft() if form is not None else None
        if form is None or draft is None or draft.request is None:
            return
        session, ref, request, given = self.context.session, self._case_ref, draft.request, draft.given
        self.jobs.run(lambda: referral_preview.preview(session, ref, request, given), self._show_preview, self)

    def _show_preview(self, preview: Preview) -> None:
        if self.form is not None:
            self.form.show_preview(preview)

    def _record(self) -> None:
        draft = self.form.draft() if self.form is not None else None
        if draft is None or draft.request is None or self._busy:
            return
        self._busy = True
        session, ref = self.context.session, self._case_ref
        self.jobs.run(lambda: _record(session, ref, draft), self._recorded, self, self._failed)

    def _recorded(self, consents: tuple[Consent, ...]) -> None:
        self._busy = False
        self._consents = consents
        self.banner.show_text(self.words.gettext("The consent is recorded."), "done")

    def _write(self) -> None:
        form = self.form
        draft = form.draft() if form is not None else None
        folder = form.folder.folder() if form is not None else None
        if self.draft is None or draft is None or draft.request is None or folder is None or self._busy:
            return
        self._busy = True
        session, ref, request = self.context.session, self._case_ref, draft.request

        def write() -> WrittenReferral:
            _record(session, ref, draft)
            return referring.write(session, ref, request, folder)

        self.jobs.run(self.draft.recording(write), self._show_written, self, self._failed)

    def _show_written(self, written: WrittenReferral) -> None:
        self._busy = False
        self.banner.hide()
        self.written = WrittenPage(self.words, written)
        self.written.done.connect(lambda: self.go.emit(ToDesk()))
        self._pages.addWidget(self.written)
        self._pages.setCurrentWidget(self.written)

    def _failed(self, error: VictimIDError) -> None:
        self._busy = False
        self.explain(error)


def _load(session: Session, case_ref: str, language: str) -> Loaded:
    summary = summarise(session, case_ref, language)
    draft = referral_draft.read(case_draft.read(session, case_ref, _DRAFT))
    return Loaded(summary, referring.view(session, case_ref), draft)


def _record(session: Session, case_ref: str, draft: ReferralDraft) -> tuple[Consent, ...]:
    """Put the consent into the ledger, unless the very same stands there last."""
    before, given, request = referring.view(session, case_ref).consents, draft.given, draft.request
    if request is None:
        return before
    last = next((each for each in reversed(before) if each.service_id == request.service_id), None)
    if last is not None and last.withdrawn_at is None and _same(last, draft):
        return before
    recorded = referring.record_consent(
        session,
        case_ref,
        request.service_id,
        given.permissions,
        given.manner,
        given.language,
        given.interpreter,
    )
    return (*before, recorded)


def _same(consent: Consent, draft: ReferralDraft) -> bool:
    given = draft.given
    return (consent.permissions, consent.manner, consent.language, consent.interpreter) == (
        given.permissions,
        given.manner,
        given.language,
        given.interpreter,
    )
