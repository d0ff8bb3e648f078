"""What is left of the data key in this process's memory once it was wiped: nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import gc, sys
from pathlib import Path
from tests.support.memory import copies, masked, masked_hex
from tests.support.vaults import NAME, NOON, PASSPHRASE, TEST_COST
from victimid.crypto import age, keyfile, recovery, rekeying

path, what = Path(sys.argv[1]) / "header.json", sys.argv[2]
duty, cold = age.new_identity(), age.new_identity(post_quantum=True)
ways = [(duty.recipient,), (cold.recipient, duty.recipient)]
key = keyfile.create(path, NAME, PASSPHRASE, recovery=ways, cost=TEST_COST).key
if what == "unlocked":
    key.wipe()
    key = keyfile.unlock(path, NAME, PASSPHRASE, floor=TEST_COST).key
if what == "rekeyed":
    new_key = rekeying.begin(path, key, ways)
    rekeying.finish(path, key, new_key)
    key.wipe()
    key = new_key
if what.startswith("recovered"):
    pending = path.with_name("recovery")
    request = recovery.begin(path, pending, NAME, PASSPHRASE, NOON, post_quantum=what.endswith("pq"), floor=TEST_COST)
    content = bytearray(b'{"data_key":"') + key.hex() + b'","vault":"' + request.vault.encode() + b'"}'
    answer = age.encrypt(content, [request.recipient])
    content[:] = bytes(len(content))
    key.wipe()
    key = recovery.open_answer(path, pending, NAME, PASSPHRASE, answer, NOON, floor=TEST_COST).key
form = key.sqlcipher_key()
form[:] = bytes(len(form))
needle = masked(key.material())
there = copies(needle)
key.wipe()
gc.collect()
print(there, copies(needle), copies(masked_hex(needle)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read through /proc")
@pytest.mark.parametrize("what", ["made", "unlocked", "rekeyed", "recovered", "recovered pq"])
def test_nothing_of_the_key_is_left(tmp_path: Path, what: str) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), what]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    there, raw, in_hex = map(int, ran.stdout.split())
    assert there >= 1
    assert (raw, in_hex) == (0, 0)
