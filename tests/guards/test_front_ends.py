"""Both front ends reach the vault through use cases only: the use cases ask who may."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "victimid"

HARMLESS: Final = {"post", "officer", "device_id", "device_public_key", "rolled_back"}
"""What a front end may read off the vault itself: whose laptop it is, who is at work, a warning to everybody."""
INNER: Final = {
    "victimid.app.export_records",
    "victimid.app.interview_answer",
    "victimid.app.interview_reading",
    "victimid.app.interview_recording",
    "victimid.app.interview_running",
}
"""Use cases are made of these; they trust whoever calls them."""


def is_session(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id.endswith("session")) or (
        isinstance(node, ast.Attribute) and node.attr.endswith("session")
    )


def reached(tree: ast.Module) -> Iterator[str]:
    """Yield what is read off a session that only use cases may read, and what is read off its vault."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_session(node.value) and node.attr in {"vault", "sources"}:
            outer = parents[node]
            yield f"{node.attr}.{outer.attr}" if isinstance(outer, ast.Attribute) else node.attr


@pytest.mark.parametrize("layer", ["cli", "ui"])
def test_the_vault_is_reached_through_use_cases(layer: str) -> None:
    allowed = {f"vault.{name}" for name in HARMLESS}
    wrong = [
        f"{path.name}: session.{found}"
        for path in sorted((PACKAGE / layer).rglob("*.py"))
        for found in reached(ast.parse(path.read_text("utf-8")))
        if found not in allowed
    ]
    assert wrong == []


@pytest.mark.parametrize("layer", ["cli", "ui"])
def test_no_front_end_imports_what_trusts_its_caller(layer: str) -> None:
    wrong = [
        f"{path.name} imports {node.module}"
        for path in sorted((PACKAGE / layer).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module in INNER
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("session.vault.audit.verify()", ["vault.audit"]),
        ("self._context.session.vault.post", ["vault.post"]),
        ("keep(session.vault)", ["vault"]),
        ("session.sources", ["sources"]),
        ("options.vault.name", []),
    ],
)
def test_the_guard_sees_what_it_should(source: str, found: list[str]) -> None:
    assert list(reached(ast.parse(source))) == found
