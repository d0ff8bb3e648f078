"""Bech32 (BIP 173) as age uses it: keys as text with a checksum, of any length."""

from typing import Final

_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES: Final = {sign: value for value, sign in enumerate(_ALPHABET)}
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_SIGNS: Final = 6


def encode(prefix: str, data: bytes | bytearray) -> str:
    """Return data as lower-case text that begins with the prefix, a "1" between them."""
    values = _regrouped(data, 8, 5)
    checksum = _polymod([*_expanded(prefix), *values, *[0] * _CHECKSUM_SIGNS]) ^ 1
    values += [checksum >> 5 * (_CHECKSUM_SIGNS - 1 - place) & 31 for place in range(_CHECKSUM_SIGNS)]
    return f"{prefix}1{''.join(_ALPHABET[value] for value in values)}"


def decode(prefix: str, text: str) -> bytes:
    """Return the data of a text in upper or lower case that begins with the prefix, else `ValueError`."""
    lower = text.lower()
    start, _, rest = lower.rpartition("1")
    values = [_VALUES.get(sign, -1) for sign in rest]
    if text not in (lower, text.upper()) or start != prefix or len(rest) < _CHECKSUM_SIGNS or -1 in values:
        raise ValueError
    data = bytes(_regrouped(values[:-_CHECKSUM_SIGNS], 5, 8))
    # Writing it again tells a wrong checksum and bits that are left over.
    if encode(prefix, data) != lower:
        raise ValueError
    return data


def _regrouped(values: bytes | bytearray | list[int], wide: int, narrow: int) -> list[int]:
    """Turn groups of bits into groups of another width; bits left over fill a last group only when packing."""
    collected, bits, groups = 0, 0, []
    for value in values:
        collected = (collected << wide | value) & 0xFFF
        bits += wide
        while bits >= narrow:
            bits -= narrow
            groups.append(collected >> bits & (1 << narrow) - 1)
    if bits and wide > narrow:
        groups.append(collected << narrow - bits & (1 << narrow) - 1)
    return groups


def _expanded(prefix: str) -> list[int]:
    signs = prefix.encode("ascii")
    return [*(sign >> 5 for sign in signs), 0, *(sign & 31 for sign in signs)]


def _polymod(values: list[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            if top >> place & 1:
                checksum ^= generator
    return checksum
