"""The random updates are what they claim to be: valid, of every kind, and the same each time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.telegram.mangling import mangled
from tests.telegram.random_updates import BOT, KINDS, random_updates
from tests.telegram.random_values import kind
from tests.telegram.schema import Json, Shape, bot_api

MANY = 5_000
SEEDED = [*random_updates(random.Random(5), MANY)]


def test_each_is_valid() -> None:
    for update in SEEDED:
        assert bot_api().problems(("Update",), update, "") == []


def test_there_are_all_kinds_and_all_fields_of_a_message() -> None:
    assert {name for update in SEEDED for name in update} == {"update_id", *KINDS}
    shape = bot_api().types["Message"]
    assert isinstance(shape, Shape)
    found = {field for update in SEEDED for value in objects(update) for field in value}
    assert set(shape.optional) <= found


def test_there_are_all_members_of_each_union() -> None:
    found = {str(value.get("status")) for update in SEEDED for value in objects(update)}
    members = ("creator", "administrator", "member", "restricted", "left", "kicked")
    assert found >= set(members)
    changed = [update["my_chat_member"] for update in SEEDED if "my_chat_member" in update]
    bots = [one for one in changed if one["new_chat_member"]["user"] == BOT]
    assert {one["new_chat_member"]["status"] for one in bots} == set(members)


def test_entities_lie_within_their_text() -> None:
    for update in SEEDED:
        for value in objects(update):
            for field, marks in (("text", "entities"), ("caption", "caption_entities")):
                told = str(value.get(field, "")).encode("utf-16-le", "surrogatepass")
                for entity in value.get(marks, ()) if "message_id" in value else ():
                    assert 0 <= entity["offset"] < entity["offset"] + entity["length"]
                    assert entity["offset"] + entity["length"] <= len(told) // 2


def test_the_same_seed_gives_the_same() -> None:
    first, again, other = ([*random_updates(random.Random(n), 200)] for n in (5, 5, 6))
    assert first == again != other


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ChatMemberOwner", "creator"),
        ("ChatMemberBanned", "kicked"),
        ("ChatMemberAdministrator", "administrator"),
        ("MessageOriginHiddenUser", "hidden_user"),
        ("BackgroundFillFreeformGradient", "freeform_gradient"),
        ("ChatBoostSourceGiftCode", "gift_code"),
        ("RichTextBold", "bold"),
    ],
)
def test_what_the_members_of_unions_are_told_apart_by(name: str, told: str) -> None:
    assert kind(name) == told


def test_most_mangled_ones_are_invalid_and_the_original_stays() -> None:
    rng = random.Random(7)
    before = str(SEEDED[:1000])
    wrong = [mangled(rng, update) for update in SEEDED[:1000]]
    assert str(SEEDED[:1000]) == before
    bad = Counter(bool(bot_api().problems(("Update",), update, "")) for update in wrong)
    assert bad[True] > 800


def objects(value: Any) -> Iterator[Json]:
    """The value itself and all that it holds, as far as these are objects."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            yield one
            todo += one.values()
        elif isinstance(one, list):
            todo += one
