"""The policy of a vault: read with bounds, changed with an audit entry."""

import json
from typing import Any, Final

from victimid.errors import VictimIDError
from victimid.model.audit import Action
from victimid.model.finding import Outcome
from victimid.model.policy import IDLE_MINUTES, KEEP_DAYS, Policy, changes
from victimid.store.audit import Audit
from victimid.store.connection import Database
from victimid.store.contents import digest_of

_KEEP: Final = """INSERT INTO policy (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value"""


class Policies:
    """The one policy of a laptop."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit

    def read(self) -> Policy:
        """Return the policy; what was never set is as a new vault has it."""
        kept = {name: json.loads(value) for name, value in self._database.rows("SELECT name, value FROM policy")}
        usual = Policy()
        return Policy(
            keep_days={_outcome(name): days for name, days in kept.get("keep_days", {}).items()},
            idle_minutes=kept.get("idle_minutes", usual.idle_minutes),
            erase_allowed=kept.get("erase_allowed", usual.erase_allowed),
        )

    def change(self, policy: Policy, by: str) -> None:
        """Keep a policy; ``policy.out_of_range`` names the setting and its bounds."""
        _within("idle_minutes", policy.idle_minutes, IDLE_MINUTES)
        for days in policy.keep_days.values():
            _within("keep_days", days, KEEP_DAYS)
        before, plain = self.read(), as_plain(policy)
        with self._database.transaction():
            for name, value in plain.items():
                self._database.execute(_KEEP, (name, json.dumps(value, sort_keys=True)))
            self._audit.append(Action.POLICY_CHANGED, by, "", changes(before, policy), content=digest_of(plain))


def as_plain(policy: Policy) -> dict[str, Any]:
    """Return a policy as plain data, as it is kept and covered by the audit."""
    return {
        "keep_days": {outcome.value if outcome else "": days for outcome, days in policy.keep_days.items()},
        "idle_minutes": policy.idle_minutes,
        "erase_allowed": policy.erase_allowed,
    }


def _outcome(name: str) -> Outcome | None:
    return Outcome(name) if name else None


def _within(name: str, value: int, bounds: tuple[int, int]) -> None:
    least, most = bounds
    if not least <= value <= most:
        raise VictimIDError("policy.out_of_range", name=name, least=least, most=most)
