"""The shipped directory of services is plainly an example."""

from victimid.app.content import Content


def test_every_entry_is_an_unconfirmed_example_without_a_number() -> None:
    services = Content().services()
    assert len({listed.languages for listed in services}) == len(services) == 3
    for listed in services:
        assert listed.example
        assert "not real" in listed.name
        assert "no real number" in listed.contact
        assert not listed.confirmed_on
        assert not listed.confirmed_by
