"""Works around PySide6 6.12.0, which gives away a reference to True with every ``Signal.emit``.

Before Python 3.12 made True immortal, the interpreter aborts once the references run out, after some hundred
signals. Remove this module when the oldest PySide6 we accept returns a reference it owns.
"""

import ctypes
import sys
from typing import Final

_PLENTY: Final = 1 << 40


def secure_true() -> None:
    """Give True more references than a program can ever use up; does nothing where True is immortal."""
    if sys.version_info < (3, 12):
        immortal = True
        ctypes.c_ssize_t.from_address(id(immortal)).value += _PLENTY
