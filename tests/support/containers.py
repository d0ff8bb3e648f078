"""Containers taken apart by Python's own tar, packed again with any members, and damaged in every way."""

import io
import tarfile
from collections.abc import Sequence

from hypothesis import strategies as st

from victimid.exchange import container

Member = tuple[str, bytes]


def members_of(data: bytes) -> list[Member]:
    """Return names and contents in their order."""
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return [(info.name, _content(archive, info)) for info in archive]


def packed(members: Sequence[Member]) -> bytes:
    """Pack members as a container spells them."""
    target = io.BytesIO()
    for name, content in members:
        container.add(target, name, content)
    container.end(target)
    return target.getvalue()


def flipped(original: bytes) -> st.SearchStrategy[bytes]:
    """Draw the bytes with one bit changed."""

    def damaged(bit: int) -> bytes:
        data = bytearray(original)
        data[bit // 8] ^= 1 << bit % 8
        return bytes(data)

    return st.integers(0, len(original) * 8 - 1).map(damaged)


def cut(original: bytes) -> st.SearchStrategy[bytes]:
    """Draw the bytes without their end."""
    return st.integers(0, len(original) - 1).map(lambda size: original[:size])


def lengthened(original: bytes) -> st.SearchStrategy[bytes]:
    """Draw the bytes with others behind them."""
    return st.binary(min_size=1, max_size=2000).map(lambda more: original + more)


def rearranged(original: bytes) -> st.SearchStrategy[bytes]:
    """Draw a container with the same members in another order, doubled or left out."""
    members = members_of(original)
    whole = list(range(len(members)))
    picked = st.lists(st.sampled_from(whole), max_size=len(members) + 2).filter(lambda numbers: numbers != whole)
    return picked.map(lambda numbers: packed([members[number] for number in numbers]))


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(info)
    return stream.read() if stream else b""
