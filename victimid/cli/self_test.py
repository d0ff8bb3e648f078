"""``victimid self-test``: what a built program runs on itself."""

import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from victimid import i18n
from victimid.app import demo, form_tools
from victimid.app.content import OWN_FORMS, Content
from victimid.cli.output import GOOD, WANTING, Output
from victimid.clock import now


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("self-test", parents=[common], help="check this installation; exit 0 or 1")
    parser.set_defaults(command=check)


def check(options: Namespace) -> int:
    """Check languages and forms, then run the whole journey in a folder that is deleted afterwards."""
    untranslated = [
        language.tag
        for language in i18n.languages()
        if language.tag != i18n.SOURCE_LANGUAGE and i18n.load("victimid", language.tag).translation("Lock") is None
    ]
    content = Content()
    faulty = [name for name in OWN_FORMS if any(p.severity == "error" for p in form_tools.check(content, name))]
    with tempfile.TemporaryDirectory() as folder:
        journey = demo.run(Path(folder) / "journey", now)
        met = [found.dimension for found in journey.summary.findings.dimensions if found.met]
    good = not untranslated and not faulty and bool(met)
    document = {"ok": good, "languages_without_catalogue": untranslated, "faulty_forms": faulty, "signs_met": met}
    Output(as_json=options.json).result(document, "self-test: good" if good else f"self-test: {document}")
    return GOOD if good else WANTING
