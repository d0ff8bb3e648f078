"""Forms written as short tables in tests, loaded as from a file."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from victimid.forms.form import Form
from victimid.forms.loading import from_xform, load
from victimid.forms.session import Session

MOMENT = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[1] / "data" / "forms"


def clock() -> datetime:
    """Stand still."""
    return MOMENT


def table(sheets: Mapping[str, list[dict[str, str]]]) -> str:
    """Write sheets as the Markdown tables that XLSForms can be."""
    lines = []
    for name, rows in sheets.items():
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        lines.append(f"| {name} |")
        lines.append("| | " + " | ".join(headings) + " |")
        lines.extend("| | " + " | ".join(row.get(heading, "") for heading in headings) + " |" for row in rows)
    return "\n".join(lines) + "\n"


def written(
    folder: Path,
    survey: list[dict[str, str]],
    choices: list[dict[str, str]] | None = None,
    settings: dict[str, str] | None = None,
) -> Path:
    """Write a form into a folder."""
    path = folder / "form.md"
    sheets = {"survey": survey}
    if choices:
        sheets["choices"] = choices
    if settings:
        sheets["settings"] = [settings]
    path.write_text(table(sheets), "utf-8")
    return path


def session_of(folder: Path, survey: list[dict[str, str]], choices: list[dict[str, str]] | None = None) -> Session:
    """Begin an interview with a form written as a table."""
    return Session(load(written(folder, survey, choices)), clock=clock)


def xform(instance: str, binds: str = "", body: str = "", extra: str = "") -> Form:
    """Load an XForm made of its parts; the root of the instance is ``data``."""
    return from_xform(xform_text(instance, binds, body, extra))


def xform_text(instance: str, binds: str = "", body: str = "", extra: str = "") -> str:
    """Write an XForm made of its parts."""
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
        ' xmlns:jr="http://openrosa.org/javarosa" xmlns:vid="https://victimid.example/xforms"><h:head><h:title>t</h:title>'
        f'<model><instance><data id="t" version="7">{instance}</data></instance>{extra}{binds}</model></h:head>'
        f"<h:body>{body}</h:body></h:html>"
    )


def calculated(expression: str, **values: str) -> str:
    """Evaluate an expression in a form with these values beside it."""
    nodes = "".join(f"<{name}>{value}</{name}>" for name, value in values.items())
    quoted = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    form = xform(f"{nodes}<it/>", f'<bind nodeset="/data/it" calculate="{quoted}"/>')
    return Session(form, clock=clock).node("/data/it").value
