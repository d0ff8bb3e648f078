"""How much work one answer may cause, counted in nodes and characters looked at, never in seconds."""

from typing import Final

from victimid.errors import VictimIDError
from victimid.forms import limits

SHORT: Final = 16


class Effort:
    """Work done since somebody last asked for something."""

    __slots__ = ("_spent",)

    def __init__(self) -> None:
        self._spent = 0

    def begin(self) -> None:
        """Count anew."""
        self._spent = 0

    def visit(self, nodes: int) -> None:
        """Count nodes; raises ``form.too_slow`` where a form has no end of them."""
        self._spent += nodes
        if self._spent > limits.EVALUATION_VISITS:
            raise VictimIDError("form.too_slow")

    def write(self, characters: int) -> None:
        """Count characters of a text that was made or gone through; a ``SHORT`` one need not be told."""
        self.visit(characters // SHORT)


def require_short(texts: list[str]) -> None:
    """Refuse texts that are too long together, before they are joined; raises ``form.too_large``."""
    limits.require(limits.VALUE_CHARACTERS, sum(map(len, texts)), "text")
