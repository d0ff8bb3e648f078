"""The second schema: media, content packs, owners, hand-overs, policy, an audit of contents, search, links."""

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE form_media (
        sha256 TEXT PRIMARY KEY, content BLOB NOT NULL
    ) STRICT""",
    """CREATE TRIGGER form_media_kept BEFORE UPDATE ON form_media
        BEGIN SELECT RAISE (ABORT, 'media of forms are never overwritten'); END""",
    # What headquarters' last content pack brought: the service directory as it came, blank for none, and forms.
    """CREATE TABLE content_pack (
        only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
        number INTEGER NOT NULL, sha256 TEXT NOT NULL, issued_at TEXT NOT NULL, signed_by TEXT NOT NULL,
        installed_at TEXT NOT NULL, installed_by TEXT NOT NULL, services TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE content_form (
        position INTEGER PRIMARY KEY, form_sha256 TEXT NOT NULL REFERENCES form (sha256), languages TEXT NOT NULL
    ) STRICT""",
    "ALTER TABLE officer ADD COLUMN disabled_at TEXT",
    "ALTER TABLE officer ADD COLUMN passphrase_given INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE officer ADD COLUMN slot_revision INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE laptop ADD COLUMN link_key BLOB",
    "ALTER TABLE laptop ADD COLUMN search_version INTEGER NOT NULL DEFAULT 0",
    # The public key that signs headquarters' receipts and content packs; empty until a supervisor sets it.
    "ALTER TABLE laptop ADD COLUMN receipt_key TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE recovery_pair (
        position INTEGER PRIMARY KEY, first TEXT NOT NULL, second TEXT NOT NULL
    ) STRICT""",
    "CREATE TABLE policy (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE officer_draft (
        officer TEXT NOT NULL, place TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (officer, place)
    ) STRICT""",
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
    "CREATE INDEX cases_by_owner ON cases (owner, opened_at DESC, ref, stage, person_language)",
    "CREATE INDEX cases_by_stage ON cases (stage, opened_at DESC, ref, owner, person_language)",
    "CREATE INDEX cases_by_outcome ON cases (outcome, opened_at DESC, ref, changed_at)",
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
    # A restored vault is a new device: who signed entries up to `last_entry`, and the bundles that went out as that.
    """CREATE TABLE former_device (
        last_entry INTEGER PRIMARY KEY, device_id TEXT NOT NULL, public_key TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE former_export (
        last_entry INTEGER NOT NULL REFERENCES former_device (last_entry), sequence INTEGER NOT NULL,
        manifest_sha256 TEXT NOT NULL, records INTEGER NOT NULL, written_at TEXT NOT NULL, by TEXT NOT NULL,
        received_at TEXT, audit_head TEXT NOT NULL, carried TEXT NOT NULL,
        PRIMARY KEY (last_entry, sequence)
    ) STRICT, WITHOUT ROWID""",
    # What the desk shows of a case stands in its row, so that a page of cases is one walk along an index.
    "ALTER TABLE cases ADD COLUMN open_interview TEXT NOT NULL DEFAULT ''",
    """UPDATE cases SET open_interview = coalesce((SELECT id FROM interview WHERE case_ref = ref
        AND finished_at IS NULL ORDER BY started_at DESC, rowid DESC LIMIT 1), '')""",
    "CREATE INDEX cases_unfinished ON cases (opened_at DESC, ref, owner) WHERE open_interview <> ''",
    "CREATE INDEX cases_by_language ON cases (person_language, opened_at DESC, ref, owner, stage)",
    "CREATE INDEX cases_handed_over ON cases (owner, opened_at DESC, ref) WHERE owner <> opened_by",
    "DROP INDEX cases_to_export",
    """CREATE INDEX cases_to_export ON cases (opened_at DESC, ref, owner)
        WHERE revision > exported_revision AND practice = 0""",
    # Every ending of every reference: a piece of a reference is the beginning of one of them.
    """CREATE TABLE case_piece (
        piece TEXT NOT NULL, ref TEXT NOT NULL REFERENCES cases (ref) ON DELETE CASCADE, PRIMARY KEY (piece, ref)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX case_piece_by_case ON case_piece (ref)",
    """CREATE TRIGGER case_pieces AFTER INSERT ON cases BEGIN
        INSERT INTO case_piece WITH RECURSIVE ending (piece) AS (
            SELECT replace(new.ref, '-', '') UNION ALL SELECT substr(piece, 2) FROM ending WHERE length(piece) > 1
        ) SELECT DISTINCT piece, new.ref FROM ending;
    END""",
    """INSERT INTO case_piece WITH RECURSIVE ending (piece, ref) AS (
            SELECT replace(ref, '-', ''), ref FROM cases
            UNION ALL SELECT substr(piece, 2), ref FROM ending WHERE length(piece) > 1
        ) SELECT DISTINCT piece, ref FROM ending""",
    "ALTER TABLE answer ADD COLUMN link TEXT",
    # The words of records as they are compared; the index below is made of them alone. A record is here once it was
    # taken in, which follows its saving: until then its case is due.
    """CREATE TABLE search_due (
        number INTEGER PRIMARY KEY, case_ref TEXT NOT NULL UNIQUE REFERENCES cases (ref) ON DELETE CASCADE,
        links INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE searchable (
        number INTEGER PRIMARY KEY, case_ref TEXT NOT NULL REFERENCES cases (ref), place TEXT NOT NULL,
        record INTEGER NOT NULL, words TEXT NOT NULL, owner TEXT NOT NULL, superseded INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "CREATE INDEX searchable_by_case ON searchable (case_ref)",
    "CREATE INDEX searchable_superseded ON searchable (number) WHERE superseded",
    """CREATE VIRTUAL TABLE search USING fts5 (
        words, owner, content = 'searchable', content_rowid = 'number', tokenize = 'ascii', prefix = '2 3 4'
    )""",
    "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)",
    # Pieces of the index are merged a little with every step of its upkeep.
    "INSERT INTO search (search, rank) VALUES ('automerge', 0)",
    "INSERT INTO search (search, rank) VALUES ('crisismerge', 1000)",
    """CREATE TABLE mark (
        id INTEGER PRIMARY KEY, case_ref TEXT NOT NULL REFERENCES cases (ref),
        interview_id TEXT NOT NULL REFERENCES interview (id), ref TEXT NOT NULL, kind TEXT NOT NULL,
        text TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, removed INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX mark_by_answer ON mark (interview_id, ref)",
    "CREATE INDEX mark_by_case ON mark (case_ref)",
    """CREATE TRIGGER mark_not_changed BEFORE UPDATE ON mark
        BEGIN SELECT RAISE (ABORT, 'marks are never overwritten'); END""",
    """CREATE TABLE link (
        kind TEXT NOT NULL, fingerprint BLOB NOT NULL, case_ref TEXT NOT NULL REFERENCES cases (ref),
        interview_id TEXT NOT NULL REFERENCES interview (id), ref TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (kind, fingerprint, case_ref, interview_id, ref)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX link_by_answer ON link (interview_id, ref)",
    "CREATE INDEX link_by_case ON link (case_ref)",
)
