"""What is wrong with an option is said by its name, and every option says what it is for."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import ADMINISTRATOR, NEW_PASSPHRASE, Done, Program, program_on_a_vault
from tests.support.vaults import NAME, PASSPHRASE
from victimid.cli.main import parser, run

HUGE = "9" * 30


@pytest.fixture
def on(tmp_path: Path) -> Program:
    return program_on_a_vault(tmp_path)


def refused(done: Done, code: str) -> bool:
    return done.code == 2 and done.error.startswith(f"error[{code}]: ") and not done.document


def printed(on: Program, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command for people, who need no JSON."""
    whose = ("--vault", on.vault, "--name", NAME, "--passphrase-file", on.secret(PASSPHRASE))
    assert run([*arguments, *map(str, whose)]) == 0
    return capsys.readouterr().out


def options(of: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.Action]]:
    """Yield every option of every command."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from options(below)
        elif action.option_strings:
            yield of.prog, action


def test_every_option_says_what_it_is_for() -> None:
    found = list(options(parser()))
    assert len(found) > 200
    assert [(command, each.dest) for command, each in found if not each.help] == []


def test_a_folder_that_cannot_be_made_is_named(on: Program, tmp_path: Path) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.write_bytes(b"")
    new = ("--new-passphrase-file", on.secret(NEW_PASSPHRASE))
    for command in (
        ("vault", "audit", "export", "--to", in_the_way / "there"),
        ("vault", "audit", "export", "--to", in_the_way),
        ("vault", "recover", "request", "--to", in_the_way / "there", *new),
        ("vault", "recover", "rehearse", "--to", in_the_way / "there", *new),
    ):
        done = on.run(*command)
        assert refused(done, "file.not_written"), done
        assert ("there" if command[4] != in_the_way else "a file") in done.error


def test_numbers_beyond_all_counting_are_the_largest_there_are(on: Program) -> None:
    everything = on.run("vault", "audit", "list", "--limit", HUGE)
    assert len(everything.document["entries"]) > 3
    assert len(on.run("vault", "audit", "list", "--before", HUGE).document["entries"]) > 3
    assert on.run("vault", "audit", "list", "--before", f"-{HUGE}").document["entries"] == []
    assert on.run("vault", "search", "--before", HUGE, "libreta").code == 0
    assert refused(on.run("vault", "policy", "set", "--idle-minutes", HUGE, name=ADMINISTRATOR), "policy.out_of_range")
    assert on.run("vault", "audit", "list", "--limit", "many").code == 2


def test_a_file_that_is_not_there_is_called_that(on: Program, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.key"
    new = ("--new-passphrase-file", on.secret(NEW_PASSPHRASE))
    for command in (
        ("vault", "recover", "answer", missing, *new),
        ("vault", "recover", "rehearse", "--answer", missing, *new),
        ("vault", "headquarters-key", missing),
        ("hq", "answer-recovery", missing),
    ):
        done = on.run(*command)
        assert refused(done, "file.not_there"), done
        assert "nowhere.key" in done.error
    made = Program(tmp_path / "made")
    made.folder.mkdir()
    create = ("vault", "create", "--prefix", "RU", "--headquarters-key", missing)
    assert refused(made.run(*create), "file.not_there")
    assert not made.vault.exists()


def test_nothing_due_is_said_and_nothing_listed_is_no_empty_line(
    on: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(on, capsys, "vault", "due") == "No case is due for deletion.\n"
    assert printed(on, capsys, "vault", "audit", "list", "--before", "1") == ""


def test_what_was_not_answered_is_said_in_words(
    on: Program, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    steps = tmp_path / "steps.json"
    steps.write_text('[{"defer": "/data/papers"}]', "utf-8")
    ref = printed(on, capsys, "case", "screen", "--form", "first_line", "--steps", str(steps)).strip()
    shown = printed(on, capsys, "case", "show", ref)
    assert "     left for later\n" in shown
    assert "     not asked\n" in shown
    assert "not_asked" not in shown
    assert "deferred" not in shown
