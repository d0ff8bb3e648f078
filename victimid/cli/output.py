"""How the command line speaks: plain lines or one JSON document; errors with their code on standard error."""

import json
import sys
from collections.abc import Mapping

from victimid import i18n
from victimid.app.messages import sentence
from victimid.errors import VictimIDError

GOOD, WANTING, BAD_INPUT = 0, 1, 2


class Output:
    """Prints results in the form that was asked for."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def result(self, document: Mapping[str, object], *lines: str) -> None:
        """Print one JSON document, or lines for people."""
        if self.as_json:
            print(json.dumps(document, ensure_ascii=False, indent=1, default=str))
        else:
            for line in lines:
                print(line)


def said(error: VictimIDError) -> str:
    """Return the English sentence of an error."""
    return sentence(i18n.load("victimid", i18n.SOURCE_LANGUAGE), error)


def report(error: VictimIDError) -> None:
    """Print an error as ``error[CODE]: sentence``."""
    print(f"error[{error.code}]: {said(error)}", file=sys.stderr)
