"""A log that cannot carry records: event names and numbers, small and rotated, tracebacks without values."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from victimid.errors import VictimIDError
from victimid.paths import private_folder

_MAX_BYTES, _KEPT = 256 * 1024, 3


class _Sparse(logging.Formatter):
    """Write the type and place of an exception, never its text, which may hold what somebody typed."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - overrides logging
        """Name exception types and code positions only."""
        error = ei[1] if isinstance(ei, tuple) else None
        return describe(error) if isinstance(error, BaseException) else ""


def describe(error: BaseException) -> str:
    """Describe an exception for the log: its type, its code if it is ours, and where it came from."""
    name = str(error) if isinstance(error, VictimIDError) else type(error).__qualname__
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    return " < ".join([name, *reversed(places)])


def start(path: Path) -> logging.Logger:
    """Send the program's events of level INFO and above to a rotated file."""
    private_folder(path.parent)
    handler = RotatingFileHandler(path, maxBytes=_MAX_BYTES, backupCount=_KEPT, encoding="utf-8")
    handler.setFormatter(_Sparse("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("victimid")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
    return logger
