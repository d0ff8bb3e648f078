"""Set-up for the Makefile: the isolated environment from a lock file, and the system tools of the tests."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

ENVIRONMENT = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)


def main(arguments: list[str]) -> int:
    """Run ``environment LOCK`` or ``tools``."""
    if sys.version_info < OLDEST_PYTHON:
        return refuse(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12")
    match arguments:
        case ["environment", lock]:
            return environment(ROOT / lock)
        case ["tools"]:
            return tools()
    return refuse("usage: prepare.py environment LOCK | tools")


def environment(lock: Path) -> int:
    """Make .venv and install exactly what the lock file names, then the program itself in place."""
    try:
        import ensurepip  # noqa: F401 - Debian ships Python without it
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return refuse(
            f"Python's venv module is incomplete here.\n  Debian, Ubuntu:  sudo apt-get install python{version}-venv"
        )
    python = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        print(f"Making an isolated environment in {ENVIRONMENT.name} (once) …", flush=True)
        venv.create(ENVIRONMENT, with_pip=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    print(f"Installing from {lock.name} …", flush=True)
    for step in (
        [*pip, "--require-hashes", "--requirement", str(lock)],
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    ):
        done = subprocess.run(step, check=False)
        if done.returncode:
            return refuse("Installing did not work; the lines above say why. The first set-up needs a network.")
    return 0


def tools() -> int:
    """Have the commands and libraries that the tests use; install them where that needs no question."""
    from victimid import system

    missing = system.missing_commands() + system.missing_libraries()
    if not missing:
        return 0
    if system.debian_root():
        packages = list(dict.fromkeys(need.debian for need in missing))
        print(f"Installing {' '.join(packages)} …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False, stdout=subprocess.DEVNULL)
        missing = system.missing_commands() + system.missing_libraries()
    return refuse(system.install_hint(missing)) if missing else 0


def refuse(message: str) -> int:
    """Say what is in the way."""
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
