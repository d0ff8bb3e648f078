"""House rules that no linter knows: sizes, plain-text labels, invisible characters, one source of the version."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

import victimid

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "victimid"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TEXTS = [
    path
    for folder in ("victimid", "tests", "packaging", "resources", ".ci")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".py", ".toml", ".md", ".json", ""} and path.is_file()
] + sorted(ROOT.glob("*.md"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_files_and_functions_stay_small() -> None:
    lines = [len(path.read_text("utf-8").splitlines()) for path in SOURCES]
    lengths = [length for path in SOURCES for _, length in functions(path)]
    assert statistics.quantiles(lines, n=10)[-1] < 300
    assert statistics.quantiles(lengths, n=10)[-1] < 25
    assert [where for path in SOURCES for where, length in functions(path) if length > 60] == []


def test_labels_are_made_in_one_place_where_they_are_plain_text() -> None:
    """QLabel guesses markup unless told not to; only the widget that tells it may make one."""
    makers = re.compile(r"\b(QLabel|QTextEdit|QTextBrowser|QMessageBox|QToolTip|QErrorMessage)\(")
    wrong = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.relative_to(PACKAGE).as_posix() != "ui/widgets/text.py" and makers.search(path.read_text("utf-8"))
    ]
    assert wrong == []


def test_no_text_for_people_is_built_before_it_is_translated() -> None:
    wrong = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"gettext", "ngettext", "pgettext"}:
                built = [a for a in node.args[:2] if isinstance(a, ast.JoinedStr | ast.BinOp)]
                wrong += [f"{path.name}:{node.lineno}" for _ in built]
    assert wrong == []


def test_no_text_for_people_hides_from_extraction_in_an_f_string() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in SOURCES
        for joined in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") in {"gettext", "ngettext", "pgettext"}
        and isinstance(call.args[0], ast.Constant)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_invisible_characters(path: Path) -> None:
    """Bidirectional and zero-width controls hide in source; code names them by escape."""
    hidden = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
    assert hidden.search(path.read_text("utf-8")) is None


@pytest.mark.parametrize("path", [path for path in TEXTS if path.suffix == ".py"], ids=lambda path: path.name)
def test_what_is_excused_from_a_check_says_why(path: Path) -> None:
    """After the rule comes a reason, behind a dash or in a comment of its own."""
    excused = re.compile(r"# (?:noqa|type: ignore)\b.*")
    reasoned = re.compile(r"# (?:noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\]) *[-#] *\w")
    found = [line[0] for line in excused.finditer(path.read_text("utf-8"))]
    assert [line for line in found if not reasoned.match(line)] == []


def test_the_version_has_one_source() -> None:
    declared = [p for p in ROOT.glob("*.toml") if re.search(r'^version\s*=\s*"', p.read_text("utf-8"), re.M)]
    assert declared == []
    assert re.fullmatch(r"\d+\.\d+\.\d+", victimid.__version__)
    assert f"## [{victimid.__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_dependency_is_named_in_the_decisions() -> None:
    declared = re.findall(r'^  "([A-Za-z0-9-]+)', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    decisions = (ROOT / "DECISIONS.md").read_text("utf-8").lower()
    runtime = [name for name in declared if re.search(r"[a-z]{3}", name)]
    assert [name for name in runtime if name.lower() not in decisions] == []


def test_the_lock_files_pin_with_hashes() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text("utf-8")
        pins = re.findall(r"^[a-z0-9-]+==\S+", text, re.M)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text
