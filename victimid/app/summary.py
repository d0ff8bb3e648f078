"""Summary of a case: signs with the answers that raised them, what was not answered, and the officer's decision."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from victimid.app import linking
from victimid.app.form_languages import matching
from victimid.app.interview_text import answer_text, latest_day
from victimid.app.session import Session, Sources
from victimid.errors import VictimIDError
from victimid.forms.session import Session as FormSession
from victimid.forms.state import Question
from victimid.model.answer import Answer, Kind
from victimid.model.case import Case
from victimid.model.consent import DataGroup
from victimid.model.finding import Decision, Evidence, Findings, Outcome
from victimid.model.interview import Interview
from victimid.model.link import Shared
from victimid.screening.findings import findings
from victimid.screening.safeguards import child_or_doubt

# A form that asks neither, such as the first line, says nothing about age.
_AGE_QUESTIONS = {"age", "may_be_child"}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One recorded answer as the summary lists it, in the language asked for."""

    ref: str
    number: int
    group: DataGroup | None
    question: str
    answer: Answer
    text: str
    attached: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What was recorded in a case; ``child`` is True for a child or where age is in doubt."""

    case: Case
    interviews: tuple[Interview, ...]
    findings: Findings
    answers: tuple[AnswerLine, ...]
    child: bool
    scored: bool
    decision: Decision | None
    shared: tuple[Shared, ...] = ()


def summarise(session: Session, case_ref: str, language: str) -> Summary:
    """Gather everything recorded in a case and apply the published rule set; raises what `Access.case` does."""
    found = gathered(session.sources, session.access.case(case_ref), language)
    return replace(found, shared=linking.of_case(session, case_ref))


def gathered(sources: Sources, case: Case, language: str) -> Summary:
    """Gather what was recorded in a case for somebody whom the caller has let in."""
    vault, case_ref = sources.vault, case.ref
    interviews = vault.interviews.of_case(case_ref)
    evidence: list[Evidence] = []
    lines: list[AnswerLine] = []
    names: set[str] = set()
    scored = False
    for interview in interviews:
        form = sources.content.kept_form(vault.interviews.form(interview.form_sha256))
        state = FormSession(form, instance=interview.instance or None, clock=sources.clock)
        asked = _questions(state, matching(form.languages, form.default_language, language))
        evidence += _evidence(state, asked)
        lines += _lines(vault.interviews.answers(interview.id), asked, language)
        scored = scored or any("sign" in question.vid for question in asked.values())
        names |= {_name(ref) for ref in asked}
    child = bool(_AGE_QUESTIONS & names) and _child(lines, sources.clock().date())
    rule_set = sources.content.rule_set(child=child)
    unanswered = Counter(line.answer.non_answer for line in lines if line.answer.non_answer)
    return Summary(
        case=case,
        interviews=interviews,
        findings=findings(evidence, rule_set, sources.content.catalogue(), unanswered),
        answers=tuple(lines),
        child=child,
        scored=scored,
        decision=vault.decisions.latest(case_ref),
    )


def decide(session: Session, summary: Summary, outcome: Outcome, reason: str) -> Decision:
    """Record what the officer decided and why; raises ``decision.reason_missing``."""
    session.access.case(summary.case.ref)
    if not reason.strip():
        raise VictimIDError("decision.reason_missing")
    decision = Decision(
        case_ref=summary.case.ref,
        outcome=outcome,
        reason=reason.strip(),
        rule_set_id=summary.findings.rule_set_id,
        rule_set_version=summary.findings.rule_set_version,
        by=session.officer_id,
        at=session.clock(),
    )
    session.vault.decisions.record(decision)
    return decision


def _child(lines: Sequence[AnswerLine], today: date) -> bool:
    values = {_name(line.ref): line.answer.value for line in lines}
    exact = {_name(line.ref): line.answer.precision for line in lines}
    born = values.get("birth_date", "")
    return child_or_doubt(
        values.get("age", ""),
        values.get("may_be_child", ""),
        latest_day(date.fromisoformat(born[:10]), exact["birth_date"]) if born else None,
        today,
    )


def _name(ref: str) -> str:
    return ref.rsplit("/", 1)[-1]


def _questions(state: FormSession, language: str) -> dict[str, Question]:
    return {ref: state.question(ref, language) for ref in state.questions()}


def _evidence(state: FormSession, asked: dict[str, Question]) -> Iterable[Evidence]:
    for mark in state.marks():
        question = asked.get(mark.ref)
        if question is not None:
            kind = Kind(question.vid.get("kind", Kind.STATEMENT))
            yield Evidence(mark.sign, mark.ref, question.number, kind)


def _lines(answers: Sequence[Answer], asked: dict[str, Question], language: str) -> Iterable[AnswerLine]:
    by_ref = {answer.ref: answer for answer in answers}
    for ref, question in asked.items():
        answer = by_ref.get(ref)
        if answer is not None:
            text = answer_text(question, answer.value, language, answer.precision)
            attached = question.type == "binary"
            yield AnswerLine(ref, question.number, _group(question), question.label, answer, text, attached)


def _group(question: Question) -> DataGroup | None:
    name = question.vid.get("group", "")
    return next((group for group in DataGroup if group == name), None)
