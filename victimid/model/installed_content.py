"""What headquarters' content pack left on a laptop."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PackForm:
    """A form of a pack, without its questions; ``languages`` are named as in the form, ``sha256`` is the form's."""

    id: str
    title: str
    version: str
    languages: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Installed:
    """The pack in use: ``sha256`` is that of its signed manifest, ``signed_by`` the public key, ``by`` an officer."""

    number: int
    sha256: str
    issued_at: datetime
    signed_by: str
    installed_at: datetime
    by: str
