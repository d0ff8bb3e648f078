"""``victimid case …``: screen a person, list cases, show what was recorded and what the rules say."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from victimid import i18n
from victimid.app import form_choice, form_tools, handing_over, interviewing, officers, summary
from victimid.app.access import Why
from victimid.app.desk import Desk
from victimid.app.stepping import take_steps
from victimid.app.summary import AnswerLine
from victimid.cli.opening import opened
from victimid.cli.output import GOOD, Output
from victimid.model.answer import NonAnswer
from victimid.model.case import CaseOverview
from victimid.model.case_list import CaseFilter
from victimid.model.finding import RaisedSign

_UNANSWERED = {
    NonAnswer.DECLINED: "not wanted to be answered",
    NonAnswer.UNKNOWN: "not known",
    NonAnswer.NOT_UNDERSTOOD: "not understood",
    NonAnswer.NOT_ASKED: "not asked",
    NonAnswer.DEFERRED: "left for later",
}


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    case = commands.add_parser("case", help="cases of this laptop").add_subparsers(required=True, metavar="ACTION")
    screening = case.add_parser("screen", parents=[common], help="run an interview from a steps file")
    screening.add_argument("--form", required=True, metavar="ID", help="ours or headquarters' by its id, or a file")
    screening.add_argument("--steps", type=Path, metavar="FILE", help="without it the interview waits in the window")
    screening.add_argument("--language", default="en", help="the person's language")
    screening.add_argument("--officer-language", default="en", help="the officer's language")
    screening.set_defaults(command=screen)
    listing = case.add_parser("list", parents=[common], help="cases by reference")
    listing.set_defaults(command=list_cases)
    for name, command, text in (
        ("show", show, "what was recorded"),
        ("findings", findings, "signs and what the rule set says"),
    ):
        showing = case.add_parser(name, parents=[common], help=text)
        showing.add_argument("ref", metavar="REF")
        showing.add_argument(
            "--why", choices=[why.value for why in Why], help="why a supervisor opens another officer's case"
        )
        showing.set_defaults(command=command)
    handing = case.add_parser("hand-over", parents=[common], help="another officer answers for cases")
    handing.add_argument("refs", nargs="+", metavar="REF")
    handing.add_argument("--to", required=True, metavar="NAME", help="who answers for them from now on")
    handing.add_argument("--reason", required=True, metavar="TEXT", help="why; it is recorded")
    handing.set_defaults(command=hand_over)


def screen(options: Namespace) -> int:
    """Open a case and run an interview through steps to its end, or leave it open to go on in the window."""
    steps = form_tools.read_steps(options.steps) if options.steps else None
    with opened(options) as session:
        form = form_choice.named(session, options.form)
        case = Desk(session).open_case(options.language)
        interview = interviewing.begin(session, case.ref, form, options.officer_language, options.language)
        if steps is not None:
            take_steps(interview, steps)
            interview.finish()
    Output(as_json=options.json).result({"case": case.ref}, case.ref)
    return GOOD


def list_cases(options: Namespace) -> int:
    """List cases by reference."""
    with opened(options) as session:
        rows = list(_every_case(Desk(session)))
    documents = [{"ref": r.ref, "opened_at": r.opened_at.isoformat(), "stage": r.stage} for r in rows]
    Output(as_json=options.json).result(
        {"cases": documents}, *(f"{r.ref}  {r.opened_at:%Y-%m-%d}  {r.stage}" for r in rows)
    )
    return GOOD


def _every_case(desk: Desk) -> Iterator[CaseOverview]:
    last: CaseOverview | None = None
    while True:
        page = desk.page(CaseFilter(), last)
        yield from page.cases
        if not page.more:
            return
        last = page.cases[-1]


def show(options: Namespace) -> int:
    """Print the recorded answers of a case."""
    found = _summary(options)
    rows = [
        {
            "ref": line.ref,
            "question": line.question,
            "answer": line.text,
            "non_answer": line.answer.non_answer,
            "own_words": line.answer.own_words,
            "kind": line.answer.kind,
        }
        for line in found.answers
    ]
    lines = (f"Q{a.number}  {a.question}\n     {_said(a)}" for a in found.answers)
    Output(as_json=options.json).result({"case": found.case.ref, "answers": rows}, *lines)
    return GOOD


def findings(options: Namespace) -> int:
    """Print the signs of a case with the answers that raised them; never a score."""
    found = _summary(options).findings
    words = i18n.load("forms", i18n.SOURCE_LANGUAGE)
    rows = [
        {
            "dimension": dimension.dimension,
            "met": dimension.met,
            "signs": [
                {
                    "id": raised.sign.id,
                    "text": words.gettext(raised.sign.text),
                    "strength": raised.strength,
                    "evidence": [{"ref": e.ref, "kind": e.kind} for e in raised.evidence],
                }
                for raised in dimension.signs
            ],
        }
        for dimension in found.dimensions
    ]
    lines = [
        f"{dimension.dimension}: {raised.sign.id} {raised.sign.text} ({_numbers(raised)})"
        for dimension in found.dimensions
        for raised in dimension.signs
    ]
    Output(as_json=options.json).result(
        {"rule_set": found.rule_set_id, "reading": found.reading, "dimensions": rows},
        *lines,
        f"Rule set {found.rule_set_id} reads: {found.reading}. Signs start an enquiry; a named officer decides.",
    )
    return GOOD


def hand_over(options: Namespace) -> int:
    """Make another officer answer for cases, all of them or none."""
    with opened(options) as session:
        receiver = officers.named(session, options.to)
        handed = handing_over.hand_over(session, options.refs, receiver.id, options.reason)
    Output(as_json=options.json).result(
        {"cases": [each.case_ref for each in handed], "to": receiver.id},
        f"{receiver.name} answers for {', '.join(each.case_ref for each in handed)}",
    )
    return GOOD


def _said(line: AnswerLine) -> str:
    return _UNANSWERED[line.answer.non_answer] if line.answer.non_answer else line.text


def _numbers(raised: RaisedSign) -> str:
    return ", ".join(f"Q{evidence.number}" for evidence in raised.evidence)


def _summary(options: Namespace) -> summary.Summary:
    with opened(options) as session:
        if options.why:
            session.access.open_other(options.ref, Why(options.why))
        return summary.summarise(session, options.ref, i18n.SOURCE_LANGUAGE)
