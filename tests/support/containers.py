"""Containers taken apart by Python's own tar, and packed again with any members."""

import io
import tarfile
from collections.abc import Sequence

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


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(info)
    return stream.read() if stream else b""
