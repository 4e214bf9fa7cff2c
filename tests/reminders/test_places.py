"""Towns, states and countries, and their zones."""

from __future__ import annotations

import gzip
from importlib.resources import files
from zoneinfo import available_timezones

import pytest

from bot.reminders.places import Places

ROWS = (
    gzip.decompress(files("bot.reminders").joinpath("places.tsv.gz").read_bytes())
    .decode()
    .split("\n")
)
PLACES = Places()


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("berlin", "Europe/Berlin"),
        ("nyc", "America/New_York"),
        ("saint petersburg", "Europe/Moscow"),
        ("munchen", "Europe/Berlin"),
        ("scotland", "Europe/London"),
        (ROWS[0].split("\t")[0], ROWS[0].split("\t")[1]),
        (ROWS[-1].split("\t")[0], ROWS[-1].split("\t")[1]),
        ("xyzzyville", None),
        ("", None),
        ("zzzzzzzz", None),
    ],
)
def test_zones(name: str, zone: str | None) -> None:
    assert PLACES.zone(tuple(name.split())) == zone


def test_every_thousandth_place_is_found() -> None:
    for row in ROWS[::1000]:
        name, zone = row.split("\t")
        assert PLACES.zone(tuple(name.split(" "))) == zone


def test_a_mistyped_place() -> None:
    assert PLACES.like(("los", "angelas")) == "America/Los_Angeles"
    assert PLACES.like(("xyzzyville",)) is None
    assert PLACES.like(("abc",)) is None


def test_the_table_is_sorted_and_its_zones_exist() -> None:
    assert [row.encode() for row in ROWS] == sorted(row.encode() for row in ROWS)
    assert {row.split("\t")[1] for row in ROWS} <= available_timezones()
