"""A canonical document with its SSH signature, as two members of a container."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from victimid.crypto import sshsig
from victimid.errors import VictimIDError
from victimid.exchange import container
from victimid.exchange.container import Member
from victimid.exchange.limits import MAX_DOCUMENT, MAX_SIGNATURE

Sign = Callable[[str, bytes], bytes]
"""Signs a message for a namespace with a key that stays where it is."""


def signature_name(name: str) -> str:
    """Return the member that holds a document's signature."""
    return f"{name}.sig"


def limit(name: str, document: str) -> int | None:
    """Return the most bytes of a document or its signature, None for any other member."""
    return {document: MAX_DOCUMENT, signature_name(document): MAX_SIGNATURE}.get(name)


def add(stream: BinaryIO, name: str, document: bytes, signature: bytes) -> None:
    """Write a document and its signature."""
    container.add(stream, name, document)
    container.add(stream, signature_name(name), signature)


def read(stream: BinaryIO, members: Mapping[str, Member], name: str, namespace: str, public_key: str) -> bytes:
    """Return a document whose signature holds; raises ``signature.*`` and exchange.missing_member."""
    document = container.content(stream, members, name)
    signature = container.content(stream, members, signature_name(name))
    sshsig.verify(public_key, namespace, document, signature)
    return document


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file from outside; raises exchange.unreadable, also when the medium fails on the way."""
    try:
        if not path.is_file():
            raise VictimIDError("exchange.unreadable")
        with path.open("rb") as stream:
            yield stream
    except OSError:
        raise VictimIDError("exchange.unreadable") from None
