"""A vault with very many interviews, made quickly: some hundred by the store itself, then copied within SQL.

The copies are rows of the store's own making with other references, times and owners, and one word of their own in
every answer, so that the search index has rare and frequent words. The index is then filled by FTS5's rebuild. The
audit has the first hundreds only, unless `audited` writes the rest.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from tests.support.vaults import FORM, NOON, an_answer, an_interview, drawn_from, new_vault
from victimid.model.answer import Answer, Wording
from victimid.model.case import Case, Stage
from victimid.model.finding import Outcome
from victimid.model.link import LinkKind
from victimid.model.policy import Policy
from victimid.store.vault import Vault

MADE: Final = 500
ANSWERS: Final = 10
OWNERS: Final = ("officer-1", "officer-2", "officer-3", "officer-4")
_LANGUAGES: Final = ("ht", "es", "ar", "zh", "uk")
_SYLLABLES: Final = ("ma", "ri", "po", "ta", "lu", "ne", "ko", "si", "vé", "ñu", "dra", "cel")
_TEXTS: Final = ("أخذ رئيسُ العملِ جوازي", "老板拿走了护照", "Хозяин всё забрал", "patwon an pran paspò mwen")
_LATER: Final = f"(199 - k * 37 % 199) * {MADE * ANSWERS}"
_COPIES: Final[Mapping[str, Mapping[str, str]]] = {
    "cases": {
        "ref": "printf('RU-%06d', substr(ref, 4) + k * {made})",
        "opened_at": "date(opened_at, '-' || (1 + k * 37 % 199) || ' days') || substr(opened_at, 11)",
        "changed_at": "date(opened_at, '-' || (1 + k * 37 % 199) || ' days') || substr(opened_at, 11)",
        "owner": "printf('officer-%d', 1 + (substr(ref, 4) + k) % 4)",
        "outcome": "iif(open_interview = '' AND k % 3, iif(k % 3 = 1, 'inform', 'refer'), outcome)",
        "stage": "iif(open_interview = '' AND k % 3, iif(k % 3 = 1, 'decided', 'referred'), stage)",
        "exported_revision": "iif(k > 10, revision, 0)",
        "open_interview": "iif(open_interview = '', '', printf('i%06d', substr(ref, 4) + k * {made}))",
    },
    "interview": {
        "id": "printf('i%06d', substr(id, 2) + k * {made})",
        "case_ref": "printf('RU-%06d', substr(case_ref, 4) + k * {made})",
    },
    "answer": {
        "id": "id + {later}",
        "interview_id": "printf('i%06d', substr(interview_id, 2) + k * {made})",
        "person_answer": "person_answer || ' w' || (id / 7) || 'x' || k",
    },
    "searchable": {
        "number": "NULL",
        "case_ref": "printf('RU-%06d', substr(case_ref, 4) + k * {made})",
        "record": "record + {later}",
        "words": "words || ' w' || (record / 7) || 'x' || k",
        "owner": "printf('officer-%d', 1 + (substr(case_ref, 4) + k) % 4)",
    },
    "link": {
        "case_ref": "printf('RU-%06d', substr(case_ref, 4) + k * {made})",
        "interview_id": "printf('i%06d', substr(interview_id, 2) + k * {made})",
        "fingerprint": "iif(k % 50, CAST(fingerprint || k AS BLOB), fingerprint)",
    },
}


def big_vault(folder: Path, interviews: int = 100_000) -> Vault:
    """Make a vault with this many cases of one interview each, a multiple of ``MADE``, and return it open."""
    vault = new_vault(folder)
    with vault.together():
        _make(vault)
        _copy(vault, interviews // MADE)
        vault.policies.change(Policy({None: 60, Outcome.INFORM: 180, Outcome.REFER: 195}), "officer-1")
    return vault


def _make(vault: Vault) -> None:
    vault.interviews.keep_form(FORM)
    draw = drawn_from(4)
    for number in range(MADE):
        ref, interview_id = f"RU-{number:06d}", f"i{number:06d}"
        at, owner = NOON - timedelta(seconds=number), OWNERS[number % len(OWNERS)]
        language = _LANGUAGES[number % len(_LANGUAGES)]
        vault.cases.add(Case(ref, at, "officer-1", Stage.OPENED, language, owner=owner))
        vault.interviews.begin(replace(an_interview(interview_id, ref), started_at=at))
        for question in range(ANSWERS):
            words = " ".join("".join(draw.choices(_SYLLABLES, k=3)) for _ in range(8))
            vault.interviews.save_answer(interview_id, _answer(question, number, words), "", "<data/>")
        if number % 50:
            vault.interviews.finish(interview_id, at, "officer-1")
    for _ in vault.search_upkeep.catch_up():
        pass


def _answer(question: int, number: int, words: str) -> Answer:
    if question == 0:
        phone = f"+593 99 {number:03d} 4567"
        return replace(an_answer("/data/q0", phone), link=LinkKind.PHONE, officer_wording=Wording("es", "¿?", phone))
    said = f"{words} {_TEXTS[(number + question) % len(_TEXTS)]}"
    return replace(an_answer(f"/data/q{question}"), own_words=said)


def _copy(vault: Vault, copies: int) -> None:
    database = vault._database
    database.execute("CREATE TEMP TABLE copies (k INTEGER PRIMARY KEY)")
    database.execute(
        """INSERT INTO copies WITH RECURSIVE counted (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM counted WHERE k < ?)
        SELECT k FROM counted""",
        (copies - 1,),
    )
    database.execute("PRAGMA defer_foreign_keys = ON")
    for table, changed in _COPIES.items():
        names = [row[1] for row in database.rows(f"PRAGMA table_info ({table})")]
        values = ", ".join(changed.get(name, name).format(made=MADE, later=_LATER) for name in names)
        # Oldest copies first, as time would have it; references say nothing of the time.
        database.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM copies JOIN {table}"  # noqa: S608 - own names
            " WHERE k > 0 ORDER BY k * 37 % 199 DESC"
        )
    database.execute("DROP TABLE copies")
    # Merged as it grows, as by the steps of its upkeep: all at once it would be one piece, to be merged again soon.
    for command, value in (("automerge", 4), ("rebuild", None), ("automerge", 0)):
        database.execute("INSERT INTO search (search, rank) VALUES (?, ?)", (command, value))
