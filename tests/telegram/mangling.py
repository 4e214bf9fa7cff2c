"""Updates with something wrong in them, as no Telegram should ever send them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.telegram.schema import Json

Place = tuple[Any, Any]  # an object or an array, and the key or the number of what it holds
Fault = Callable[[random.Random, Json], None]

_DEEP = 100
_NUMBERS = (0, -1, 2**31, 2**52, 2**63, -(2**63) - 1, 2**64, 10**30, 1e308, -0.0, 1.5)
_OTHERS: tuple[object, ...] = (
    *(None, True, False, "", "text", "12", [], {}, [[]], [None], [1, "a"], {"id": 1}, {"a": {}}),
    *("\ud83d", {"type": "of_tomorrow"}, {"status": "emperor"}, {"message_id": None}),
)


def mangled(rng: random.Random, update: Json) -> Json:
    """A copy of the update with one to four faults."""
    wrong: Json = _copy(update)
    for _ in range(rng.randint(1, 4)):
        rng.choice(FAULTS)(rng, wrong)
    return wrong


def _remove(rng: random.Random, update: Json) -> None:
    place, key = _some_place(rng, update)
    del place[key]


def _change_type(rng: random.Random, update: Json) -> None:
    place, key = _some_place(rng, update)
    place[key] = _copy(rng.choice(_OTHERS))


def _change_number(rng: random.Random, update: Json) -> None:
    _put(rng, update, rng.choice(_NUMBERS), int)


def _lengthen(rng: random.Random, update: Json) -> None:
    _put(rng, update, rng.choice("aé🦵 \n") * 10_000, str)


def _bury(rng: random.Random, update: Json) -> None:
    place, key = _some_place(rng, update)
    for _ in range(_DEEP):
        place[key] = rng.choice(({"reply_to_message": place[key]}, [place[key]]))


def _exchange(rng: random.Random, update: Json) -> None:
    """Puts one part of the update in the place of another."""
    place, key = _some_place(rng, update)
    other, named = _some_place(rng, update)
    place[key] = _copy(other[named])


def _repeat(rng: random.Random, update: Json) -> None:
    """Gives the update another kind as well, with the same in it."""
    kind = next((name for name in update if name != "update_id"), None)
    other = rng.choice(("message", "edited_message", "channel_post", "callback_query", "poll"))
    if kind is not None:
        update[other] = _copy(update[kind])


def _rename(rng: random.Random, update: Json) -> None:
    """Makes the kind, or one of the fields, one that nobody knows."""
    place, key = _some_place(rng, update)
    if isinstance(place, dict):
        place[f"{key}_of_tomorrow"] = place.pop(key)


def _add(rng: random.Random, update: Json) -> None:
    place, key = _some_place(rng, update)
    if isinstance(place, dict):
        place[rng.choice(("api_kwargs", "self", "bot", "_bot", "cls", "", "né"))] = place[key]


FAULTS: tuple[Fault, ...] = (
    *(_remove, _change_type, _change_number, _lengthen, _bury, _exchange, _repeat, _rename, _add),
)


def _copy(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _put(rng: random.Random, update: Json, value: object, of: type) -> None:
    """Puts the value where one of its type stands, if there is such a place."""
    places = [(place, key) for place, key in _places(update) if type(place[key]) is of]
    if places:
        place, key = rng.choice(places)
        place[key] = value


def _some_place(rng: random.Random, update: Json) -> Place:
    """Any place but the update's own id, which is left to _change_number."""
    places = [(p, k) for p, k in _places(update) if not (p is update and k == "update_id")]
    return rng.choice(places) if places else ({"": None}, "")


def _places(value: Any) -> Iterator[Place]:
    todo: list[Any] = [value]
    while todo:
        place = todo.pop()
        keys: list[Any] = []
        if isinstance(place, dict):
            keys = list(place)
        elif isinstance(place, list):
            keys = list(range(len(place)))
        for key in keys:
            yield place, key
            todo.append(place[key])
