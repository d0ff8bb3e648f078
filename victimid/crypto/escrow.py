"""The data key for headquarters: an age file for one person, or one inside another so that it takes two.

What ``age -d`` shows is one line of JSON: which vault, and its data key in hex; after a rekey also the key before.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from victimid.crypto import age
from victimid.crypto.header import PERSONS, Way
from victimid.crypto.secret import KEY_BYTES, DataKey, wipe
from victimid.errors import VictimIDError

_KEY_DIGITS: Final = 8
_HEX_KEY: Final = rb"([0-9a-f]{64})"
_CONTENT: Final = re.compile(
    rb'\{"data_key":"' + _HEX_KEY + rb'"(?:,"former_key":"' + _HEX_KEY + rb'")?,"vault":"([0-9a-f]{32})"\}'
)


@dataclass(frozen=True, slots=True)
class Escrowed:
    """What headquarters gave back: the vault, its data key, and the one before the last rekey."""

    vault: str
    key: DataKey
    former: DataKey | None = None

    def wipe(self) -> None:
        """Overwrite the keys."""
        self.key.wipe()
        if self.former:
            self.former.wipe()


def ways_for(
    key: DataKey, vault: str, recipients: Iterable[Sequence[str]], former: DataKey | None = None
) -> tuple[Way, ...]:
    """Write one way for each: a recipient alone, or two of whom the first opens the outer and the second the inner.

    Raises ``recovery.persons`` for any other number or twice the same key, and what age says of a recipient.
    """
    content = _content(key, vault, former)
    try:
        return tuple(_way(content, [age.check_recipient(text) for text in way]) for way in recipients)
    finally:
        wipe(content)


def parsed(content: bytearray) -> Escrowed | None:
    """Read what a way holds; none if it is anything else. Whoever has the content overwrites it."""
    match = _CONTENT.fullmatch(content)
    if not match:
        return None
    former = _key(content, match.start(2)) if match.start(2) >= 0 else None
    return Escrowed(match[3].decode("ascii"), _key(content, match.start(1)), former)


def _way(content: bytearray, recipients: Sequence[str]) -> Way:
    if len(recipients) not in PERSONS or len(set(recipients)) != len(recipients):
        raise VictimIDError("recovery.persons")
    file: bytes | bytearray = content
    for recipient in reversed(recipients):
        file = age.encrypt(file, [recipient])
    return Way(tuple(age.fingerprint(recipient)[:_KEY_DIGITS] for recipient in recipients), bytes(file))


def _content(key: DataKey, vault: str, former: DataKey | None) -> bytearray:
    content = bytearray(b'{"data_key":"')
    for label, part in ((b"", key), (b'","former_key":"', former)):
        if part:
            digits = part.hex()
            content += label + digits
            wipe(digits)
    return content + f'","vault":"{vault}"}}'.encode()


def _key(content: bytearray, start: int) -> DataKey:
    material = bytearray(KEY_BYTES)
    for index in range(KEY_BYTES):
        material[index] = int(content[start + 2 * index : start + 2 * index + 2], 16)
    return DataKey(material)
