"""Reading the files of a form: ordinary ones only, and no larger than a form may be."""

from pathlib import Path

from victimid.errors import VictimIDError
from victimid.forms import limits


def require_ordinary(path: Path) -> None:
    """Refuse devices, pipes and folders, which never end or never begin, and what is too large.

    Raises ``form.file_not_found`` or ``form.too_large``.
    """
    try:
        ordinary, size = path.is_file(), path.stat().st_size
    except (OSError, ValueError):
        raise VictimIDError("form.file_not_found") from None
    if not ordinary:
        raise VictimIDError("form.file_not_found")
    limits.require(limits.FILE_BYTES, size, "bytes")


def content_of(path: Path) -> bytes:
    """Read a whole file; raises ``form.file_not_found`` or ``form.too_large``."""
    require_ordinary(path)
    try:
        return path.read_bytes()
    except OSError:
        raise VictimIDError("form.file_not_found") from None
