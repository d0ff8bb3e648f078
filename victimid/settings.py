"""Settings of this machine; nothing personal, and a damaged file means the defaults."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from victimid.paths import private_folder, write_durably


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program remembers outside the vault."""

    language: str = ""
    theme: str = "system"


def read(path: Path) -> Settings:
    """Read the settings; what is missing, damaged or of the wrong type takes its default."""
    try:
        stored = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    defaults = asdict(Settings())
    if not isinstance(stored, dict):
        return Settings()
    kept = {k: v for k, v in stored.items() if k in defaults and type(v) is type(defaults[k])}
    return Settings(**kept)


def write(path: Path, settings: Settings) -> None:
    """Write the settings durably."""
    private_folder(path.parent)
    write_durably(path, json.dumps(asdict(settings), indent=1).encode())
