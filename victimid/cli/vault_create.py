"""``victimid vault create``: a new vault with its first officer, a supervisor."""

from argparse import ArgumentParser, Namespace
from typing import Any

from victimid.app import receipts, vault_care
from victimid.app.session import VaultSetup
from victimid.cli.opening import door
from victimid.cli.output import GOOD, Output
from victimid.cli.secrets import key_text, name, passphrase
from victimid.model.people import Post

_POST = {
    "organisation": "the organisation, as referrals name it",
    "unit": "the unit, as referrals name it",
    "place": "where the unit works",
    "country": "two letters of the country, such as EC",
    "laptop": "how people tell this laptop from others",
}


def add_commands(vault: Any, common: ArgumentParser) -> None:
    """Add the command to the parser."""
    creating = vault.add_parser("create", parents=[common], help="create a vault with its first officer")
    for field, text in _POST.items():
        creating.add_argument(f"--{field}", default="", help=text)
    creating.add_argument("--prefix", required=True, help="two letters that start every case reference")
    creating.add_argument("--headquarters-key", action="append", default=[], metavar="AGE1…", help="or a file")
    creating.add_argument(
        "--recovery-pair", nargs=2, metavar=("A", "B"), help="two keys that recover the vault only together"
    )
    creating.add_argument("--receipt-key", default="", metavar="KEY", help="signs its receipts and packs; or a file")
    creating.set_defaults(command=create)


def create(options: Namespace) -> int:
    """Create a vault with its first officer; the cost of a guess is tuned to this machine."""
    post = Post(
        organisation=options.organisation,
        unit=options.unit,
        place=options.place,
        country=options.country,
        prefix=options.prefix,
        laptop=options.laptop,
    )
    secret = passphrase(options, "New passphrase", twice=True)
    keys = tuple(key_text(key) for key in options.headquarters_key)
    first, second = map(key_text, options.recovery_pair) if options.recovery_pair else ("", "")
    pair = (first, second) if options.recovery_pair else None
    receipt_key = key_text(options.receipt_key)
    if receipt_key:
        # Refused, if it is none, before there is a vault.
        receipts.fingerprint(receipt_key)
    session = door(options).create(VaultSetup(post, name(options), secret, keys, pair))
    if receipt_key:
        receipts.set_key(session, receipt_key)
    facts = vault_care.device(session)
    session.lock()
    Output(as_json=options.json).result(
        {"vault": str(options.vault), "device": facts.id, "public_key": facts.public_key, "recovery": facts.recovers},
        f"Vault: {options.vault}",
        f"This laptop: {facts.id}",
        f"Its public key, for headquarters: {facts.public_key}",
        "Recovery by headquarters: " + ("yes; rehearse it now (vault recover rehearse)" if facts.recovers else "no"),
    )
    return GOOD
