"""The text that asks headquarters to recover a vault: for people with plain tools, and for this program.

Its lines that begin with "#" are for people; the commands among them need only ``sed`` and ``age``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from victimid.crypto import age
from victimid.crypto.age_armor import BEGIN, END, armored, dearmored
from victimid.crypto.escrow import parsed
from victimid.crypto.header import Way
from victimid.crypto.secret import taken, wipe
from victimid.errors import VictimIDError

_TITLE: Final = "VictimID recovery request 1"
_MAX_BYTES: Final = 1024 * 1024
_CODE_DIGITS, _CODE_GROUP = 16, 4
_FORM: Final = re.compile(
    rf"{_TITLE}\nVault: (?P<vault>[0-9a-f]{{32}})\nKey: (?P<recipient>age1[0-9a-z]{{1,2000}})\n(?P<ways>(?:Way .*)?)",
    re.DOTALL,
)
_WAY: Final = re.compile(
    rf"Way [0-9]{{1,3}}: (?P<keys>[0-9a-f]{{8}}(?: [0-9a-f]{{8}})?)\n(?P<file>{BEGIN}\n[0-9A-Za-z+/=\n]*{END}\n)"
)


@dataclass(frozen=True, slots=True)
class Request:
    """What headquarters needs: the vault's ways to recover, and the one-time key the answer is encrypted to."""

    vault: str
    recipient: str
    ways: tuple[Way, ...]

    @property
    def code(self) -> str:
        """What both sides compare by telephone, so that nobody can put another key in: ``1a2b 3c4d 5e6f 7081``."""
        digits = age.fingerprint(self.recipient)[:_CODE_DIGITS]
        return " ".join(digits[start : start + _CODE_GROUP] for start in range(0, _CODE_DIGITS, _CODE_GROUP))


def write(request: Request, explanation: Iterable[str] = ()) -> str:
    """Return the text, with explanations for people before everything else.

    It does not show the code: headquarters computes it from the key with the first command.
    """
    code = f"sed -n 's/^Key: //p' request.txt | tr -d '\\r\\n' | sha256sum | cut -c 1-{_CODE_DIGITS}"
    lines = [*_comments(explanation), _TITLE, f"Vault: {request.vault}", f"# {code}", f"Key: {request.recipient}"]
    for number, way in enumerate(request.ways, start=1):
        lines += [*_comments(_commands(number, way.keys)), f"Way {number}: {' '.join(way.keys)}", armored(way.file)]
    return "\n".join(lines).rstrip("\n") + "\n"


def read(content: bytes) -> Request:
    """Read a text that came from a laptop; ``recovery.request_damaged``."""
    try:
        text = content.decode("utf-8") if len(content) <= _MAX_BYTES else ""
    except UnicodeDecodeError:
        text = ""
    lines = (line for line in text.split("\n") if line.strip() and not line.startswith("#"))
    form = _FORM.fullmatch("".join(line.rstrip("\r") + "\n" for line in lines))
    if not form:
        raise VictimIDError("recovery.request_damaged")
    found = list(_WAY.finditer(form["ways"]))
    if "".join(match[0] for match in found) != form["ways"]:
        raise VictimIDError("recovery.request_damaged")
    try:
        recipient = age.check_recipient(form["recipient"])
        ways = tuple(Way(tuple(match["keys"].split()), dearmored(match["file"].encode())) for match in found)
    except VictimIDError as error:
        raise VictimIDError("recovery.request_damaged") from error
    return Request(form["vault"], recipient, ways)


def answer(request: Request, way: Way, secret_keys: Sequence[str]) -> bytes:
    """Open one way with the secret keys of its persons, in their order, and encrypt it to the one-time key.

    The pipe of `write` does the same without looking inside. Raises ``recovery.other_vault`` if the way belongs to
    another vault than the request says, ``recovery.answer_damaged``, and what age says of the keys and files.
    """
    content = bytearray(way.file)
    for secret in secret_keys:
        content = taken(age.decrypt(bytes(content), secret))
    escrowed = parsed(content)
    try:
        if not escrowed:
            raise VictimIDError("recovery.answer_damaged")
        if escrowed.vault != request.vault:
            raise VictimIDError("recovery.other_vault")
        return age.encrypt(content, [request.recipient])
    finally:
        wipe(content)
        if escrowed:
            escrowed.wipe()


def _commands(number: int, keys: Sequence[str]) -> Iterable[str]:
    """Yield one command for each person; the file of a key is named by its fingerprint."""
    way = f"sed -e '1,/^Way {number}:/d' -e '/END AGE/q' request.txt"
    to_laptop = """age -r "$(sed -n 's/^Key: //p' request.txt | tr -d '\\r')" -o answer.age"""
    if len(keys) == 1:
        yield f"{way} | age -d -i {keys[0]}.key | {to_laptop}"
    else:
        yield f"{way} | age -d -i {keys[0]}.key -o half.age"
        yield f"age -d -i {keys[1]}.key half.age | {to_laptop}"


def _comments(texts: Iterable[str]) -> Iterable[str]:
    return (f"# {line}" for text in texts for line in text.splitlines())
