"""The desk's overview says the same as the records one by one."""

from datetime import timedelta
from pathlib import Path

from tests.support.vaults import NOON, a_case, an_interview, begin, new_vault
from victimid.model.case import CaseOverview, Stage
from victimid.model.case_list import CaseFilter, CaseMark
from victimid.model.finding import Decision, Outcome
from victimid.model.policy import Policy


def test_cases_that_are_due_come_newest_first_a_page_at_a_time(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "vault")
    outcomes = (None, Outcome.INFORM, Outcome.REFER)
    for number in range(30):
        ref = f"RU-{number:04}"
        vault.cases.add(a_case(ref, minutes=number // 2 * 7 % 20))
        if outcome := outcomes[number % 3]:
            vault.decisions.record(Decision(ref, outcome, "reason", "rules", "1", "officer-1", NOON))
    vault._database.execute("UPDATE cases SET changed_at = opened_at WHERE ref < 'RU-0024'")
    policy = Policy({None: 1, Outcome.REFER: 2})
    for minutes in (-1, 0, 7, 19, 60 * 24 + 10, 60 * 24 * 9):
        now = NOON + timedelta(days=1, minutes=minutes)
        expected = {case.ref for case in vault.retention.due(policy, now)}
        every = [row for row in vault.overview.rows() if row.ref in expected]
        assert list(vault.overview.rows(CaseFilter(due=True), due=policy.due(now))) == every
        listed: list[CaseOverview] = []
        while page := vault.overview.rows(CaseFilter(due=True), _mark(listed), 4, policy.due(now)):
            listed += page
        assert listed == every
    assert expected == {f"RU-{number:04}" for number in range(30) if number % 3 != 1}
    assert [row.ref for row in vault.overview.rows(CaseFilter("0003", due=True), due=policy.due(now))] == ["RU-0003"]
    assert vault.overview.rows(CaseFilter(due=True), due=Policy().due(now)) == ()
    vault.lock()


def _mark(listed: list[CaseOverview]) -> CaseMark | None:
    return CaseMark(listed[-1].opened_at, listed[-1].ref) if listed else None


def test_rows_say_what_stands_and_what_waits(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "vault")
    begin(vault)
    vault.cases.add(a_case("RU-4BCD", minutes=5))
    for minutes, outcome in ((1, Outcome.INFORM), (2, Outcome.REFER)):
        at = NOON + timedelta(minutes=minutes)
        vault.decisions.record(Decision("RU-4BCD", outcome, "reason", "rules", "1", "officer-1", at))
    newest, oldest = vault.overview.rows()
    assert (newest.ref, newest.outcome, newest.stage, newest.open_interview) == (
        "RU-4BCD",
        Outcome.REFER,
        Stage.DECIDED,
        "",
    )
    assert (oldest.ref, oldest.outcome, oldest.open_interview) == ("RU-7K2M", None, "interview-1")
    assert (vault.overview.unfinished(), vault.overview.at_stage(Stage.DECIDED)) == (1, 1)
    vault.interviews.finish("interview-1", NOON, "officer-1")
    assert vault.overview.unfinished() == 0
    vault.interviews.begin(an_interview("interview-2"))
    assert [row.open_interview for row in vault.overview.rows(CaseFilter("7k-2"))] == ["interview-2"]
    assert vault.overview.rows(CaseFilter("no such")) == ()
    vault.lock()


def test_pages_go_on_where_the_last_one_ended(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "vault")
    with vault.together():
        for number in range(11):
            vault.cases.add(a_case(f"RU-{number:04d}", minutes=number // 3))
    whole = vault.overview.rows()
    paged: list[CaseOverview] = []
    while page := vault.overview.rows(after=CaseMark(paged[-1].opened_at, paged[-1].ref) if paged else None, limit=4):
        paged += page
    assert tuple(paged) == whole
    assert len(whole) == 11
    vault.lock()
