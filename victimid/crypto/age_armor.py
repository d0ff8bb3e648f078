"""The text form of an age file, which passes through mail and paper."""

import base64
from typing import Final

from victimid.errors import VictimIDError

BEGIN: Final = "-----BEGIN AGE ENCRYPTED FILE-----"
END: Final = "-----END AGE ENCRYPTED FILE-----"
_COLUMNS: Final = 64


def armored(data: bytes) -> str:
    """Return an age file as lines of text."""
    text = base64.b64encode(data).decode("ascii")
    lines = (text[start : start + _COLUMNS] for start in range(0, len(text), _COLUMNS))
    return "\n".join((BEGIN, *lines, END)) + "\n"


def dearmored(content: bytes) -> bytes:
    """Return an age file from either form; ``age.damaged`` for text with any other spelling."""
    if not content.lstrip().startswith(BEGIN.encode()):
        return content
    lines = content.strip().replace(b"\r\n", b"\n").split(b"\n")
    try:
        data = base64.b64decode(b"".join(lines[1:-1]), validate=True)
    except ValueError:
        raise VictimIDError("age.damaged") from None
    if armored(data).encode() != b"\n".join(lines) + b"\n":
        raise VictimIDError("age.damaged")
    return data
