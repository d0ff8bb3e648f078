"""Commands run as the program runs them, and vaults for it: as cheap to unlock as it accepts, or cheaper."""

import functools
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from tests.support.colleagues import enrol
from tests.support.sessions import HEADQUARTERS, answer_all, begun, shared_content
from tests.support.vaults import NAME, PASSPHRASE, POST, TEST_COST
from victimid.app.session import Door, VaultSetup
from victimid.cli import opening
from victimid.cli.main import run
from victimid.clock import now
from victimid.crypto.kdf import FLOOR, Cost
from victimid.model.people import Role

OFFICER, ADMINISTRATOR = "Olga Officer", "Ada Administrator"
OTHER_PASSPHRASE = "seven copper lanterns drifting"
NEW_PASSPHRASE = "eleven patient otters waiting"
_CHEAP_DOOR: Final = functools.partial(Door, cost=TEST_COST, floor=TEST_COST)


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

    def run(self, *arguments: str | Path, name: str = "", passphrase: str = "", typed: str = "") -> Done:
        """Run one command with --json as an officer of the vault."""
        who = name or self.name
        known = passphrase or (PASSPHRASE if who == NAME else OTHER_PASSPHRASE)
        whose = ("--vault", self.vault, "--name", who, "--passphrase-file", self.secret(known))
        return program(*arguments, *whose, typed=typed)


def program(*arguments: str | Path, typed: str = "") -> Done:
    """Run a command with --json as the program does, with what is ``typed`` on standard input.

    Vaults that it makes are cheap to unlock, and it takes such; `victimid.cli.main.run` does not.
    """
    out, err = io.StringIO(), io.StringIO()
    with patch.object(opening, "Door", _CHEAP_DOOR), redirect_stdout(out), redirect_stderr(err):
        before, sys.stdin = sys.stdin, io.StringIO(typed)
        try:
            code = run([*map(str, arguments), "--json"])
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            sys.stdin = before
    output = out.getvalue()
    return Done(code, json.loads(output) if output.strip() else {}, err.getvalue())


@functools.cache
def _made(cost: Cost) -> tuple[Path, str]:
    """Make a vault with a supervisor, an officer and an administrator, and a case of the officer's."""
    folder = Path(tempfile.mkdtemp(prefix="vault-of-tests-"))
    door = Door(folder / "vault", shared_content(), now, cost, cost)
    session = door.create(VaultSetup(POST, NAME, PASSPHRASE, (HEADQUARTERS.recipient,)))
    enrol(session, OFFICER, Role.OFFICER, OTHER_PASSPHRASE)
    enrol(session, ADMINISTRATOR, Role.ADMINISTRATOR, OTHER_PASSPHRASE)
    session.lock()
    session = door.unlock(OFFICER, OTHER_PASSPHRASE)
    interview = begun(session)
    answer_all(interview)
    interview.finish()
    session.lock()
    return folder, interview.case_ref


def program_on_a_vault(folder: Path, cost: Cost = FLOOR) -> Program:
    """Return a program on an own copy of the vault with three officers and one finished case."""
    made, case = _made(cost)
    shutil.copytree(made / "vault", folder / "vault")
    return Program(folder, case)
