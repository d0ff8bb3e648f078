"""Forms and services of a content pack as lists, with what becomes of each."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from victimid.app.content_changes import Change
from victimid.i18n import Words
from victimid.model.installed_content import PackForm
from victimid.model.referral import Service
from victimid.ui.screens.content_words import change_words, form_facts, forms_words, services_words
from victimid.ui.screens.referral_words import service_marks, service_title
from victimid.ui.widgets.banner import Tone
from victimid.ui.widgets.frames import Tag
from victimid.ui.widgets.short_list import ShortList
from victimid.ui.widgets.text import label

_APART = 16
_TONES: dict[Change, Tone] = {Change.NEW: "done", Change.CHANGED: "primary", Change.GONE: "attention"}


def content_lists(
    words: Words, forms: Sequence[tuple[PackForm, Change]], services: Sequence[tuple[Service, Change]]
) -> QWidget:
    """List forms and services, each below how many of them there are; say so where there are no services."""
    made = QWidget()
    rows = QVBoxLayout(made)
    rows.setContentsMargins(0, _APART, 0, 0)
    rows.setSpacing(_APART)
    if forms:
        form_rows = [
            partial(_row, words, form.title or form.id, form_facts(words, form), change) for form, change in forms
        ]
        rows.addWidget(_list(words, forms_words(words, _count(forms)), form_rows))
    service_rows = [
        partial(_row, words, service_title(service), " · ".join(service_marks(words, service)), change)
        for service, change in services
    ]
    rows.addWidget(_list(words, services_words(words, _count(services)), service_rows))
    return made


def _count(entries: Sequence[tuple[object, Change]]) -> int:
    return sum(change is not Change.GONE for _, change in entries)


def _list(words: Words, heading: str, entries: Sequence[Callable[[], QWidget]]) -> QWidget:
    made = QWidget()
    rows = QVBoxLayout(made)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(10)
    rows.addWidget(label(heading, "strong"))
    # Translators: button below the first entries of a long list.
    rows.addWidget(ShortList(entries, words.gettext("Show more")))
    return made


def _row(words: Words, title: str, facts: str, change: Change) -> QWidget:
    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(16)
    said = QVBoxLayout()
    said.setSpacing(2)
    said.addWidget(label(title))
    said.addWidget(label(facts, "caption"))
    across.addLayout(said, 1)
    if change in _TONES:
        across.addWidget(Tag(change_words(words, change), _TONES[change]), 0, Qt.AlignmentFlag.AlignTop)
    return made
