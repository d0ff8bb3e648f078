"""Random XLSForms that use most of what XLSForm has, for laws and for comparison with other engines."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.form_files import table

Row = dict[str, str]
_Make = Callable[[], str]
_LANGUAGES = ("English (en)", "Español (es)")
_TYPES = (
    *("text", "integer", "decimal", "date", "select_one colors", "select_multiple fruits"),
    *("calculate", "calculate", "calculate", "note", "acknowledge", "range", "select_one towns"),
    *("select_one_from_file places.csv", "rank fruits", "geopoint", "time", "dateTime", "image"),
    *("barcode", "hidden", "select_one colors or_other"),
)
_CHOICES = {
    "colors": ["red", "green", "blue"],
    "fruits": ["a", "b", "c", "d"],
    "towns": ["n1", "n2", "s1", "s2", "e1"],
}
PLACES = "name,label,region,size\n" + "".join(f"p{i},Place {i},{'abc'[i % 3]},{i * 7 % 11}\n" for i in range(12))


@dataclass(frozen=True, slots=True)
class _Known:
    """A question that expressions may refer to, and the repeats it is in."""

    name: str
    kind: str
    repeats: tuple[str, ...]


@dataclass(slots=True)
class RandomForm:
    """Writes one form; the same seed gives the same form.

    In a ``pure`` one all that is worked out follows from what is answered now, not from what was answered before.
    """

    seed: int
    size: int = 25
    pure: bool = False
    translated: bool = False
    chance: random.Random = field(init=False)
    rows: list[Row] = field(default_factory=list)
    known: list[_Known] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - reproducible on purpose
        self.translated = self.chance.random() < 0.4

    def write(self, folder: Path) -> Path:
        """Write the form and the file beside it; returns the form's path."""
        while len(self.rows) < self.size:
            self._row(len(self.rows))
        while self.open:
            self._end()
        sheets = {"survey": self.rows, "choices": self._choices()}
        sheets["settings"] = [{"form_id": f"random{self.seed}", "version": "1", "default_language": _LANGUAGES[0]}]
        if not self.translated:
            del sheets["settings"][0]["default_language"]
        path = folder / f"random{self.seed}.md"
        path.write_text(table(sheets), "utf-8")
        (folder / "places.csv").write_text(PLACES, "utf-8")
        return path

    def _choices(self) -> list[Row]:
        rows = []
        for name, values in _CHOICES.items():
            for value in values:
                row = {"list_name": name, "name": value, "region": value[0], **self._texts("label", value.upper())}
                if self.chance.random() < 0.1 and self.known:
                    row.update(self._texts("label", f"{value} {self._outer()}"))
                rows.append(row)
        return rows

    def _texts(self, column: str, text: str) -> Row:
        if not self.translated:
            return {column: text}
        return {f"{column}::{language}": f"{text} {index or ''}".strip() for index, language in enumerate(_LANGUAGES)}

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

    def _far(self) -> list[_Known]:
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

    def _numbers(self) -> list[_Make]:
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

    def _dates(self) -> list[_Make]:
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

    def _lists(self) -> list[_Make]:
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

    def _others(self) -> list[_Make]:
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

    def _row(self, index: int) -> None:
        dice = self.chance.random()
        if dice < 0.08 and len(self.open) < 4:
            self._begin("group", index)
        elif dice < 0.17 and len(self._repeats()) < 2 and len(self.open) < 4:
            self._begin("repeat", index)
        elif dice < 0.3 and self.open and not self.rows[-1]["type"].startswith("begin"):
            self._end()
        else:
            self._question(self.chance.choice(_TYPES), f"q{index}")

    def _begin(self, kind: str, index: int) -> None:
        name = f"{kind[0]}{index}"
        row = {"type": f"begin_{kind}", "name": name, **self._texts("label", f"{kind} {self._quoted()}")}
        if self.chance.random() < 0.3:
            row["relevant"] = self._truth()
        if kind == "group" and self.chance.random() < 0.1:
            row["readonly"] = "yes"
        if kind == "repeat" and self.chance.random() < 0.35:
            row["repeat_count"] = self.chance.choice(
                ["2", "3", f"{self._number()} mod 4", f"count-selected({self._text()})"]
            )
        self.rows.append(row)
        self.open.append((kind, name))

    def _end(self) -> None:
        if self.rows[-1]["type"].startswith("begin"):
            self._question("text", f"t{len(self.rows)}")
        kind, _ = self.open.pop()
        self.rows.append({"type": f"end_{kind}"})

    def _quoted(self) -> str:
        return self.chance.choice(self._near() or [""]) if self.chance.random() < 0.3 else ""

    def _question(self, kind: str, name: str) -> None:
        pick, dice = self.chance.choice, self.chance.random
        row = {"type": kind, "name": name}
        if kind not in {"calculate", "hidden"}:
            row.update(self._texts("label", f"Label {self._quoted()}"))
            if dice() < 0.2:
                row.update(self._texts("hint", f"Hint {self._quoted()}"))
            if dice() < 0.1:
                row.update(self._texts("guidance_hint", "Guide"))
        if dice() < 0.3:
            row["relevant"] = self._truth()
        if kind == "calculate":
            row["calculation"] = self._value()
            if dice() < 0.12 and not self.pure and self._near("text integer select_one"):
                row["trigger"] = pick(self._near("text integer select_one"))
        elif kind not in {"note", "hidden"}:
            self._rules(kind, row)
        self.rows.append(row)
        plain = kind.partition(" ")[0].removesuffix("_from_file")
        if plain not in {"note", "geopoint", "image", "rank"} and "or_other" not in kind:
            self.known.append(_Known(name, plain, self._repeats()))

    def _rules(self, kind: str, row: Row) -> None:  # noqa: C901 - a list of independent rules
        pick, dice = self.chance.choice, self.chance.random
        row["required"] = pick(["", "", "yes", self._truth()])
        row["readonly"] = pick([""] * 8 + ["yes", self._truth()])
        if dice() < 0.3:
            row["constraint"] = pick([". > 3", "string-length(.) < 4", f". != {self._text()}", f". < {self._number()}"])
            row.update(self._texts("constraint_message", "No"))
        if "towns" in kind and dice() < 0.7:
            row["choice_filter"] = pick(
                [f"region = {self._text()}", f"starts-with(name, {self._text()})", "region = 'n'"]
            )
        if "places" in kind and dice() < 0.7:
            row["choice_filter"] = pick(
                [f"region = {self._text()}", f"size > {self._number()}", f"name != {self._text()}"]
            )
        if kind.startswith("select") and "or_other" not in kind and dice() < 0.15:
            row["parameters"] = f"randomize=true, seed={pick(['42', *self._near('integer decimal')])}"
        if kind == "text" and dice() < 0.3:
            row["default"] = pick(["hello", "7", "concat('d', 1 + 1)", self._outer(), "2020-01-01"])
        if kind == "integer" and dice() < 0.2:
            row["default"] = pick(["4", "1 + 1", "-3"])
        if kind == "integer" and dice() < 0.15 and not self.pure:
            row["calculation"] = self._value()
        if kind == "date" and dice() < 0.3:
            row["default"] = pick(["2011-11-11", "date('2011-11-11') + 1", "2011-02-30"])
        if kind == "geopoint" and dice() < 0.5:
            row["default"] = pick(["10.5 20 0 0", "0 0", "91 0", "1 2"])
        if kind == "decimal" and dice() < 0.3:
            row["default"] = pick(["1.50", "1e3", "0.1 + 0.2", "x", "7"])
        if kind == "time" and dice() < 0.5:
            row["default"] = pick(["12:30:00.000Z", "9:30", "23:59:59"])
        if kind == "dateTime" and dice() < 0.5:
            row["default"] = pick(["2020-02-29T12:30:00.000Z", "2020-02-29", "2021-02-29T00:00:00.000Z"])
        if kind == "select_one colors" and dice() < 0.2:
            row["default"] = "green"
        if kind == "select_multiple fruits" and dice() < 0.2:
            row["default"] = "a b" if self.pure else "b a"
        if kind == "range":
            row["parameters"] = pick(["start=1 end=5 step=1", "start=0 end=1 step=0.1"])
