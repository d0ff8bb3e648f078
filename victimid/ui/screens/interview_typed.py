"""What stands in the fields of a question, as one text that the vault keeps for a draft."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typed:
    """The answer as it was typed, and what was typed as the person's own words."""

    answer: str = ""
    own_words: str = ""

    def text(self) -> str:
        """Write both as one text; nothing typed is the empty text."""
        return json.dumps([self.answer, self.own_words]) if f"{self.answer}{self.own_words}".strip() else ""


def read(text: str) -> Typed:
    """Read a draft; a text of any other make is taken for the answer itself."""
    try:
        kept = json.loads(text)
    except ValueError:
        return Typed(text)
    match kept:
        case [str(answer), str(own_words)]:
            return Typed(answer, own_words)
        case _:
            return Typed(text)
