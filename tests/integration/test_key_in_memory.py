"""The data key after a lock: nowhere in the memory of the program, not in bytes and not as hex digits."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sessions import HEADQUARTERS, open_session
from tests.support.vaults import NAME, PASSPHRASE

LOOK = """
import gc
from tests.support.memory import copies, masked, masked_hex

class Needles:
    \"\"\"What to look for, taken while the vault is open, in a form that is not found itself.\"\"\"

    def __init__(self, vault):
        self.raw = masked(vault.keys._key.material())
        self.hex = masked_hex(self.raw)
        digits = vault.keys._key.hex()
        self.there = copies(self.raw), copies(self.hex)
        digits[:] = bytes(len(digits))

    def count(self):
        gc.collect()
        return copies(self.raw), copies(self.hex)
"""

WINDOW = (
    LOOK
    + """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.support.sessions import begun, door
from tests.support.speakers import Silent
from tests.support.vaults import NAME, PASSPHRASE
from victimid import i18n
from victimid.ui.context import Entrance
from victimid.ui.destinations import ToDesk, ToExport, ToInterview, ToRecovery
from victimid.ui.idle import IdleWatch
from victimid.ui.jobs import WorkerJobs
from victimid.ui.screen import Screen
from victimid.ui.screens.unlock import Unlock
from victimid.ui.sound import Sound
from victimid.ui.window import Window

app, jobs, way_in = QApplication([]), WorkerJobs(), door(Path(sys.argv[1]))
window = Window(Entrance(i18n.load("victimid", "en"), jobs, lambda: way_in, Sound(Silent())), IdleWatch(5), print)
window.begin()
window.show()

def until(kind):
    for _ in range(1000):
        if isinstance(window.page, kind):
            return
        QTest.qWait(20)
    raise AssertionError(window.page)

until(Unlock)
window.page.name.set_text(NAME)
QTest.keyClicks(window.page.passphrase.edit, PASSPHRASE)
window.page.submit()
until(Screen)
session = window.page.context.session
needles = Needles(session.vault)
talk = begun(session)
for place in (ToInterview(talk.interview_id), ToExport(), ToRecovery(), ToDesk()):
    window.go(place)
    QTest.qWait(50)
print(*needles.there)
del session, talk
window.lock_and_wait()
until(Unlock)
for _ in range(3):
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
print(*needles.count())
jobs.drain_and_stop()
"""
)

CLI = (
    LOOK
    + """
import sys
from pathlib import Path
from victimid.cli import main as program, opening
from victimid.crypto import kdf
from tests.support.sessions import door
from victimid.store.open_vault import Vault

seen = []
lock = Vault.lock

def looked_at(vault, why):
    if not seen:
        seen.append(Needles(vault))
        print(*seen[0].there)
    lock(vault, why)

Vault.lock = looked_at
opening.door = lambda options: door(options.vault)
secret = Path(sys.argv[1]).parent / "passphrase"
given = ["--vault", sys.argv[1], "--name", sys.argv[2], "--passphrase-file", str(secret)]
code = program.run(["vault", "verify", *given])
print(*seen[0].count())
sys.exit(code)
"""
)


CARE = (
    LOOK
    + """
import sys
from pathlib import Path
from tests.support.sessions import HEADQUARTERS, door
from tests.support.vaults import NAME, PASSPHRASE
from victimid import i18n
from victimid.app import recovering, vault_care
from victimid.model.why import WhyRekeyed

folder, words = Path(sys.argv[1]), i18n.load("victimid", "en")
way_in, new = door(folder), "seven copper lanterns drifting"

def answered(request):
    path = request.with_name("answer.age")
    path.write_bytes(recovering.answer(request.read_bytes(), 1, [sys.argv[3]]))
    request.unlink()
    return path

asked = recovering.ask(way_in, NAME, new, folder.parent, words)
session = recovering.take_answer(way_in, NAME, new, answered(asked.path))
needles = [Needles(session.vault)]
recovering.end_rehearsal(session, new, answered(recovering.rehearse(session, new, folder.parent, words).path))
vault_care.rekey(session, WhyRekeyed.ROUTINE)
needles.append(Needles(session.vault))
print(*map(min, zip(*(each.there for each in needles))))
session.lock()
print(*map(sum, zip(*(each.count() for each in needles))))
"""
)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read through /proc")
@pytest.mark.parametrize("program", [WINDOW, CLI, CARE], ids=["window", "command line", "recovered and rekeyed"])
def test_nothing_of_the_key_is_left_after_a_lock(tmp_path: Path, program: str) -> None:
    folder = tmp_path / "vault"
    open_session(folder).lock()
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n", "utf-8")
    command = [sys.executable, "-c", program, str(folder), NAME, HEADQUARTERS.secret]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ran.returncode == 0, ran.stderr
    opened, locked = (tuple(map(int, line.split())) for line in ran.stdout.splitlines() if _is_count(line))
    assert min(opened) >= 1
    assert locked == (0, 0)


def _is_count(line: str) -> bool:
    return len(line.split()) == 2 and all(word.isdigit() for word in line.split())
