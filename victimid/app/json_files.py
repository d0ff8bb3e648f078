"""JSON files that an administrator or a script hands to the program."""

import json
from pathlib import Path

from victimid.errors import VictimIDError


def read_json(path: Path) -> object:
    """Read a JSON file; raises ``program.file_missing``, ``program.bad_json`` with line and column."""
    try:
        return json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        raise VictimIDError("program.bad_json", name=path.name, line=error.lineno, column=error.colno) from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise VictimIDError("program.file_missing", name=path.name) from error
