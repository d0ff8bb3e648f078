"""The full check of a vault with 100,000 interviews and a million answers, all of them in the audit."""

import subprocess
import sys
from pathlib import Path

from tests.support.audited import write_audit
from tests.support.big_vault import big_vault

ROOT = Path(__file__).parents[2]
CHECK = """
import sys
from pathlib import Path
from time import perf_counter, process_time
from tests.support.vaults import reopened
vault = reopened(Path(sys.argv[1]))
began = perf_counter()
checkup = vault.verify()
assert (checkup.flaws, checkup.uncovered) == ((), 0), checkup.flaws[:3]
compared = ", ".join(f"{check} {count}" for check, count in checkup.compared.items())
print(f"{perf_counter() - began:.0f} s, {process_time():.0f} s of it computing; compared: {compared}")
vault.lock()
[peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(int(peak.split()[1]) / 1024)
"""


def test_a_full_check_of_a_large_vault_finds_it_sound_in_little_memory(tmp_path: Path) -> None:
    vault = big_vault(tmp_path / "vault")
    write_audit(vault)
    vault.lock()
    command = [sys.executable, "-c", CHECK, str(tmp_path / "vault")]
    told, peak = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    sys.stdout.write(f"\nfull check: {told}; {float(peak):.0f} MiB at most\n")
    assert float(peak) <= 250
