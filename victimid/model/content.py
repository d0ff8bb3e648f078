"""Content packs: headquarters' signed updates of the service directory and of questionnaires."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PackContent:
    """What a pack brings: the directory as it was written, blank for none, forms as XForms, their media by SHA-256."""

    services: str = field(repr=False)
    forms: tuple[str, ...] = field(repr=False)
    media: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ContentPack:
    """A pack with the number headquarters gave it; ``sha256`` is that of its signed manifest."""

    number: int
    issued_at: datetime
    sha256: str
    content: PackContent
