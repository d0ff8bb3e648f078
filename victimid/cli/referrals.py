"""``victimid refer …``: write the referral of a case."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from victimid.app import directory, referring
from victimid.app.json_files import read_json
from victimid.app.referral_text import ReferralRequest
from victimid.app.session import Session
from victimid.cli.opening import opened
from victimid.cli.output import GOOD, Output
from victimid.errors import VictimIDError
from victimid.model.consent import DataGroup, GroupPermission, Manner, Permission
from victimid.model.referral import Copy, Urgency


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    refer = commands.add_parser("refer", help="referrals to services").add_subparsers(required=True, metavar="ACTION")
    writing = refer.add_parser("write", parents=[common], help="record consent and write the encrypted PDF")
    writing.add_argument("ref", metavar="REF")
    writing.add_argument("--service", required=True, metavar="ID", help="from the directory of services")
    writing.add_argument("--consent", type=Path, required=True, metavar="FILE", help="what the person agreed to")
    writing.add_argument(
        "--copy", choices=[copy.value for copy in Copy], default=Copy.SERVICE.value, help="for whom the document is"
    )
    writing.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to")
    writing.add_argument("--language", default="en", help="language of the document")
    writing.add_argument(
        "--urgency", choices=[u.value for u in Urgency], default=Urgency.DAY.value, help="how soon help is needed"
    )
    writing.add_argument("--deputy", default="", help="whom the service reaches instead of the officer")
    writing.add_argument("--contact", default="", help="how the service reaches the officer")
    writing.set_defaults(command=write)


def write(options: Namespace) -> int:
    """Record the consent of the file and write the referral; prints the one-time passphrase once."""
    consent = _read_consent(options.consent)
    with opened(options) as session:
        _record(session, options, consent)
        service = directory.service(session, options.service)
        request = ReferralRequest(
            service_id=service.id,
            urgency=Urgency(options.urgency),
            help_asked=service.helps,
            officer_contact=options.contact,
            deputy=options.deputy,
            language=options.language,
        )
        written = referring.write(session, options.ref, request, options.out)
    Output(as_json=options.json).result(
        {"number": written.referral.number, "path": str(written.path), "passphrase": written.passphrase},
        f"Referral: {written.path}",
        f"One-time passphrase, to be told by another way: {written.passphrase}",
    )
    return GOOD


def _record(session: Session, options: Namespace, consent: Mapping[str, Any]) -> None:
    try:
        permissions = [
            GroupPermission(DataGroup(group), Permission(said["permission"]), said.get("limited_to", ""))
            for group, said in consent["groups"].items()
        ]
        manner, language = Manner(consent["manner"]), str(consent["language"])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise VictimIDError("program.bad_file", name=options.consent.name, field="groups") from error
    interpreter = str(consent.get("interpreter", ""))
    referring.record_consent(session, options.ref, options.service, permissions, manner, language, interpreter)


def _read_consent(path: Path) -> Mapping[str, Any]:
    """Read ``{"manner", "language", "interpreter", "groups": {group: {"permission", "limited_to"}}}``."""
    read = read_json(path)
    if not isinstance(read, dict):
        raise VictimIDError("program.bad_file", name=path.name, field="groups")
    return read
