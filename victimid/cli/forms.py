"""``victimid form …``: list, check, convert and run questionnaires."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from victimid import i18n
from victimid.app import form_tools
from victimid.app.content import Content
from victimid.app.messages import sentence
from victimid.cli.output import GOOD, WANTING, Output


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    form = commands.add_parser("form", help="questionnaires").add_subparsers(required=True, metavar="ACTION")
    listing = form.add_parser("list", parents=[common], help="our own forms")
    listing.set_defaults(command=list_forms)
    checking = form.add_parser("check", parents=[common], help="report every problem of a form")
    checking.add_argument("form", metavar="FORM")
    checking.set_defaults(command=check)
    converting = form.add_parser("convert", parents=[common], help="write a form as .xlsx in every language")
    converting.add_argument("form", metavar="FORM")
    converting.add_argument("target", type=Path, metavar="OUT")
    converting.set_defaults(command=convert)
    running = form.add_parser("run", parents=[common], help="run a form through steps")
    running.add_argument("form", metavar="FORM")
    running.add_argument("--steps", type=Path, metavar="FILE", help="JSON list of what to answer")
    running.add_argument("--language", metavar="L", help="one of the form; else its default")
    running.add_argument("--trace", action="store_true", help="print the state after every step")
    running.set_defaults(command=run)


def list_forms(options: Namespace) -> int:
    """List our own forms."""
    content = Content()
    choices = content.choices(i18n.SOURCE_LANGUAGE)
    forms = [{"id": c.id, "title": c.title, "version": content.own_form(c.id).version} for c in choices]
    Output(as_json=options.json).result(
        {"forms": forms}, *(f"{form['id']}  {form['version']}  {form['title']}" for form in forms)
    )
    return GOOD


def check(options: Namespace) -> int:
    """Report every problem of a form; exit 1 where there is an error."""
    problems = form_tools.check(Content(), options.form)
    words = i18n.load("victimid", i18n.SOURCE_LANGUAGE)
    rows = [
        {
            "severity": problem.severity,
            "code": problem.code,
            "sheet": problem.sheet,
            "row": problem.row,
            "column": problem.column,
            "message": sentence(words, problem.error()),
        }
        for problem in problems
    ]
    errors = sum(row["severity"] == "error" for row in rows)
    lines = [f"{row['severity']}[{row['code']}]: {row['message']}" for row in rows]
    lines.append(f"{errors} errors, {len(rows) - errors} warnings")
    Output(as_json=options.json).result({"problems": rows, "errors": errors}, *lines)
    return WANTING if errors else GOOD


def convert(options: Namespace) -> int:
    """Write a form as .xlsx in every language."""
    form_tools.convert(Content(), options.form, options.target)
    Output(as_json=options.json).result({"written": str(options.target)}, f"Written: {options.target}")
    return GOOD


def run(options: Namespace) -> int:
    """Run a form through steps and print its states, always as JSON."""
    form = form_tools.find(Content(), options.form)
    steps = form_tools.read_steps(options.steps) if options.steps else ()
    states = form_tools.run(form, steps, language=options.language, trace=options.trace)
    print(json.dumps(states, ensure_ascii=False, default=str))
    return GOOD
