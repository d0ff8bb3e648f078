"""``victimid demo``: the whole journey on an invented case, with the commands that check what it wrote."""

import shlex
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from victimid import i18n
from victimid.app import demo, exporting
from victimid.app.demo import DemoResult
from victimid.cli.output import GOOD, Output
from victimid.clock import now
from victimid.paths import write_durably


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("demo", parents=[common], help="the whole journey on an invented case")
    parser.add_argument("--out", type=Path, default=None, metavar="DIR", help="where to; else victimid-demo, here")
    parser.set_defaults(command=show)


def show(options: Namespace) -> int:
    """Run the demo and print each path with the commands that check it."""
    folder = demo_folder(options.out or Path("victimid-demo"))
    result = demo.run(folder, now)
    checks = write_check_files(folder, result)
    Output(as_json=options.json).result(document(result, checks), *lines(result, checks))
    return GOOD


def demo_folder(wanted: Path) -> Path:
    """Return the folder, or the first free one beside it, so that an earlier demo is never touched."""
    candidate, number = wanted, 2
    while candidate.exists() and any(candidate.iterdir()):
        candidate, number = wanted.with_name(f"{wanted.name}-{number}"), number + 1
    return candidate


def write_check_files(folder: Path, result: DemoResult) -> Path:
    """Write the two files the standard tools need; the key is that of the invented headquarters only."""
    checks = folder / "checks"
    checks.mkdir(mode=0o700)
    signers = f"{result.device_id} {result.device_public_key}\n"
    write_durably(checks / "allowed_signers", signers.encode())
    write_durably(checks / "headquarters.key", f"{result.headquarters_identity}\n".encode())
    return checks


def document(result: DemoResult, checks: Path) -> dict[str, object]:
    """Return the result as JSON-ready data."""
    return {
        "vault": str(result.vault),
        "register": str(result.register),
        "case": result.case_ref,
        "questions": result.questions,
        "reading": result.summary.findings.reading,
        "referral": str(result.referral.path),
        "referral_passphrase": result.referral.passphrase,
        "bundle": str(result.bundle.path),
        "receipt": str(result.receipt),
        "checks": str(checks),
        "device": result.device_id,
        "passphrase": result.passphrase,
        "commands": [command for _, command in commands(result, checks)],
    }


def commands(result: DemoResult, checks: Path) -> list[tuple[str, str]]:
    """Return what each standard tool shows, and its command."""
    bundle, opened = _quoted(result.bundle.path), _quoted(checks / "bundle")
    signers, key = _quoted(checks / "allowed_signers"), _quoted(checks / "headquarters.key")
    namespace = exporting.BUNDLE_NAMESPACE
    return [
        ("unpack the bundle", f"mkdir -p {opened} && tar xf {bundle} -C {opened}"),
        (
            "signed by this laptop",
            (
                f"ssh-keygen -Y verify -f {signers} -I {result.device_id} -n {namespace} "
                f"-s {opened}/manifest.json.sig < {opened}/manifest.json"
            ),
        ),
        ("every part whole", f"(cd {opened} && sha256sum -c SHA256SUMS)"),
        ("opened with headquarters' key", f"age -d -i {key} {opened}/data-0001.age | zcat"),
        (
            "the referral, with its one-time passphrase",
            f"pdftotext -layout -upw {shlex.quote(result.referral.passphrase)} {_quoted(result.referral.path)} -",
        ),
    ]


def lines(result: DemoResult, checks: Path) -> list[str]:
    """Say what happened, where it is, and how to check it."""
    words = i18n.load("forms", i18n.SOURCE_LANGUAGE)
    raised = [
        f"    {words.gettext(sign.sign.text)}  (Q{', Q'.join(str(e.number) for e in sign.evidence)})"
        for dimension in result.summary.findings.dimensions
        for sign in dimension.signs
    ]
    return [
        "An invented case: a man promised kitchen work and taken to a gold mine.",
        "Officer's language Spanish, person's language Haitian Creole. Nobody in it exists.",
        "",
        f"Vault         {result.vault}   (sign-in name {demo.OFFICER}, passphrase: {result.passphrase})",
        f"Case          {result.case_ref}, {result.questions} questions put",
        "Signs, each with the questions that raised it; they start an enquiry, a named officer decides:",
        *raised,
        f"Referral      {result.referral.path}",
        f"              one-time passphrase: {result.referral.passphrase}",
        f"Bundle {result.bundle.export.sequence}      {result.bundle.path}",
        f"Headquarters  {result.register}   (bundle received; same passphrase)",
        f"Receipt       {result.receipt}",
        "",
        "Check it with standard tools:",
        *(f"  # {what}\n  {command}" for what, command in commands(result, checks)),
    ]


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
