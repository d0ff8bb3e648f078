"""Records of a bundle: an envelope of kind, id and revision that headquarters keeps them by, and whitelisted data."""

import base64
from collections.abc import Iterator, Mapping, Sequence

from victimid import i18n
from victimid.app.permissions import Right
from victimid.app.session import Session
from victimid.app.summary import gathered
from victimid.model.bundle import Record

Data = Mapping[str, object]


def of_laptop(session: Session, sequence: int) -> Iterator[Record]:
    """Yield who opens bundles and recovers the vault of this laptop, for headquarters to notice a key not its own.

    Raises ``officer.not_allowed``.
    """
    session.access.require(Right.EXPORT)
    vault = session.vault
    data = {"headquarters_keys": vault.recovery_keys, "recovery_ways": vault.keys.recovery_ways}
    yield _envelope("keys", vault.device_id, sequence, data)


def of_cases(session: Session, changed: Sequence[tuple[str, int]]) -> Iterator[Record]:
    """Stream the records of changed cases; ``changed`` pairs case references with their revisions.

    Raises ``officer.not_allowed``.
    """
    session.access.require(Right.EXPORT)
    for case_ref, revision in changed:
        for record in session.vault.exports.case_records(case_ref):
            kind = str(record["type"])
            data = {name: value for name, value in record.items() if name != "type"}
            yield _envelope(kind, _identity(kind, data), revision, data)
        yield from _attachments(session, case_ref)
        yield _envelope("findings", case_ref, revision, _findings(session, case_ref))


def _attachments(session: Session, case_ref: str) -> Iterator[Record]:
    """Stream what is attached since the last export, each part a record; an attachment has but one revision."""
    for kept in session.vault.attachments.to_export(case_ref):
        whose = {"case_ref": case_ref, "interview_id": kept.interview_id, "ref": kept.ref, "name": kept.name}
        whole = {"media_type": kept.media_type, "size": kept.size, "sha256": kept.sha256}
        for number, part in enumerate(session.vault.attachments.read(kept), start=1):
            content = base64.b64encode(part).decode("ascii")
            data = {**whose, **whole, "part": number, "content": content}
            yield _envelope("attachment", f"{kept.id} {number}", 1, data)


def _envelope(kind: str, identity: str, revision: int, data: Data) -> Record:
    return {"kind": kind, "id": identity, "revision": revision, "data": data}


def _identity(kind: str, data: Data) -> str:
    """Name a record so that its later revisions replace it."""
    match kind:
        case "case":
            return str(data["ref"])
        case "answer":
            return f"{data['interview_id']} {data['ref']}"
        case "decision" | "review":
            return f"{data['case_ref']} {data['at']}"
        case "referral":
            return str(data["number"])
        case _:
            return str(data["id"])


def _findings(session: Session, case_ref: str) -> Data:
    found = gathered(session.sources, session.vault.cases.get(case_ref), i18n.SOURCE_LANGUAGE).findings
    return {
        "case_ref": case_ref,
        "rule_set_id": found.rule_set_id,
        "rule_set_version": found.rule_set_version,
        "reading": found.reading.value,
        "signs": [
            {"id": raised.sign.id, "refs": [evidence.ref for evidence in raised.evidence]}
            for dimension in found.dimensions
            for raised in dimension.signs
        ],
    }
