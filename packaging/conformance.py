"""Compares the form engine with ODK's own web engine, node by node, on random forms or on forms given.

Needs node with the npm packages ``@getodk/xforms-engine`` and ``jsdom`` in the folder ``--engine``; no test needs it.
"""

import argparse
import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from typing import Any

from tests.support.mutated_forms import mutated
from tests.support.random_forms import RandomForm
from victimid.errors import VictimIDError
from victimid.forms.loading import load
from victimid.forms.safexml import to_text
from victimid.forms.steps import run
from victimid.forms.workbook import book
from victimid.forms.workbook.converter import xform

_ENGINE = Path(__file__).resolve().with_name("conformance.mjs")
_BY_CHANCE = ("instanceID",)
_MOMENT = datetime(2024, 5, 17, 9, 41, 7, 251_000, tzinfo=UTC)
_FORMS_PER_PROCESS = 40
_PATIENCE = 60.0
_REPETITIONS = 3
Node = dict[str, Any]


class Engine:
    """ODK's engine as a process that is asked line by line, and begun afresh now and then."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._asked = 0

    def ask(self, request: Mapping[str, object]) -> dict[str, Any]:
        """Walk through a form; returns steps and states, or an error."""
        if self._process is None or self._asked >= _FORMS_PER_PROCESS or self._process.poll() is not None:
            self.close()
            self._process = self._begin()
            self._asked = 0
        self._asked += 1
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: S101, PT018 - pipes, above
        watch = Timer(_PATIENCE, self._process.kill)
        watch.start()
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        found: dict[str, Any] = json.loads(self._process.stdout.readline() or '{"error": "the engine ended"}')
        watch.cancel()
        return found

    def _begin(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["node", str(_ENGINE)],
            cwd=self._folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()


def differences(theirs: Iterable[list[Node]], ours: Iterable[list[Node]]) -> Iterator[tuple[int, str, str, Any, Any]]:
    """Yield step, reference, field and the two values of everything that differs; agreement yields a blank field."""
    for step, (wanted, found) in enumerate(zip(theirs, ours, strict=True)):
        known = {node["ref"]: node for node in found}
        for node in wanted:
            own = known.pop(node["ref"], None)
            if own is None:
                yield step, node["ref"], "missing", node, None
                continue
            differing = [key for key in node if node[key] != own[key] and not _by_chance(node["ref"], key)]
            for key in differing:
                yield step, node["ref"], key, node[key], own[key]
            if not differing:
                yield step, node["ref"], "", None, None
        for ref, node in known.items():
            yield step, ref, "extra", None, node


def _by_chance(ref: str, key: str) -> bool:
    return key == "value" and ref.rpartition("/")[2].rpartition(":")[2] in _BY_CHANCE


def chances(engine: Engine, request: Mapping[str, object], first: Mapping[str, Any]) -> set[tuple[int, str, str]]:
    """Return step, reference and field of all that differs between equal walks: random numbers and orders."""
    walks = [engine.ask(request) for _ in range(_REPETITIONS)]
    equal = [each["states"] for each in walks if each.get("steps") == first["steps"]]
    return {(step, ref, key) for states in equal for step, ref, key, *_ in differences(first["states"], states)}


def compare(engine: Engine, path: Path, seed: int, steps: int, told: Counter[str]) -> None:
    """Compare one walk through one form; adds to ``told`` and prints what differs."""
    written = path
    if path.suffix != ".xml":
        written = path.with_suffix(".odk.xml")
        written.write_text(to_text(xform(book.read(path))), "utf-8")
    moment = _MOMENT.timestamp() * 1000
    request = {"form": str(written), "seed": seed, "steps": steps, "files": str(path.parent), "moment": moment}
    theirs = engine.ask(request)
    if "states" not in theirs:
        told["refused by ODK's engine"] += 1
        print(f"{path.name}: ODK's engine: {theirs['error'][:300]}")
        return
    try:
        ours = run(load(path), theirs["steps"], trace=True, clock=lambda: _MOMENT)["states"]
    except VictimIDError as error:
        told["refused by ours"] += 1
        print(f"{path.name} seed {seed}: {error.code} {error.fields}")
        return
    found = list(differences(theirs["states"], ours))
    chance = chances(engine, request, theirs) if any(key for _, _, key, _, _ in found) else set()
    wrong = [each for each in found if each[2] and each[:3] not in chance]
    told["nodes"] += len({each[:2] for each in found})
    told["differing"] += len({each[:2] for each in wrong})
    _tell(f"{path.name} seed {seed}", theirs["steps"], wrong)


def _tell(walk: str, taken: list[dict[str, str]], wrong: list[tuple[int, str, str, Any, Any]]) -> None:
    """Print the first step at which each field of a node differs, for the first few."""
    first = {(ref, key): (step, wanted, found) for step, ref, key, wanted, found in reversed(wrong)}
    for (ref, key), (step, wanted, found) in list(reversed(first.items()))[:6]:
        print(f"{walk} step {step} {taken[step - 1] if step else ''}")
        print(f"  {ref} {key}: {wanted!r:.300} ours {found!r:.300}")


def random_form(seed: int, folder: Path, *, changed: bool) -> Path:
    """Write a random form, as a workbook or as an XForm with changes."""
    path = RandomForm(seed).write(folder)
    if not changed:
        return path
    other = folder / f"changed{seed}.xml"
    other.write_text(mutated(to_text(xform(book.read(path))), seed), "utf-8")
    return other


def main() -> None:
    """Compare and print the share that agrees."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("forms", nargs="*", type=Path, help="forms to walk through; random ones without")
    parser.add_argument("--engine", type=Path, required=True, help="folder with the npm packages")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--count", type=int, default=50, help="how many random forms, or walks per form")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--changed", action="store_true", help="change random forms as other tools write them")
    parser.add_argument("--keep", type=Path, help="folder to write random forms to")
    chosen = parser.parse_args()
    engine, told = Engine(chosen.engine), Counter[str]()
    seeds = range(chosen.first, chosen.first + chosen.count)
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.keep or Path(made)
        for seed in seeds:
            for path in chosen.forms or [random_form(seed, folder, changed=chosen.changed)]:
                compare(engine, path, seed, chosen.steps, told)
    engine.close()
    agreeing = told["nodes"] - told["differing"]
    print(dict(told), f"{agreeing} of {told['nodes']} agree: {100 * agreeing / max(1, told['nodes']):.3f} %")


if __name__ == "__main__":
    main()
