"""The syntax of regular expressions as ODK clients write them, without what cannot be linear."""

from dataclasses import dataclass
from typing import Final

from victimid.errors import VictimIDError
from victimid.forms import limits
from victimid.forms.patterns.characters import CONTROLS, NOT_LINE_END, SHORTHANDS, Characters, single


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of several."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part so many times; ``most`` is None for without end."""

    part: "Part"
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Edge:
    """``^``, ``$``, ``b`` or ``B``: a condition on a place between characters."""

    kind: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """What must, or must not, follow."""

    part: "Part"
    negated: bool


Part = Sequence | Alternatives | Repeat | Edge | Ahead | Characters
_DEPTH: Final = 50
_MOST: Final = 1_000
_HEX: Final = {"x": 2, "u": 4}


def parse(pattern: str) -> Part:
    """Parse a pattern; raises ``form.bad_pattern`` with the position of what is wrong or refused."""
    limits.require(limits.PATTERN_CHARACTERS, len(pattern), "pattern")
    return _Parser(pattern).whole()


class _Parser:
    """One pass over one pattern."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._depth = 0

    def whole(self) -> Part:
        """Parse everything."""
        found = self._alternatives()
        if self._at < len(self._pattern):
            raise self._error()
        return found

    def _error(self) -> VictimIDError:
        return VictimIDError("form.bad_pattern", pattern=self._pattern[:100], at=self._at + 1)

    def _peek(self, text: str) -> bool:
        return self._pattern.startswith(text, self._at)

    def _take(self, text: str) -> bool:
        if self._peek(text):
            self._at += len(text)
            return True
        return False

    def _next(self) -> str:
        if self._at >= len(self._pattern):
            raise self._error()
        self._at += 1
        return self._pattern[self._at - 1]

    def _alternatives(self) -> Part:
        self._depth += 1
        if self._depth > _DEPTH:
            raise self._error()
        parts = [self._sequence()]
        while self._take("|"):
            parts.append(self._sequence())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else Alternatives(tuple(parts))

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while self._at < len(self._pattern) and not self._peek("|") and not self._peek(")"):
            parts.append(self._repeated(self._atom()))
        return Sequence(tuple(parts))

    def _repeated(self, part: Part) -> Part:
        while True:
            bounds = self._bounds()
            if bounds is None:
                return part
            if isinstance(part, Edge):
                raise self._error()
            self._take("?")
            part = Repeat(part, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(sign):
                return bounds
        end = self._pattern.find("}", self._at)
        if not self._peek("{") or end < 0:
            return None
        low, comma, high = self._pattern[self._at + 1 : end].partition(",")
        if not (low.isdecimal() and low.isascii()) or (high and not (high.isdecimal() and high.isascii())):
            return None
        self._at = end + 1
        least = int(low[:9])
        most = least if not comma else int(high[:9]) if high else None
        if least > _MOST or (most is not None and (most > _MOST or most < least)):
            raise self._error()
        return least, most

    def _atom(self) -> Part:
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return self._set()
        if character == ".":
            return NOT_LINE_END
        if character in "^$":
            return Edge(character)
        if character == "\\":
            return self._escape()
        if character in "*+?":
            self._at -= 1
            raise self._error()
        return single(character)

    def _group(self) -> Part:
        negated = self._peek("?!")
        ahead = self._take("?!") or self._take("?=")
        if not ahead and not self._take("?:") and self._peek("?"):
            self._name()
        inner = self._alternatives()
        if not self._take(")"):
            raise self._error()
        return Ahead(inner, negated) if ahead else inner

    def _name(self) -> None:
        """Skip the name of a group; look-behind and flags are refused."""
        end = self._pattern.find(">", self._at)
        if not self._peek("?<") or self._peek("?<=") or self._peek("?<!") or end < 0:
            raise self._error()
        self._at = end + 1

    def _escape(self) -> Part:
        character = self._next()
        if character in "bB":
            return Edge(character)
        if character in SHORTHANDS:
            return SHORTHANDS[character]
        if character in "pP" and self._peek("{"):
            return self._category(negated=character == "P")
        return single(self._escaped(character))

    def _category(self, *, negated: bool) -> Characters:
        end = self._pattern.find("}", self._at)
        if end < 0:
            raise self._error()
        name = self._pattern[self._at + 1 : end]
        self._at = end + 1
        return Characters(categories=(name.removeprefix("Is")[:2],), negated=negated)

    def _escaped(self, character: str) -> str:
        if character in CONTROLS:
            return CONTROLS[character]
        if character in _HEX:
            digits = self._pattern[self._at : self._at + _HEX[character]]
            try:
                code = int(digits, 16)
            except ValueError:
                return character
            self._at += len(digits)
            return chr(code)
        if character.isalnum():
            raise self._error()
        return character

    def _set(self) -> Characters:
        negated = self._take("^")
        ranges: list[tuple[int, int]] = []
        inner: list[Characters] = []
        while not self._take("]"):
            low = self._member()
            if isinstance(low, Characters):
                inner.append(low)
                continue
            high: Characters | str = low
            if self._peek("-") and not self._peek("-]"):
                self._at += 1
                high = self._member()
            if isinstance(high, Characters):
                inner.extend((single("-"), high))
                high = low
            if ord(high) < ord(low):
                raise self._error()
            ranges.append((ord(low), ord(high)))
        return Characters(tuple(ranges), (), tuple(inner), negated)

    def _member(self) -> Characters | str:
        character = self._next()
        if character != "\\":
            return character
        escaped = self._next()
        if escaped == "b":
            return "\b"
        if escaped in SHORTHANDS:
            return SHORTHANDS[escaped]
        if escaped in "pP" and self._peek("{"):
            return self._category(negated=escaped == "P")
        return self._escaped(escaped)
