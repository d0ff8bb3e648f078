"""Choosing a form and its languages: ours by title, those that headquarters sent, or a questionnaire file."""

import re
from dataclasses import dataclass
from pathlib import Path

from victimid import i18n
from victimid.app import form_tools
from victimid.app.content import FIRST_LINE
from victimid.app.desk import Desk
from victimid.app.form_languages import speaks
from victimid.app.interviewing import begin
from victimid.app.session import Session
from victimid.forms import checking, loading
from victimid.forms.checking import FormProblem
from victimid.forms.form import Form
from victimid.model.installed_content import PackForm

__all__ = ["FORM_SUFFIXES", "ChosenForm", "FormOffer", "FormProblem", "LanguageOffer"]

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
    """A form to choose: one of ours, or one that headquarters sent, then with the SHA-256 it is kept under."""

    id: str
    title: str
    version: str
    sha256: str = ""

    @property
    def own(self) -> bool:
        """Whether it is one of ours."""
        return not self.sha256


@dataclass(frozen=True, slots=True)
class ChosenForm:
    """A form that can be begun; ``own`` tells ours from an agency's."""

    title: str
    own: bool
    form: Form


def offers(session: Session, language: str) -> tuple[FormOffer, ...]:
    """List our own forms by their titles in a language, then those that headquarters sent, not yet loaded."""
    own = (FormOffer(each.id, each.title, each.version) for each in session.content.choices(language))
    sent = (FormOffer(each.id, each.title or each.id, each.version, each.sha256) for each in _sent(session))
    return (*own, *sent)


def load(session: Session, offer: FormOffer) -> ChosenForm:
    """Load the form of an offer; raises ``interview.form_unknown`` for one that was replaced meanwhile, ``form.*``."""
    form = session.content.own_form(offer.id) if offer.own else _kept(session, offer.sha256)
    return ChosenForm(offer.title, offer.own, form)


def named(session: Session, name: str) -> Form:
    """Load one of our own forms or of headquarters' by its id, or a form file by its path; raises ``form.*``."""
    sha256 = next((each.sha256 for each in _sent(session) if each.id == name), "")
    return _kept(session, sha256) if sha256 else form_tools.find(session.content, name)


def from_file(path: Path) -> ChosenForm:
    """Read a questionnaire file of the agency; raises ``form.*``, and ``problems`` then tells every fault."""
    form = loading.load(path)
    return ChosenForm(form.title or path.stem, own=False, form=form)


def problems(path: Path) -> tuple[FormProblem, ...]:
    """List what keeps a questionnaire file from being used, each with sheet, row and column where known."""
    return tuple(problem for problem in checking.check(path) if problem.severity == "error")


def languages_for(chosen: ChosenForm) -> tuple[LanguageOffer, ...]:
    """List the program's languages in the order of need, then those only the form knows."""
    form = chosen.form
    ours = [
        LanguageOffer(
            known.tag,
            known.own_name,
            known.english_name,
            in_form=speaks(form.languages, known.tag),
            draft=chosen.own and not known.reviewed,
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
    session: Session, form: Form, officer_language: str, person_language: str, case_ref: str = ""
) -> str:
    """Begin an interview in a case, or in a new one, and return its id."""
    ref = case_ref or Desk(session).open_case(person_language).ref
    return begin(session, ref, form, officer_language, person_language).interview_id


def begin_first_line(session: Session, language: str) -> str:
    """Begin a minute of looking in a new case, the person's language still unknown; return the interview's id."""
    return begin_interview(session, session.content.own_form(FIRST_LINE), language, "")


def _sent(session: Session) -> tuple[PackForm, ...]:
    return session.vault.content.forms()


def _kept(session: Session, sha256: str) -> Form:
    return session.content.kept_form(session.vault.interviews.form(sha256))


def _tag(name: str) -> str:
    found = _TAG_IN_NAME.search(name)
    if found:
        return found.group(1)
    same = (known.tag for known in i18n.languages() if name in {known.own_name, known.english_name})
    return next(same, name)
