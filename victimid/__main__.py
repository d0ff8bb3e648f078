"""Entry point: without arguments the window opens, with a command the command line runs."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code (0 good, 1 checked and found wanting, 2 bad input)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] == "--vault":
        from victimid.cli.window import open_window

        return open_window(given)
    from victimid.cli.main import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
