"""What stands in the service copy of a referral: whitelisted, consented, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from victimid import formats, i18n
from victimid.app.document_words import (
    dimension_title,
    group_title,
    help_name,
    manner,
    urgency,
    withheld_reason,
)
from victimid.app.summary import AnswerLine, Summary
from victimid.i18n import Words
from victimid.model.consent import SHAREABLE, Consent, DataGroup
from victimid.model.people import Officer, Post
from victimid.model.referral import Line, ReferralDocument, Section, Service, Urgency
from victimid.screening.disclosure import Disclosable, Disclosure, disclose, permissions_in_force


@dataclass(frozen=True, slots=True)
class ReferralRequest:
    """What the officer fills in beside the consent; ``help_asked`` are the service's own words for its help."""

    service_id: str
    urgency: Urgency
    help_asked: tuple[str, ...]
    officer_contact: str
    deputy: str
    language: str


@dataclass(frozen=True, slots=True)
class Parties:
    """Who hands over, who receives, under which number, when."""

    post: Post
    officer: Officer
    service: Service
    number: str
    at: datetime


def service_copy(parties: Parties, summary: Summary, request: ReferralRequest, consent: Consent) -> ReferralDocument:
    """Build the copy for a service: only shareable groups, only as far as the person agreed."""
    words = i18n.load("documents", request.language)
    disclosed = disclose(_disclosable(words, summary), permissions_in_force(consent))
    sections = (
        _sender(words, parties, request),
        _receiver(words, parties, request),
        _consent(words, consent),
        *_shared(words, disclosed),
        _withheld(words, disclosed),
        _rights(words),
    )
    return ReferralDocument(
        language=request.language,
        title=words.gettext("Referral to a protection service"),
        reference=parties.number,
        confidentiality=words.gettext(
            "Confidential. For the receiving service only. This is not a determination of status."
        ),
        sections=_numbered(sections, request.language),
        footer=words.gettext(
            "{reference} · page {page} of {pages}", reference=parties.number, page="{page}", pages="{pages}"
        ),
        return_slip=_return_slip(words, parties),
    )


def _numbered(sections: Iterable[Section], language: str) -> tuple[Section, ...]:
    kept = (section for section in sections if section.lines or section.note)
    return tuple(
        Section(f"{formats.number(number, language)}  {section.title}", section.lines, section.note)
        for number, section in enumerate(kept, start=1)
    )


def _sender(words: Words, parties: Parties, request: ReferralRequest) -> Section:
    post = parties.post
    lines = (
        Line(words.gettext("Organisation"), ", ".join(filter(None, (post.organisation, post.unit)))),
        Line(words.gettext("Place"), ", ".join(filter(None, (post.place, post.country)))),
        Line(words.gettext("Officer"), parties.officer.name),
        Line(words.gettext("How to reach the officer"), request.officer_contact),
        Line(words.gettext("Deputy"), request.deputy),
        Line(words.gettext("Written"), formats.moment(parties.at, request.language)),
    )
    return Section(words.gettext("Sender"), _filled(lines))


def _receiver(words: Words, parties: Parties, request: ReferralRequest) -> Section:
    service = parties.service
    note = ""
    if not service.confirmed_on:
        note = words.gettext("The entry of this service in the directory is not confirmed. Check it before use.")
    if service.example:
        note = words.gettext("This is an invented example, not a real service.")
    lines = (
        Line(words.gettext("Service"), service.name),
        Line(words.gettext("Place"), ", ".join(filter(None, (service.place, service.country)))),
        Line(words.gettext("Help asked for"), _help_asked(words, request)),
        Line(words.gettext("How soon"), urgency(words, request.urgency)),
    )
    return Section(words.gettext("Receiver"), _filled(lines), note)


def _help_asked(words: Words, request: ReferralRequest) -> str:
    return formats.listing([help_name(words, kind) for kind in request.help_asked], request.language)


def _consent(words: Words, consent: Consent) -> Section:
    language = i18n.language(consent.language)
    lines = (
        Line(words.gettext("Given by"), words.gettext("the person")),
        Line(words.gettext("How"), manner(words, consent.manner)),
        # Translators: the language in which consent was explained
        Line(words.gettext("Language"), language.own_name),
        Line(words.gettext("Interpreter"), consent.interpreter),
        # Translators: date and time when consent was given
        Line(words.gettext("When"), formats.moment(consent.at, words.language)),
    )
    note = words.gettext("The person can withdraw this consent at any time; the sender will then tell you.")
    return Section(words.gettext("Consent"), _filled(lines), note)


def _disclosable(words: Words, summary: Summary) -> Iterable[Disclosable]:
    for line in summary.answers:
        text = "" if line.attached else _said(line)  # attachments never leave with a referral
        if text:
            yield Disclosable(line.ref, line.group, line.question, text)
    forms = i18n.load("forms", words.language)
    for dimension in summary.findings.dimensions:
        texts = [forms.gettext(raised.sign.text) for raised in dimension.signs]
        if texts:
            title = dimension_title(words, dimension.dimension)
            yield Disclosable("", DataGroup.SIGNS, title, "; ".join(texts))


def _said(line: AnswerLine) -> str:
    quoted = f"“{line.answer.own_words}”" if line.answer.own_words else ""
    return " — ".join(filter(None, (line.text, quoted)))


def _shared(words: Words, disclosed: Disclosure) -> Iterable[Section]:
    for group in SHAREABLE:
        lines = tuple(
            Line(item.label or words.gettext("As the person agreed"), item.text) for item in disclosed.of(group)
        )
        yield Section(group_title(words, group), lines, _group_note(words, group))


def _group_note(words: Words, group: DataGroup) -> str:
    if group is not DataGroup.SIGNS:
        return ""
    return words.gettext("Signs start an enquiry. They do not decide what happened, and their absence clears nobody.")


def _withheld(words: Words, disclosed: Disclosure) -> Section:
    lines = tuple(
        Line(group_title(words, withheld.group), withheld_reason(words, withheld.because))
        for withheld in disclosed.withheld
        if withheld.group is not None
    )
    return Section(words.gettext("Withheld from this copy"), lines)


def _rights(words: Words) -> Section:
    note = words.gettext(
        "Help does not depend on co-operation with the police. Please do not ask the person to tell everything "
        "again, and do not pass this document on."
    )
    return Section(words.gettext("Please note"), (), note)


def _return_slip(words: Words, parties: Parties) -> Section:
    blank = tuple(
        Line(label, "")
        for label in (
            words.gettext("Received by"),
            words.gettext("Date and time"),
            words.gettext("Accepted, or refused with reason"),
            words.gettext("First appointment"),
            words.gettext("Your case number"),
            words.gettext("Signature"),
        )
    )
    reference = Line(words.gettext("Our reference"), parties.number)
    note = words.gettext("Return this slip to the sender. Write no name of the person on it.")
    return Section(words.gettext("Return slip"), (reference, *blank), note)


def _filled(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.text)
