"""``victimid vault policy …``: what an administrator sets."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import Any

from victimid.app import vault_care
from victimid.cli.opening import opened
from victimid.cli.output import GOOD, Output
from victimid.errors import VictimIDError
from victimid.model.finding import Outcome
from victimid.model.policy import NOTHING_DECIDED, Policy

_OUTCOMES = {NOTHING_DECIDED: None, **{outcome.value: outcome for outcome in Outcome}}


def add_commands(vault: Any, common: ArgumentParser) -> None:
    """Add the commands to the parser."""
    policy = vault.add_parser("policy", help="what an administrator sets").add_subparsers(
        required=True, metavar="ACTION"
    )
    policy.add_parser("show", parents=[common], help="print it").set_defaults(command=show)
    setting = policy.add_parser("set", parents=[common], help="change what is named")
    setting.add_argument("--idle-minutes", type=int, metavar="N", help="lock after so long without a touch")
    setting.add_argument("--erase", choices=["yes", "no"], help="offer to destroy the keys in an emergency")
    setting.add_argument(
        "--keep-days",
        action="append",
        default=[],
        metavar="OUTCOME=N",
        help=f"days after the last change; OUTCOME: {', '.join(_OUTCOMES)}; N 0: for good",
    )
    setting.set_defaults(command=change)


def show(options: Namespace) -> int:
    """Print the policy."""
    with opened(options) as session:
        _print(options, vault_care.policy(session))
    return GOOD


def change(options: Namespace) -> int:
    """Change what is named and print the policy."""
    with opened(options) as session:
        changed = vault_care.policy(session)
        if options.idle_minutes is not None:
            changed = replace(changed, idle_minutes=options.idle_minutes)
        if options.erase:
            changed = replace(changed, erase_allowed=options.erase == "yes")
        kept = {**changed.keep_days, **dict(map(_days, options.keep_days))}
        changed = replace(changed, keep_days={outcome: days for outcome, days in kept.items() if days})
        vault_care.change_policy(session, changed)
        _print(options, changed)
    return GOOD


def _days(given: str) -> tuple[Outcome | None, int]:
    outcome, _, days = given.partition("=")
    if outcome not in _OUTCOMES or not days.isascii() or not days.isdecimal():
        raise VictimIDError("policy.not_understood")
    return _OUTCOMES[outcome], int(days)


def _print(options: Namespace, policy: Policy) -> None:
    days = {outcome.value if outcome else NOTHING_DECIDED: number for outcome, number in policy.keep_days.items()}
    Output(as_json=options.json).result(
        {"idle_minutes": policy.idle_minutes, "erase": policy.erase_allowed, "keep_days": days},
        f"Locks after {policy.idle_minutes} minutes without a touch",
        f"Destroying the keys is offered: {'yes' if policy.erase_allowed else 'no'}",
        *(f"Cases {outcome}: due {number} days after the last change" for outcome, number in days.items()),
        *([] if days else ["No case becomes due for deletion."]),
    )
