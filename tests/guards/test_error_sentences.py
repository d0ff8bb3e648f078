"""Every error code has a sentence, every sentence a code, and their fields fit."""

import ast
import re
import string
from pathlib import Path

from victimid import i18n
from victimid.app.messages import sentence, sentences
from victimid.app.messages.form_limits import limit_names
from victimid.errors import VictimIDError

PACKAGE = Path(__file__).resolve().parents[2] / "victimid"


CODE = re.compile(r"[a-z_]+\.[a-z_0-9]+")
FILES = (".db", ".json", ".md", ".toml", ".sig", ".tar", ".xml", ".csv")


def codes_in_source() -> dict[str, str]:
    """Return every text in the program that is written like an error code of a known area, with its file."""
    areas = {code.split(".")[0] for code in sentences()}
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "messages" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if CODE.fullmatch(text) and text.split(".")[0] in areas and not text.endswith(FILES):
                found.setdefault(text, path.name)
    return found


def test_every_code_has_a_sentence() -> None:
    missing = {code: file for code, file in codes_in_source().items() if code not in sentences()}
    assert missing == {}


def test_every_raised_code_belongs_to_a_known_area() -> None:
    raised = {
        node.args[0].value
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "VictimIDError"
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(raised) > 30
    assert sorted(map(str, raised - set(sentences()))) == []


def test_no_sentence_is_left_over() -> None:
    assert sorted(set(sentences()) - set(codes_in_source())) == []


def test_sentences_name_their_fields() -> None:
    for code, text in sentences().items():
        fields = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert all(name.isidentifier() for name in fields), code


def test_an_unknown_code_is_said_as_such() -> None:
    words = i18n.load("victimid", "en")
    assert "no.such" in sentence(words, VictimIDError("no.such"))


def test_every_limit_of_forms_has_a_name() -> None:
    calls = [
        node
        for path in sorted((PACKAGE / "forms").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]
    limited = [call.args[-1] for call in calls if ast.unparse(call.func) in {"limits.require", "limits.Budget"}]
    said = [each.value for call in calls for each in call.keywords if each.arg == "what"]
    names = {name.value for name in limited + said if isinstance(name, ast.Constant)}
    assert names == set(limit_names(i18n.load("victimid", "en")))
