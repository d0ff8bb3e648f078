"""A draft: what is on screen and not yet recorded, as one text the vault keeps."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """The unconfirmed value of a question, and what was typed as the person's own words."""

    value: str = ""
    own_words: str = ""

    def text(self) -> str:
        """Write the draft as one text; nothing typed is the empty text."""
        return json.dumps([self.value, self.own_words]) if self.value or self.own_words else ""


def read(text: str) -> Draft:
    """Read a draft; a text of any other make is taken for the value itself."""
    try:
        kept = json.loads(text)
    except ValueError:
        return Draft(value=text)
    match kept:
        case [str(value), str(own_words)]:
            return Draft(value, own_words)
        case _:
            return Draft(value=text)
