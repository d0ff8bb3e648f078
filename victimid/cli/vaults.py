"""``victimid vault …``: create and verify the encrypted store of a laptop."""

from argparse import ArgumentParser, Namespace
from typing import Any

from victimid.app.content import Content
from victimid.app.session import Door, Session, VaultSetup
from victimid.cli.output import GOOD, Output
from victimid.cli.secrets import key_text, name, passphrase
from victimid.clock import now
from victimid.model.people import Post


def add_commands(commands: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    vault = commands.add_parser("vault", help="the encrypted store").add_subparsers(required=True, metavar="ACTION")
    creating = vault.add_parser("create", parents=[common], help="create a vault with its first officer")
    for field in ("organisation", "unit", "place", "country", "laptop"):
        creating.add_argument(f"--{field}", default="")
    creating.add_argument("--prefix", required=True, help="two letters that start every case reference")
    creating.add_argument("--headquarters-key", action="append", default=[], metavar="AGE1…")
    creating.set_defaults(command=create)
    verifying = vault.add_parser("verify", parents=[common], help="check the audit chain")
    verifying.set_defaults(command=verify)


def create(options: Namespace) -> int:
    """Create a vault with its first officer."""
    post = Post(
        organisation=options.organisation,
        unit=options.unit,
        place=options.place,
        country=options.country,
        prefix=options.prefix,
        laptop=options.laptop,
    )
    secret = passphrase(options, "New passphrase", twice=True)
    setup = VaultSetup(post, name(options), secret, tuple(key_text(key) for key in options.headquarters_key))
    session = Door(options.vault, Content(), now).create(setup)
    device, key = session.vault.device_id, session.vault.device_public_key
    session.lock()
    Output(as_json=options.json).result(
        {"vault": str(options.vault), "device": device, "public_key": key},
        f"Vault: {options.vault}",
        f"This laptop: {device}",
        f"Its public key, for headquarters: {key}",
    )
    return GOOD


def verify(options: Namespace) -> int:
    """Check the audit chain; raises ``audit.broken`` with the entry."""
    session = unlocked(options)
    try:
        entries = session.vault.audit.verify()
    finally:
        session.lock()
    Output(as_json=options.json).result({"audit_entries": entries, "ok": True}, f"Audit chain whole: {entries} entries")
    return GOOD


def unlocked(options: Namespace) -> Session:
    """Open the vault named by the options."""
    return Door(options.vault, Content(), now).unlock(name(options), passphrase(options, "Passphrase"))
