"""``victimid content …``: check and install headquarters' content packs, show what is in use."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from victimid.app import content_packs
from victimid.app.content_packs import InstalledView, PackContents
from victimid.cli.opening import opened
from victimid.cli.output import GOOD, WANTING, Output, report
from victimid.cli.progress import shown
from victimid.cli.secrets import key_text
from victimid.errors import VictimIDError
from victimid.model.referral import Service


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    content = commands.add_parser("content", help="forms and services of headquarters").add_subparsers(
        required=True, metavar="ACTION"
    )
    checking = content.add_parser("check", parents=[common], help="check a content pack, without a vault")
    checking.add_argument("path", type=Path, metavar="FILE")
    checking.add_argument("--key", required=True, metavar="KEY", help="headquarters' signing key line, or a file")
    checking.set_defaults(command=check)
    installing = content.add_parser("install", parents=[common], help="put a content pack in use on this laptop")
    installing.add_argument("path", type=Path, metavar="FILE")
    installing.set_defaults(command=install)
    content.add_parser("show", parents=[common], help="what is in use").set_defaults(command=show)


def check(options: Namespace) -> int:
    """Check a pack and tell what it brings; one that is not good is reported (exit 1)."""
    key = key_text(options.key)
    try:
        pack = content_packs.check(options.path, key)
    except VictimIDError as error:
        report(error)
        return WANTING
    Output(as_json=options.json).result(_document(pack), f"Whole and signed: content pack {pack.number}", *_lines(pack))
    return GOOD


def install(options: Namespace) -> int:
    """Put a pack in the place of the one in use."""
    with opened(options) as session, shown("Content pack") as watch:
        pack = content_packs.install(session, options.path, watch)
    Output(as_json=options.json).result(_document(pack), f"Installed: content pack {pack.number}", *_lines(pack))
    return GOOD


def show(options: Namespace) -> int:
    """Print what is in use."""
    with opened(options) as session:
        pack = content_packs.installed(session)
    output = Output(as_json=options.json)
    if pack is None:
        output.result({"number": None}, "No content pack: our own forms, and services that are examples only")
        return GOOD
    output.result(
        {**_document(pack), "installed_at": pack.installed_at.isoformat(), "by": pack.by},
        f"Content pack {pack.number}, installed {pack.installed_at:%Y-%m-%d} by {pack.by}",
        *_lines(pack),
    )
    return GOOD


def _document(pack: PackContents | InstalledView) -> dict[str, object]:
    return {
        "number": pack.number,
        "issued_at": pack.issued_at.isoformat(),
        "forms": [
            {"id": form.id, "title": form.title, "version": form.version, "languages": form.languages}
            for form in pack.forms
        ],
        "services": None if pack.services is None else [service.id for service in pack.services],
    }


def _lines(pack: PackContents | InstalledView) -> Iterator[str]:
    yield f"Issued {pack.issued_at:%Y-%m-%d}"
    for form in pack.forms:
        yield f"Form {form.id}  {form.title}  {form.version}  ({', '.join(form.languages)})"
    if pack.services is None:
        yield "No directory of services: the examples of the program stand in its place"
    for service in pack.services or ():
        yield f"Service {service.id}  {service.name}, {service.place}{_doubt(service)}"


def _doubt(service: Service) -> str:
    if service.example:
        return "  (example)"
    return "" if service.confirmed_on else "  (not confirmed)"
