"""The first schema. Times are ISO 8601 in UTC; officers are named by id; nothing is ever overwritten in answers."""

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE laptop (
        only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
        organisation TEXT NOT NULL, unit TEXT NOT NULL, place TEXT NOT NULL, country TEXT NOT NULL,
        prefix TEXT NOT NULL, laptop TEXT NOT NULL,
        device_id TEXT NOT NULL, public_key TEXT NOT NULL, private_key BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE recovery_key (
        position INTEGER PRIMARY KEY, recipient TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE officer (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, role TEXT NOT NULL,
        enrolled_at TEXT NOT NULL, slot_id TEXT NOT NULL UNIQUE
    ) STRICT""",
    """CREATE TABLE cases (
        ref TEXT PRIMARY KEY, opened_at TEXT NOT NULL, opened_by TEXT NOT NULL, stage TEXT NOT NULL,
        person_language TEXT NOT NULL, practice INTEGER NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1, exported_revision INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "CREATE INDEX cases_by_time ON cases (opened_at)",
    "CREATE INDEX cases_to_export ON cases (ref) WHERE revision > exported_revision AND practice = 0",
    """CREATE TABLE form (
        sha256 TEXT PRIMARY KEY, id TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL,
        xform TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE interview (
        id TEXT PRIMARY KEY, case_ref TEXT NOT NULL REFERENCES cases (ref),
        form_id TEXT NOT NULL, form_version TEXT NOT NULL,
        form_sha256 TEXT NOT NULL REFERENCES form (sha256),
        officer_language TEXT NOT NULL, person_language TEXT NOT NULL,
        started_at TEXT NOT NULL, started_by TEXT NOT NULL,
        position TEXT NOT NULL, instance TEXT NOT NULL, finished_at TEXT,
        moved_at TEXT, moved_by TEXT
    ) STRICT""",
    "CREATE INDEX interview_by_case ON interview (case_ref, started_at)",
    """CREATE TABLE draft (
        case_ref TEXT NOT NULL REFERENCES cases (ref), place TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (case_ref, place)
    ) STRICT""",
    """CREATE TABLE answer (
        id INTEGER PRIMARY KEY, interview_id TEXT NOT NULL REFERENCES interview (id),
        ref TEXT NOT NULL, revision INTEGER NOT NULL,
        value TEXT NOT NULL, non_answer TEXT, kind TEXT NOT NULL, own_words TEXT NOT NULL,
        officer_language TEXT NOT NULL, officer_question TEXT NOT NULL, officer_answer TEXT NOT NULL,
        person_language TEXT NOT NULL, person_question TEXT NOT NULL, person_answer TEXT NOT NULL,
        delivery TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
        precision TEXT NOT NULL, withdrawn INTEGER NOT NULL,
        UNIQUE (interview_id, ref, revision)
    ) STRICT""",
    """CREATE TRIGGER answer_kept BEFORE UPDATE ON answer
        BEGIN SELECT RAISE (ABORT, 'answers are never overwritten'); END""",
    """CREATE TABLE attachment (
        id TEXT PRIMARY KEY, interview_id TEXT NOT NULL REFERENCES interview (id), ref TEXT NOT NULL,
        name TEXT NOT NULL UNIQUE, media_type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL,
        by TEXT NOT NULL, at TEXT NOT NULL, case_revision INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX attachment_by_interview ON attachment (interview_id)",
    """CREATE TABLE attachment_part (
        attachment_id TEXT NOT NULL REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED,
        number INTEGER NOT NULL, content BLOB NOT NULL, UNIQUE (attachment_id, number)
    ) STRICT""",
    """CREATE TRIGGER attachment_kept BEFORE UPDATE ON attachment_part
        BEGIN SELECT RAISE (ABORT, 'attachments are never overwritten'); END""",
    """CREATE TABLE decision (
        id INTEGER PRIMARY KEY, case_ref TEXT NOT NULL REFERENCES cases (ref),
        outcome TEXT NOT NULL, reason TEXT NOT NULL,
        rule_set_id TEXT NOT NULL, rule_set_version TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX decision_by_case ON decision (case_ref, id)",
    """CREATE TABLE consent (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        case_ref TEXT NOT NULL REFERENCES cases (ref), service_id TEXT NOT NULL, manner TEXT NOT NULL,
        language TEXT NOT NULL, interpreter TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
        withdrawn_at TEXT
    ) STRICT""",
    "CREATE INDEX consent_by_case ON consent (case_ref, number)",
    """CREATE TABLE consent_permission (
        consent_number INTEGER NOT NULL REFERENCES consent (number), position INTEGER NOT NULL,
        data_group TEXT NOT NULL, permission TEXT NOT NULL, limited_to TEXT NOT NULL,
        PRIMARY KEY (consent_number, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE referral (
        id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,
        case_ref TEXT NOT NULL REFERENCES cases (ref), service_id TEXT NOT NULL, copy TEXT NOT NULL,
        urgency TEXT NOT NULL, language TEXT NOT NULL, sha256 TEXT NOT NULL, by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX referral_by_case ON referral (case_ref, id)",
    """CREATE TABLE export (
        sequence INTEGER PRIMARY KEY, manifest_sha256 TEXT NOT NULL, records INTEGER NOT NULL,
        written_at TEXT NOT NULL, by TEXT NOT NULL, received_at TEXT
    ) STRICT""",
    """CREATE TABLE export_case (
        sequence INTEGER NOT NULL REFERENCES export (sequence),
        case_ref TEXT NOT NULL REFERENCES cases (ref), revision INTEGER NOT NULL,
        PRIMARY KEY (sequence, case_ref)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE audit (
        sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, officer TEXT NOT NULL, action TEXT NOT NULL,
        subject TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE (ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER audit_not_deleted BEFORE DELETE ON audit
        BEGIN SELECT RAISE (ABORT, 'the audit is append-only'); END""",
)
