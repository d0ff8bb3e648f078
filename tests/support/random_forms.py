"""Random XLSForms that use most of what XLSForm has, for laws and for comparison with other engines."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.support.form_files import table
from tests.support.random_expressions import Expressions, Known

Row = dict[str, str]
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


@dataclass(slots=True)
class RandomForm(Expressions):
    """Writes one form; the same seed gives the same form.

    In a ``pure`` one all that is worked out follows from what is answered now, not from what was answered before.
    """

    size: int = 25
    rows: list[Row] = field(default_factory=list)

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
            self.known.append(Known(name, plain, self._repeats()))

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
