"""Behind ``make run``: opens the program, or shows the demo where there is no display."""

import sys

from victimid import system
from victimid.__main__ import main


def start() -> int:
    """Open the window where there is a display."""
    if not system.display_available():
        print("There is no display here, so the window cannot open. Running the demo instead.\n", flush=True)
        return main(["demo", "--out", "build/demo"])
    return main([])


if __name__ == "__main__":
    sys.exit(start())
