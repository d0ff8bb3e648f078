"""Labels: Markdown as styles, never as markup, and the files shown with a label."""

from pathlib import Path

import pytest

from tests.support.form_files import session_of, xform
from victimid.forms.markup import Run, escaped, runs
from victimid.forms.session import Session


def plain(text: str) -> str:
    return "".join(run.text for run in runs(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain", (Run("Plain"),)),
        ("", ()),
        (
            "a **strong** and *soft* word",
            (Run("a "), Run("strong", strong=True), Run(" and "), Run("soft", emphasis=True), Run(" word")),
        ),
        ("__strong__ _soft_", (Run("strong", strong=True), Run(" "), Run("soft", emphasis=True))),
        ("**all *of* it**", (Run("**all "), Run("of", emphasis=True), Run(" it**"))),
        ("## Heading *here*\nText", (Run("Heading ", heading=2), Run("here", heading=2, emphasis=True), Run("\nText"))),
        ("see [the *rules*](https://example.org/rules)", (Run("see the "), Run("rules", emphasis=True))),
        ('<span style="color:red">red</span><br/>line', (Run("red\nline"),)),
    ],
)
def test_styles(text: str, expected: tuple[Run, ...]) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(
    "text", ["snake_case_name", "2 * 3 * 4", "a * b", "#1 of 3", "1 < 2 > 0", "<script>alert(1)</script>", "[x] (y)"]
)
def test_what_is_no_markup_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


def test_escapes_are_taken_literally() -> None:
    assert plain(r"\*not soft\* and \_this\_") == "*not soft* and _this_"
    assert plain(escaped("**a** [b](c) <br> # d \\ e")) == "**a** [b](c) <br> # d \\ e"


def test_answers_quoted_in_a_label_are_never_markup(tmp_path: Path) -> None:
    rows = [
        {"type": "text", "name": "who", "label": "Who"},
        {"type": "text", "name": "q", "label": "**Dear ${who}**", "hint": "_Answer_ ${who}"},
    ]
    session = session_of(tmp_path, rows)
    session.set("/data/who", "*Ana* <br>")
    question = session.question("/data/q", "default")
    assert question.label == "Dear *Ana* <br>"
    assert question.label_runs == (Run("Dear *Ana* <br>", strong=True),)
    assert question.hint == "Answer *Ana* <br>"
    assert session.node("/data/q").label == " **Dear *Ana* <br>** "


def test_a_computed_label_is_no_markup() -> None:
    body = '<input ref="/data/a"><label ref="concat(\'*\', /data/a, \'*\')"/><hint ref="jr:itext(/data/a)"/></input>'
    session = Session(xform("<a>x</a>", '<bind nodeset="/data/a"/>', body))
    assert session.question("/data/a", "default").label == "*x*"


def test_files_beside_a_label_are_named(tmp_path: Path) -> None:
    rows = [
        {"type": "text", "name": "q", "label": "Q", "image": "pic.png", "audio": "ask.mp3"},
        {"type": "text", "name": "r", "label": "R"},
    ]
    session = session_of(tmp_path, rows)
    assert dict(session.question("/data/q", "default").media) == {"image": "pic.png", "audio": "ask.mp3"}
    assert dict(session.question("/data/r", "default").media) == {}
