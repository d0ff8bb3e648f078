"""Random expressions that use most of what XPath and ODK have, about the questions asked so far."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

Make = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Known:
    """A question that expressions may refer to, and the repeats it is in."""

    name: str
    kind: str
    repeats: tuple[str, ...]


@dataclass(slots=True)
class Expressions:
    """Makes expressions for one form; the same seed makes the same ones.

    In a ``pure`` form all that is worked out follows from what is answered now, not from what was before.
    """

    seed: int
    pure: bool = False
    translated: bool = False
    chance: random.Random = field(init=False)
    known: list[Known] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - reproducible on purpose
        self.translated = self.chance.random() < 0.4

    def _repeats(self) -> tuple[str, ...]:
        return tuple(name for kind, name in self.open if kind == "repeat")

    def _near(self, kinds: str = "") -> list[str]:
        """Return references to questions in repeats that all are around this place."""
        here = self._repeats()
        return [
            f"${{{each.name}}}"
            for each in self.known
            if here[: len(each.repeats)] == each.repeats and (not kinds or each.kind in kinds.split())
        ]

    def _outer(self) -> str:
        """Return a reference that holds anywhere in the form."""
        outer = [f"${{{each.name}}}" for each in self.known if not each.repeats]
        return self.chance.choice(outer) if outer else "x"

    def _far(self) -> list[Known]:
        here = self._repeats()
        return [each for each in self.known if each.repeats and here[: len(each.repeats)] != each.repeats]

    def _number(self) -> str:
        return self.chance.choice([*self._near("integer decimal calculate range"), "3", "1.5", "0", "-2"])

    def _text(self) -> str:
        return self.chance.choice([*self._near(), "'x'", "'a'", "''", "'red'", "'5'"])

    def _date(self) -> str:
        return self.chance.choice(
            [*self._near("date dateTime"), "'2001-05-09'", "date('1999-12-31')", "''", self._text()]
        )

    def _truth(self, depth: int = 0) -> str:
        pick = self.chance.choice
        options = [
            lambda: f"{self._number()} {pick(['<', '>', '<=', '>=', '=', '!='])} {self._number()}",
            lambda: f"{self._text()} {pick(['=', '!='])} {self._text()}",
            lambda: f"selected({self._text()}, '{pick(['a', 'b', 'red', 'n1', 'p3'])}')",
            lambda: f"string-length({self._text()}) > {pick('012')}",
            lambda: f"count-selected({self._text()}) >= {pick('012')}",
            lambda: f"{self._date()} {pick(['<', '>', '=', '!=', '<='])} {self._date()}",
            lambda: f"regex({self._text()}, '{pick(['^[a-z]+$', '[0-9]{1,2}', '.+', 'ab?'])}')",
            lambda: f"{pick(['contains', 'starts-with', 'ends-with'])}({self._text()}, {self._text()})",
            lambda: f"boolean-from-string({self._text()})",
            lambda: f"checklist({pick('01')}, {pick(['-1', '1', '2'])}, {self._number()} > 1, {self._text()} = 'a')",
            lambda: f"weighted-checklist(1, 5, {self._number()} > 1, 2, {self._text()} = 'a', 3)",
            lambda: f"boolean({self._number()})",
        ]
        if depth < 2:
            options += [
                lambda: f"({self._truth(depth + 1)} {pick(['and', 'or'])} {self._truth(depth + 1)})",
                lambda: f"not({self._truth(depth + 1)})",
            ] * 2
        return pick(options)()

    def _value(self, depth: int = 0) -> str:
        pick = self.chance.choice
        options = [*self._numbers(), *self._dates(), *self._lists(), *self._others()]
        selects = self._near("select_one")
        if selects:
            chosen = pick(selects)
            options += [lambda: f"jr:choice-name({chosen}, '{chosen}')"] * 3
        if self._far():
            options += [self._aggregate] * 8
        if self._repeats():
            options += [lambda: "position(..)", lambda: "position(..) - 1", lambda: "name(..)"]
            options += [lambda: "count(../preceding-sibling::*)", lambda: "position(../..)"]
        if depth < 2:
            options += [lambda: f"if({self._truth()}, {self._value(depth + 1)}, {self._value(depth + 1)})"] * 4
        return pick(options)()

    def _numbers(self) -> list[Make]:
        pick, number, text = self.chance.choice, self._number, self._text
        return [
            lambda: f"{number()} + {number()} * 2",
            lambda: f"{number()} - {number()}",
            lambda: f"{number()} {pick(['div', 'mod'])} {number()}",
            lambda: f"-(({number()}))",
            lambda: f"concat({text()}, '-', {text()})",
            lambda: f"coalesce({text()}, {text()})",
            lambda: f"round({number()} div 3, {pick(['0', '1', '2', '-1'])})",
            lambda: (
                f"{pick(['int', 'abs', 'floor', 'ceiling', 'sqrt', 'exp', 'log', 'log10', 'sin', 'atan', 'number'])}({number()})"  # noqa: E501 - one piece
            ),
            lambda: f"{pick(['min', 'max'])}({number()}, {number()})",
            lambda: f"pow({number()}, {pick(['2', '0.5', '-1'])})",
            lambda: f"substr({text()}, {pick(['0', '1', '-2'])}{pick(['', ', 2', ', -1'])})",
            lambda: f"substring({text()}, {pick(['0', '1', '2'])}{pick(['', ', 2', ', 1.5'])})",
            lambda: (
                f"{pick(['substring-before', 'substring-after'])}({text()}, {pick(['a', ' ', '-']).join(chr(39) * 2)})"
            ),
            lambda: f"translate({text()}, 'abr', 'AB')",
            lambda: f"normalize-space({text()})",
        ]

    def _dates(self) -> list[Make]:
        pick, number, text, date = self.chance.choice, self._number, self._text, self._date
        return [
            lambda: f"format-date({date()}, '%Y %b %e %a %n')",
            lambda: f"format-date-time({date()}, '%d/%m/%y %H:%M')",
            lambda: f"decimal-date-time({date()})",
            lambda: f"date({date()}) + {number()}",
            lambda: f"date({number()})",
            lambda: f"{date()} - {date()}",
            lambda: f"decimal-time('{pick(['06:00:00.000+00:00', '23:15', 'x'])}')",
            lambda: f"digest({text()}, '{pick(['MD5', 'SHA-1', 'SHA-256'])}', '{pick(['hex', 'base64'])}')",
        ]

    def _lists(self) -> list[Make]:
        pick, number, text = self.chance.choice, self._number, self._text
        return [
            lambda: f"pulldata('places', '{pick(['label', 'size'])}', 'name', {text()})",
            lambda: f"instance('colors')/root/item[name = {text()}]/label" if not self.translated else "'t'",
            lambda: f"count(instance('fruits')/root/item[name != {text()}])",
            lambda: f"once({text()})" if not self.pure else text(),
            lambda: f"count(instance('places')/root/item[size > {number()}])",
            lambda: f"instance('places')/root/item[region = {text()}][{pick('123')}]/name",
            lambda: "sum(instance('places')/root/item[region = 'a']/size)",
        ]

    def _others(self) -> list[Make]:
        pick, number, text = self.chance.choice, self._number, self._text
        return [
            lambda: f"string({number()} {pick(['div', '*', '-'])} {pick(['3', '0.1', '1000000', '0.0000001'])})",
            lambda: f"number({text()})",
            lambda: f"string({self._truth(1)})",
            lambda: f"number({self._truth(1)})",
            lambda: f"string-length({text()})",
            lambda: f"selected-at({text()}, {pick('012')})",
            lambda: f"join(', ', {text()}, {text()})",
            lambda: f"distance('{pick(['0 0 0 0;0 1 0 0', '10.5 20 0 0;10.6 20.1 0 0;10.7 20 0 0', ''])}')",
            lambda: f"area('{pick(['0 0 0 0;0 1 0 0;1 1 0 0;0 0 0 0', '1 1'])}')",
            lambda: f"base64-decode('{pick(['aGVsbG8=', '!', 'w7E='])}')",
        ]

    def _aggregate(self) -> str:
        far = self.chance.choice(self._far())
        reference = f"${{{far.name}}}"
        indexed = f"indexed-repeat({reference}, ${{{far.repeats[-1]}}}, {self.chance.choice('123')})"
        options = [
            f"sum({reference})",
            f"count({reference})",
            f"count(${{{far.repeats[0]}}})",
            f"max({reference})",
            f"min({reference})",
            f"join('-', {reference})",
            f"count-non-empty({reference})",
            f"concat({reference}, '!')",
            f"count(${{{far.repeats[0]}}}[position() > 1])",
            f"count({reference}[. != ''])",
            f"sum({reference}[number(.) > 1])",
            f"{reference}[last()]",
            f"count({reference}/..)",
        ]
        if len(far.repeats) == 1:
            options += [indexed, indexed]
        return self.chance.choice(options)
