"""The real program run as a process of its own, and vaults for it: never cheaper to unlock than it accepts."""

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.sessions import HEADQUARTERS, answer_all, begun, shared_content
from tests.support.vaults import NAME, PASSPHRASE, POST
from victimid.app import officers
from victimid.app.session import Door, VaultSetup
from victimid.clock import now
from victimid.crypto.kdf import FLOOR
from victimid.model.people import Role

ROOT = Path(__file__).resolve().parents[2]
OFFICER, ADMINISTRATOR = "Olga Officer", "Ada Administrator"
OTHER_PASSPHRASE = "seven copper lanterns drifting"
NEW_PASSPHRASE = "eleven patient otters waiting"


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: exit code, the JSON document, standard error."""

    code: int
    document: Mapping[str, Any]
    error: str


@dataclass
class Program:
    """Runs commands on one vault, as one officer unless told otherwise."""

    folder: Path
    case: str = ""
    name: str = NAME
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def vault(self) -> Path:
        """The folder of the vault."""
        return self.folder / "vault"

    def secret(self, text: str) -> Path:
        """Return a file that holds a passphrase."""
        if text not in self.files:
            self.files[text] = self.folder / f"secret-{len(self.files)}"
            self.files[text].write_text(text + "\n", "utf-8")
        return self.files[text]

    def run(self, *arguments: str | Path, name: str = "", passphrase: str = "") -> Done:
        """Run one command with --json as an officer of the vault."""
        who = name or self.name
        known = passphrase or (PASSPHRASE if who == NAME else OTHER_PASSPHRASE)
        whose = ("--vault", self.vault, "--name", who, "--passphrase-file", self.secret(known))
        return program(*arguments, *whose)


def program(*arguments: str | Path) -> Done:
    """Run the real program with --json, in English whatever the system speaks, nothing on standard input."""
    command = [sys.executable, "-m", "victimid", *map(str, arguments), "--json"]
    environment = {**os.environ, "LANG": "es_ES.UTF-8", "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=120
    )
    output = ran.stdout.decode()
    return Done(ran.returncode, json.loads(output) if output.strip() else {}, ran.stderr.decode())


@functools.cache
def _made() -> tuple[Path, str]:
    """Make a vault with a supervisor, an officer and an administrator, and a case of the officer's."""
    folder = Path(tempfile.mkdtemp(prefix="vault-of-tests-"))
    door = Door(folder / "vault", shared_content(), now, FLOOR, FLOOR)
    session = door.create(VaultSetup(POST, NAME, PASSPHRASE, (HEADQUARTERS.recipient,)))
    officers.enrol(session, OFFICER, OTHER_PASSPHRASE, Role.OFFICER)
    officers.enrol(session, ADMINISTRATOR, OTHER_PASSPHRASE, Role.ADMINISTRATOR)
    session.lock()
    session = door.unlock(OFFICER, OTHER_PASSPHRASE)
    interview = begun(session)
    answer_all(interview)
    interview.finish()
    session.lock()
    return folder, interview.case_ref


def program_on_a_vault(folder: Path) -> Program:
    """Return a program on an own copy of the vault with three officers and one finished case."""
    made, case = _made()
    shutil.copytree(made / "vault", folder / "vault")
    return Program(folder, case)
