"""``victimid vault passphrase``, ``rekey``, ``receipt-key``, ``recovery-pair``, ``erase``: the keys of a vault."""

from argparse import ArgumentParser, Namespace
from typing import Any

from victimid.app import erasing, exporting, officers, receipts, vault_care
from victimid.cli.backup_words import renewal_document, renewal_exit, renewal_lines
from victimid.cli.opening import door, opened
from victimid.cli.output import GOOD, Output
from victimid.cli.progress import shown
from victimid.cli.secrets import key_text, new_passphrase, new_passphrase_option, passphrase
from victimid.errors import VictimIDError
from victimid.model.why import WhyRekeyed

_STILL_READABLE = (
    "Whoever holds the secret half still reads older copies of this vault and bundles sent before. "
    "If it is in wrong hands, draw a new key too: victimid vault rekey."
)


def add_commands(vault: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    changing = vault.add_parser("passphrase", parents=[common], help="change one's own passphrase")
    new_passphrase_option(changing)
    changing.set_defaults(command=change_passphrase)
    rekeying = vault.add_parser("rekey", parents=[common], help="encrypt everything anew under a new key")
    rekeying.add_argument("--why", required=True, choices=[why.value for why in WhyRekeyed], help="what led to it")
    rekeying.set_defaults(command=rekey)
    keying = vault.add_parser("headquarters-key", parents=[common], help="take on keys of headquarters, or remove them")
    keying.add_argument("keys", metavar="AGE1…", nargs="+", help="or a file")
    keying.add_argument("--only", action="store_true", help="in place of all before, also of another kind")
    keying.set_defaults(command=headquarters_key)
    signing = vault.add_parser("receipt-key", parents=[common], help="set headquarters' key for receipts and packs")
    signing.add_argument("key", metavar="KEY", help="public key line, or a file")
    signing.set_defaults(command=set_receipt_key)
    pairing = vault.add_parser("recovery-pair", parents=[common], help="from now on two persons recover the vault")
    pairing.add_argument("first", metavar="A", help="age key, or a file")
    pairing.add_argument("second", metavar="B", help="age key, or a file")
    pairing.set_defaults(command=recovery_pair)
    for parser in (keying, pairing):
        parser.add_argument("--remove", action="store_true", help="the other way round; never the last")
    erase_parser = vault.add_parser("erase", parents=[common], help="destroy every officer's key, in an emergency")
    erase_parser.add_argument("--confirm", action="store_true", help="yes, destroy the keys")
    erase_parser.add_argument(
        "--device", default="", metavar="ID", help="this laptop's device number, once more to confirm"
    )
    erase_parser.set_defaults(command=erase)


def change_passphrase(options: Namespace) -> int:
    """Exchange one's own passphrase, which comes before everything else where it was given by somebody."""
    with opened(options, passphrase_given=True) as session:
        officers.change_passphrase(session, passphrase(options, "Passphrase"), new_passphrase(options))
    Output(as_json=options.json).result(
        {"changed": True},
        "The new passphrase counts from now on.",
        "Backups made before still open with the old one; the next backup on this laptop takes their place.",
    )
    return GOOD


def rekey(options: Namespace) -> int:
    """Encrypt everything anew; nobody's passphrase changes."""
    with opened(options) as session, shown("Backup") as watch:
        renewal = vault_care.rekey(session, WhyRekeyed(options.why), watch)
    Output(as_json=options.json).result(
        {"rekeyed": True, **renewal_document(renewal)},
        "Everything is encrypted under a new key. All passphrases are as they were.",
        *renewal_lines(renewal),
    )
    return renewal_exit(renewal)


def headquarters_key(options: Namespace) -> int:
    """Take on more keys of headquarters, for exports and recovery, remove some, or let them be the only ones."""
    texts = [key_text(key) for key in options.keys]
    change = exporting.remove_headquarters_key if options.remove else exporting.add_headquarters_key
    with opened(options) as session:
        if options.only:
            exporting.replace_headquarters_keys(session, texts)
        else:
            for text in texts:
                change(session, text)
        keys = exporting.view(session).headquarters_keys
    said = [*keys, _STILL_READABLE] if options.remove or options.only else keys
    Output(as_json=options.json).result({"headquarters_keys": keys}, *said)
    return GOOD


def set_receipt_key(options: Namespace) -> int:
    """Take receipts by this key alone; its fingerprint is to be compared with headquarters."""
    key = key_text(options.key)
    with opened(options) as session:
        receipts.set_key(session, key)
    fingerprint = receipts.fingerprint(key)
    Output(as_json=options.json).result(
        {"receipt_key": fingerprint}, f"Compare its fingerprint with headquarters by telephone: {fingerprint}"
    )
    return GOOD


def recovery_pair(options: Namespace) -> int:
    """Change which two persons recover the vault together."""
    return remove_pair(options) if options.remove else add_pair(options)


def remove_pair(options: Namespace) -> int:
    """Let these two persons recover the vault no more."""
    with opened(options) as session:
        vault_care.remove_recovery_pair(session, key_text(options.first), key_text(options.second))
    Output(as_json=options.json).result({"recovery_pair": False}, _STILL_READABLE)
    return GOOD


def add_pair(options: Namespace) -> int:
    """Let two persons recover the vault, and nobody alone; 1 where older backups could not be renewed."""
    pair = key_text(options.first), key_text(options.second)
    with opened(options) as session, shown("Backup") as watch:
        renewal = vault_care.add_recovery_pair(session, *pair, watch)
    Output(as_json=options.json).result(
        {"recovery_pair": True, **renewal_document(renewal)},
        "From now on it takes both keys to recover this vault. Rehearse it.",
        *renewal_lines(renewal),
        "Older backups and copies of it still give its key to one person alone, until it gets a new one: "
        "victimid vault rekey.",
    )
    return renewal_exit(renewal)


def erase(options: Namespace) -> int:
    """Destroy the keys, confirmed twice: by ``--confirm`` and by the laptop's device number."""
    if not options.confirm:
        raise VictimIDError("erase.not_confirmed")
    way_in = door(options)
    with opened(options) as session:
        if options.device != vault_care.device(session).id:
            raise VictimIDError("erase.not_confirmed")
        erasing.erase(session, way_in)
    Output(as_json=options.json).result(
        {"erased": True}, "No passphrase opens this vault any more. Headquarters can recover it."
    )
    return GOOD
