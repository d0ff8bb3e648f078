"""Files beside a form: in its folder, or in a folder named after it that ends in ``-media``, and nowhere else."""

from dataclasses import dataclass
from pathlib import Path

from victimid.errors import VictimIDError
from victimid.forms import limits


@dataclass(frozen=True, slots=True)
class Beside:
    """Finds files by their bare names; links are not followed out of the folder."""

    form: Path

    def find(self, name: str) -> Path | None:
        """Return where a file lies, None where there is none or its name hides it."""
        bare = Path(name).name
        if not bare or bare.startswith(".") or "\0" in bare:
            return None
        folders = self.form.parent, self.form.parent / f"{self.form.stem}-media"
        return next((each for folder in folders if (each := folder / bare).is_file() and not each.is_symlink()), None)

    def read(self, name: str) -> bytes | None:
        """Return what a file holds; raises ``form.too_large``, ``form.file_not_found``."""
        found = self.find(name)
        return contents(found) if found is not None else None


def contents(path: Path) -> bytes:
    """Read a file within the limit; raises ``form.too_large``, ``form.file_not_found``."""
    try:
        limits.require(limits.FILE_BYTES, path.stat().st_size, "bytes")
        return path.read_bytes()
    except OSError:
        raise VictimIDError("form.file_not_found") from None
