"""``victimid hq …``: the register of headquarters."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from victimid.app import headquarters, publishing, receipts, recovering
from victimid.app.headquarters import Register
from victimid.cli.options import made_folder, number
from victimid.cli.output import GOOD, WANTING, Output, report
from victimid.cli.secrets import key_text, passphrase, secret_key
from victimid.clock import now
from victimid.errors import VictimIDError
from victimid.paths import places, write_once


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    hq = commands.add_parser("hq", help="headquarters").add_subparsers(required=True, metavar="ACTION")
    register = ArgumentParser(add_help=False)
    register.add_argument(
        "--register", type=Path, default=places().register, metavar="DIR", help="the register's folder"
    )
    parents = [common, register]
    hq.add_parser("init", parents=parents, help="create the register and its keys").set_defaults(command=init)
    enrolling = hq.add_parser("enrol", parents=parents, help="accept bundles of a laptop")
    enrolling.add_argument("--device-key", required=True, metavar="KEY", help="the laptop's public key line, or a file")
    enrolling.add_argument("--laptop", default="", help="a name for the laptop")
    enrolling.set_defaults(command=enrol)
    receiving = hq.add_parser("receive", parents=parents, help="receive bundles and write receipts")
    receiving.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    receiving.add_argument("--receipts", type=Path, metavar="DIR", help="where receipts go (beside the bundle)")
    receiving.set_defaults(command=receive)
    _add_answering(hq, parents)
    _add_publishing(hq, parents)
    hq.add_parser("status", parents=parents, help="laptops, bundles, gaps").set_defaults(command=status)


def _add_publishing(hq: Any, parents: list[ArgumentParser]) -> None:
    publication = hq.add_parser("publish", parents=parents, help="sign services and forms for all laptops")
    publication.add_argument("--services", type=Path, metavar="FILE", help="service directory (TOML)")
    publication.add_argument(
        "--form", type=Path, action="append", default=[], metavar="FILE", help="questionnaire; may be repeated"
    )
    publication.add_argument("--to", type=Path, required=True, metavar="DIR", help="where the content pack goes")
    publication.set_defaults(command=publish)


def _add_answering(hq: Any, parents: list[ArgumentParser]) -> None:
    answering = hq.add_parser("answer-recovery", parents=parents, help="help an officer who forgot the passphrase")
    answering.add_argument("request", type=Path, metavar="FILE", help="request.txt of the laptop")
    answering.add_argument("--out", type=Path, metavar="FILE", help="answer.age; without it only the code is shown")
    answering.add_argument(
        "--way",
        type=number,
        default=1,
        metavar="N",
        help="by its number in what this prints: each opens with other keys, so another key needs another way",
    )
    answering.add_argument(
        "--key",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="age key file; of two persons in their order; without it the register's own key",
    )
    answering.set_defaults(command=answer_recovery)


def init(options: Namespace) -> int:
    """Create the register; prints the two public keys that laptops need."""
    register = headquarters.create(options.register, passphrase(options, "New passphrase", twice=True), now)
    recipient, public_key = register.recipient, register.public_key
    register.close()
    Output(as_json=options.json).result(
        {
            "register": str(options.register),
            "recipient": recipient,
            "public_key": public_key,
            "fingerprint": receipts.fingerprint(public_key),
        },
        f"Register: {options.register}",
        f"Key that laptops encrypt to: {recipient}",
        f"Key that signs receipts:     {public_key}",
        f"Its fingerprint:             {receipts.fingerprint(public_key)}",
    )
    return GOOD


def enrol(options: Namespace) -> int:
    """Accept bundles of a laptop from now on."""
    register = _unlocked(options)
    try:
        device = register.enrol(key_text(options.device_key), options.laptop)
    finally:
        register.close()
    Output(as_json=options.json).result({"device": device}, f"Enrolled: {device}")
    return GOOD


def receive(options: Namespace) -> int:
    """Receive bundles; a refused one is reported and does not stop the others (exit 1)."""
    register = _unlocked(options)
    results: list[dict[str, object]] = []
    refused = 0
    try:
        for path in options.paths:
            try:
                results.append(_receive_one(register, path, options.receipts or path.parent))
            except VictimIDError as error:
                report(error)
                refused += 1
                results.append({"path": str(path), "outcome": "refused", "code": error.code})
    finally:
        register.close()
    Output(as_json=options.json).result({"bundles": results}, *(line for each in results for line in _told(each)))
    return WANTING if refused else GOOD


def publish(options: Namespace) -> int:
    """Write the next content pack; raises ``content.*``, ``form.*``, ``exchange.*``."""
    new = publishing.gather(options.services, options.form)
    register = _unlocked(options)
    try:
        published = register.publish(made_folder(options.to), new.content)
    finally:
        register.close()
    Output(as_json=options.json).result(
        {
            "path": str(published.path),
            "number": published.pack.number,
            "services": [service.id for service in new.services],
            "forms": [{"id": form.id, "title": form.title, "version": form.version} for form in new.forms],
        },
        f"Content pack {published.pack.number}: {published.path}",
        *(f"Service: {service.name}" for service in new.services),
        *(f"Form: {form.title or form.id} ({form.id}, version {form.version})" for form in new.forms),
    )
    return GOOD


def status(options: Namespace) -> int:
    """Print what is known of every laptop."""
    register = _unlocked(options)
    try:
        devices = register.status()
    finally:
        register.close()
    rows = [
        {"device": d.device, "bundles": d.bundles, "last": d.last_sequence, "records": d.records, "missing": d.missing}
        for d in devices
    ]
    lines = (f"{d.device}  bundles {d.bundles}, last {d.last_sequence}, records {d.records}" for d in devices)
    Output(as_json=options.json).result({"devices": rows}, *lines)
    return GOOD


def answer_recovery(options: Namespace) -> int:
    """Show what a request asks and its code, and with ``--out`` answer it; raises ``recovery.*``, ``age.*``."""
    request = recovering.read_request(options.request)
    asked = recovering.asked_in(request)
    ways = [list(way.keys) for way in asked.ways]
    written = None
    if options.out:
        write_once(options.out, recovering.answer(request, options.way, _secret_keys(options)))
        written = str(options.out)
    Output(as_json=options.json).result(
        {"vault": asked.vault, "code": asked.code, "ways": ways, "answer": written},
        f"Code: {asked.code}   compare it by telephone, under a number you know",
        *(f"Way {number}: {' and '.join(keys)}" for number, keys in enumerate(ways, start=1)),
        *([f"Answer: {written}   it is of use on that laptop only"] if written else []),
    )
    return GOOD


def _secret_keys(options: Namespace) -> list[str]:
    if options.key:
        return [secret_key(path) for path in options.key]
    register = _unlocked(options)
    try:
        return [register.secret_identity()]
    finally:
        register.close()


def _receive_one(register: Register, path: Path, receipts: Path) -> dict[str, object]:
    received = register.receive(path)
    receipt = register.write_receipt(receipts, received.receipt)
    return {
        "path": str(path),
        "outcome": received.outcome,
        "gap": received.gap,
        "receipt": str(receipt),
        "new_keys": sorted(received.new_keys),
        "gone_keys": sorted(received.gone_keys),
    }


def _told(bundle: Mapping[str, Any]) -> Iterator[str]:
    yield f"{bundle['outcome']}: {bundle['path']}"
    for key in bundle.get("new_keys", ()):
        yield f"  New key that opens what this laptop holds: {key}   is it one of yours?"
    for key in bundle.get("gone_keys", ()):
        yield f"  Key that opens nothing new of this laptop: {key}"


def _unlocked(options: Namespace) -> Register:
    return headquarters.unlock(options.register, passphrase(options, "Passphrase"), now)
