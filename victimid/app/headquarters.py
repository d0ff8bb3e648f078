"""Headquarters: the register that enrols laptops, answers their bundles with receipts and publishes content."""

from pathlib import Path

from victimid.clock import Clock
from victimid.crypto.kdf import FLOOR, Cost
from victimid.headquarters.register import Published, Received, Register, create_register, open_register


def create(folder: Path, passphrase: str, clock: Clock, cost: Cost | None = None) -> Register:
    """Create the register with its keys; raises ``register.exists``, ``passphrase.too_weak``."""
    return create_register(folder, passphrase, clock, cost)


def unlock(folder: Path, passphrase: str, clock: Clock, floor: Cost = FLOOR) -> Register:
    """Open the register; raises ``register.missing``, ``keyfile.wrong_passphrase``."""
    return open_register(folder, passphrase, clock, floor)


__all__ = ["Published", "Received", "Register", "create", "unlock"]
