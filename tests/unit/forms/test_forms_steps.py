"""Steps: the JSON contract of ``victimid form run``."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.form_files import written
from victimid.errors import VictimIDError
from victimid.forms.form import Form
from victimid.forms.loading import load
from victimid.forms.steps import run


@pytest.fixture
def form(tmp_path: Path) -> Form:
    survey = [
        {"type": "integer", "name": "n", "label::A (a)": "N", "label::B (b)": "NB"},
        {"type": "begin_repeat", "name": "r", "label::A (a)": "R", "label::B (b)": "RB"},
        {"type": "text", "name": "t", "label::A (a)": "T", "label::B (b)": "TB", "relevant": "${n} > 1"},
        {"type": "end_repeat"},
    ]
    settings = {"form_id": "f", "version": "9", "default_language": "A (a)"}
    return load(written(tmp_path, survey, settings=settings))


def test_states_with_trace(form: Form) -> None:
    steps = [
        {"set": "/data/n", "value": "2"},
        {"add": "/data/r"},
        {"set": "/data/r[2]/t", "value": "x"},
        {"language": "B (b)"},
        {"remove": "/data/r[1]"},
        {"decline": "/data/n"},
    ]
    result = run(form, steps, trace=True)
    assert (result["form"], result["version"], result["languages"]) == ("f", "9", ["A (a)", "B (b)"])
    assert len(result["states"]) == 7
    assert json.loads(json.dumps(result)) == result
    first = result["states"][0][0]
    assert first == {
        "ref": "/data/n",
        "kind": "input",
        "relevant": True,
        "readonly": False,
        "required": False,
        "value": "",
        "valid": True,
        "label": "N",
        "hint": None,
        "options": [],
    }
    by_ref = [{node["ref"]: node for node in state} for state in result["states"]]
    assert by_ref[3]["/data/r[2]/t"]["value"] == "x"
    assert by_ref[4]["/data/n"]["label"] == "NB"
    assert by_ref[5]["/data/r[1]/t"]["value"] == "x"
    assert not by_ref[6]["/data/r[1]/t"]["relevant"]
    (last,) = run(form, steps)["states"]
    assert last[:-1] == result["states"][-1][:-1]  # all but the instance identifier


@pytest.mark.parametrize("step", [{"set": "/data/n"}, {"fly": "/data/n"}, {}, [], {"set": "/data/n", "value": 3}, "x"])
def test_what_is_no_step(form: Form, step: Any) -> None:
    with pytest.raises(VictimIDError) as refused:
        run(form, [{"set": "/data/n", "value": "1"}, step])
    assert refused.value.code == "form.bad_step"
    assert refused.value.fields["step"] == 1


def test_a_failing_step_names_its_index(form: Form) -> None:
    with pytest.raises(VictimIDError) as refused:
        run(form, [{"set": "/data/n", "value": "1"}, {"set": "/data/n", "value": "one"}])
    assert refused.value.code == "form.bad_value"
    assert refused.value.fields["step"] == 1
