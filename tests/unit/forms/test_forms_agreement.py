"""The engine reaches the same states as ODK's own engine, recorded walk by recorded walk."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.form_files import DATA
from victimid.forms.loading import load
from victimid.forms.steps import run

WALKS = sorted((DATA / "agreement").glob("*.json"))
RECORDED = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize("walk", WALKS, ids=lambda path: path.stem)
def test_walk_agrees_node_by_node(walk: Any) -> None:
    recorded = json.loads(walk.read_text("utf-8"))
    file = next(path for path in walk.parent.glob(f"{walk.stem}.*") if path.suffix in {".md", ".xml"})
    states = run(load(file), recorded["steps"], trace=True, clock=lambda: RECORDED)["states"]
    wanted: dict[str, dict[str, Any]] = {}
    for ours, theirs in zip(states, recorded["states"], strict=True):
        for ref in theirs["gone"]:
            del wanted[ref]
        wanted.update({node["ref"]: node for node in theirs["changed"]})
        assert {node["ref"] for node in ours} == set(wanted)
        for node in ours:
            expected = wanted[node["ref"]]
            assert {key: node[key] for key in expected} == expected


def test_there_are_walks() -> None:
    assert len(WALKS) >= 4
