"""The shipped directory of services is plainly an example."""

import tomllib
from typing import Any

from victimid import assets
from victimid.model.referral import Service


def service(entry: dict[str, Any]) -> Service:
    lists = {name: tuple(entry[name]) for name in ("serves", "helps", "languages")}
    fields: dict[str, Any] = {**entry, **lists}
    return Service(**fields)


def test_every_entry_is_an_unconfirmed_example_without_a_number() -> None:
    entries = tomllib.loads((assets.folder("resources") / "services.toml").read_text("utf-8"))["service"]
    services = [service(entry) for entry in entries]
    assert len({listed.id for listed in services}) == 3
    assert len({listed.languages for listed in services}) == 3
    for listed in services:
        assert listed.example
        assert "not real" in listed.name
        assert "no real number" in listed.contact
        assert not listed.confirmed_on
        assert not listed.confirmed_by
