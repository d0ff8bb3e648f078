"""Choosing a form and its languages: our own forms by title, or a questionnaire file of the agency."""

import re
from dataclasses import dataclass
from pathlib import Path

from victimid import i18n
from victimid.app.content import FIRST_LINE
from victimid.app.desk import Desk
from victimid.app.form_languages import speaks
from victimid.app.interviewing import begin
from victimid.app.session import Session
from victimid.forms import checking, loading
from victimid.forms.checking import FormProblem
from victimid.forms.form import Form

__all__ = ["FORM_SUFFIXES", "FormOffer", "FormProblem", "LanguageOffer"]

FORM_SUFFIXES = (".xlsx", ".xls", ".csv", ".md", ".xml")
_TAG_IN_NAME = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")
_UNNAMED = "default"


@dataclass(frozen=True, slots=True)
class LanguageOffer:
    """A language by its own name; ``draft`` where nobody has reviewed our translation of the form."""

    tag: str
    own_name: str
    english_name: str
    in_form: bool
    draft: bool


@dataclass(frozen=True, slots=True)
class FormOffer:
    """A form that can be begun; ``own`` tells ours from an agency's."""

    title: str
    own: bool
    form: Form


def own_forms(session: Session, language: str) -> tuple[FormOffer, ...]:
    """List our own forms by their titles in a language."""
    content = session.content
    return tuple(
        FormOffer(choice.title, own=True, form=content.own_form(choice.id)) for choice in content.choices(language)
    )


def from_file(path: Path) -> FormOffer:
    """Read a questionnaire file of the agency; raises ``form.*``, and ``problems`` then tells every fault."""
    form = loading.load(path)
    return FormOffer(form.title or path.stem, own=False, form=form)


def problems(path: Path) -> tuple[FormProblem, ...]:
    """List what keeps a questionnaire file from being used, each with sheet, row and column where known."""
    return tuple(problem for problem in checking.check(path) if problem.severity == "error")


def languages_for(offer: FormOffer) -> tuple[LanguageOffer, ...]:
    """List the program's languages in the order of need, then those only the form knows."""
    form = offer.form
    ours = [
        LanguageOffer(
            known.tag,
            known.own_name,
            known.english_name,
            in_form=speaks(form.languages, known.tag),
            draft=offer.own and not known.reviewed,
        )
        for known in i18n.languages()
    ]
    tags = {language.tag for language in ours}
    others = ((_tag(name), name) for name in form.languages if name != _UNNAMED)
    return (
        *ours,
        *(LanguageOffer(tag, name, name, in_form=True, draft=False) for tag, name in others if tag not in tags),
    )


def case_language(session: Session, case_ref: str) -> str:
    """Return the person's language of a case; empty for a new case or where it is not known.

    Raises what `Access.case` does.
    """
    return session.access.case(case_ref).person_language if case_ref else ""


def begin_interview(
    session: Session, offer: FormOffer, officer_language: str, person_language: str, case_ref: str = ""
) -> str:
    """Begin an interview in a case, or in a new one, and return its id."""
    ref = case_ref or Desk(session).open_case(person_language).ref
    return begin(session, ref, offer.form, officer_language, person_language).interview_id


def begin_first_line(session: Session, language: str) -> str:
    """Begin a minute of looking in a new case, the person's language still unknown; return the interview's id."""
    offer = next(offer for offer in own_forms(session, language) if offer.form.id == FIRST_LINE)
    return begin_interview(session, offer, language, "")


def _tag(name: str) -> str:
    found = _TAG_IN_NAME.search(name)
    if found:
        return found.group(1)
    same = (known.tag for known in i18n.languages() if name in {known.own_name, known.english_name})
    return next(same, name)
