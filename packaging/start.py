"""Behind ``make run``: opens the program, or shows the demo where there is no display."""

import sys

from victimid import system
from victimid.__main__ import main


def start() -> int:
    """Open the window if that is possible here; say plainly what is in the way if not."""
    if not system.display_available():
        print("There is no display here, so the window cannot open. Running the demo instead.\n", flush=True)
        return main(["demo", "--out", "build/demo"])
    missing = system.missing_libraries(x11=True)
    if missing:
        print(system.install_hint(missing), file=sys.stderr)
        return 1
    return main([])


if __name__ == "__main__":
    sys.exit(start())
