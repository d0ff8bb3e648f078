"""Settings of this machine; nothing personal, and a damaged file means the defaults."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from victimid.paths import private_folder, write_durably

LONGEST_IDLE_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program remembers outside the vault. Times are in minutes."""

    language: str = ""
    theme: str = "system"
    idle_minutes: int = 5


def read(path: Path) -> Settings:
    """Read the settings; what is missing, damaged or of the wrong type takes its default.

    No setting can keep the program open for longer than LONGEST_IDLE_MINUTES with nobody there.
    """
    try:
        stored = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    defaults = asdict(Settings())
    if not isinstance(stored, dict):
        return Settings()
    kept = {k: v for k, v in stored.items() if k in defaults and type(v) is type(defaults[k])}
    settings = Settings(**kept)
    return replace(settings, idle_minutes=min(max(settings.idle_minutes, 1), LONGEST_IDLE_MINUTES))


def write(path: Path, settings: Settings) -> None:
    """Write the settings durably."""
    private_folder(path.parent)
    write_durably(path, json.dumps(asdict(settings), indent=1).encode())
