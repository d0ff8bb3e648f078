"""The second schema: media of forms, owners, hand-overs, policy, an audit that covers contents, search, links."""

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE form_media (
        sha256 TEXT PRIMARY KEY, content BLOB NOT NULL
    ) STRICT""",
    """CREATE TRIGGER form_media_kept BEFORE UPDATE ON form_media
        BEGIN SELECT RAISE (ABORT, 'media of forms are never overwritten'); END""",
    "ALTER TABLE officer ADD COLUMN disabled_at TEXT",
    "ALTER TABLE officer ADD COLUMN slot_revision INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE laptop ADD COLUMN link_key BLOB",
    "ALTER TABLE laptop ADD COLUMN search_version INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE laptop ADD COLUMN rehearsed_at TEXT",
    """CREATE TABLE recovery_pair (
        position INTEGER PRIMARY KEY, first TEXT NOT NULL, second TEXT NOT NULL
    ) STRICT""",
    "CREATE TABLE policy (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "ALTER TABLE audit ADD COLUMN content TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE audit ADD COLUMN case_state TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX audit_by_subject ON audit (subject, sequence)",
    "CREATE INDEX audit_by_officer ON audit (officer, sequence)",
    "CREATE INDEX audit_by_action ON audit (action, sequence)",
    """CREATE TABLE audit_seal (
        sequence INTEGER PRIMARY KEY REFERENCES audit (sequence), at TEXT NOT NULL, signature BLOB NOT NULL
    ) STRICT""",
    """CREATE TRIGGER audit_seal_not_changed BEFORE UPDATE ON audit_seal
        BEGIN SELECT RAISE (ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_seal_not_deleted BEFORE DELETE ON audit_seal
        BEGIN SELECT RAISE (ABORT, 'the audit is append-only'); END""",
    "ALTER TABLE cases ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cases ADD COLUMN changed_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cases ADD COLUMN outcome TEXT",
    """UPDATE cases SET owner = opened_by,
        changed_at = coalesce((SELECT max(at) FROM audit WHERE subject = ref), opened_at),
        outcome = (SELECT outcome FROM decision WHERE case_ref = ref ORDER BY id DESC LIMIT 1)""",
    "DROP INDEX cases_by_time",
    "CREATE INDEX cases_by_time ON cases (opened_at DESC, ref)",
    "CREATE INDEX cases_by_owner ON cases (owner, opened_at DESC, ref)",
    "CREATE INDEX cases_by_stage ON cases (stage, opened_at DESC, ref)",
    "CREATE INDEX cases_by_change ON cases (outcome, changed_at)",
    "CREATE INDEX interview_unfinished ON interview (case_ref, started_at) WHERE finished_at IS NULL",
    """CREATE TABLE handover (
        id INTEGER PRIMARY KEY, case_ref TEXT NOT NULL REFERENCES cases (ref),
        from_officer TEXT NOT NULL, to_officer TEXT NOT NULL, reason TEXT NOT NULL,
        by TEXT NOT NULL, at TEXT NOT NULL, waiting INTEGER NOT NULL DEFAULT 1
    ) STRICT""",
    "CREATE INDEX handover_by_case ON handover (case_ref, id)",
    "CREATE INDEX handover_waiting ON handover (to_officer) WHERE waiting",
    """CREATE TABLE review (
        id INTEGER PRIMARY KEY, case_ref TEXT NOT NULL REFERENCES cases (ref), decided_at TEXT NOT NULL,
        verdict TEXT NOT NULL, note TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX review_by_case ON review (case_ref, id)",
    "CREATE INDEX review_look_again ON review (case_ref) WHERE verdict = 'look_again'",
    "ALTER TABLE export ADD COLUMN audit_head TEXT NOT NULL DEFAULT ''",
    # Which revisions went out stays known after a case is deleted, so it no longer refers to the case.
    """CREATE TABLE exported_case (
        sequence INTEGER NOT NULL REFERENCES export (sequence), case_ref TEXT NOT NULL, revision INTEGER NOT NULL,
        PRIMARY KEY (sequence, case_ref)
    ) STRICT, WITHOUT ROWID""",
    "INSERT INTO exported_case SELECT sequence, case_ref, revision FROM export_case",
    "DROP TABLE export_case",
    "CREATE INDEX exported_case_by_case ON exported_case (case_ref, sequence)",
    """CREATE VIRTUAL TABLE search USING fts5 (
        words, case_ref UNINDEXED, interview_id UNINDEXED, ref UNINDEXED, tokenize = 'unicode61 remove_diacritics 0'
    )""",
    "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)",
    """CREATE TABLE link (
        kind TEXT NOT NULL, fingerprint BLOB NOT NULL, case_ref TEXT NOT NULL REFERENCES cases (ref),
        interview_id TEXT NOT NULL REFERENCES interview (id), ref TEXT NOT NULL,
        PRIMARY KEY (kind, fingerprint, case_ref, interview_id, ref)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX link_by_answer ON link (interview_id, ref)",
)
