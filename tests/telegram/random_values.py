"""Values of any type of the Bot API, at random: objects as bot_api.json describes them.

Ids have up to 52 bits, dates lie between 2013 and 2038, and arrays and optional fields get rarer
the deeper they stand, so that every value ends.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from tests.telegram.lines import DATA, LINES, ODD
from tests.telegram.schema import Json, Shape, Types, bot_api

DEEPEST = 4
FIELDS = 4  # optional ones of an object that stands alone, on the average
_FIRST_DATE, _LAST_DATE = 1_356_998_400, 2_145_916_800
_SEVERAL = 10**8  # seconds, stars, votes
_ARRAY = "Array of "

# What a union's members are told apart by.
_KINDS = ("type", "status", "source")
# Members whose kind is not their name.
_NAMED = {"ChatMemberOwner": "creator", "ChatMemberBanned": "kicked"}
_CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("Chat", "type"): ("private", "group", "supergroup", "channel"),
    ("Poll", "type"): ("regular", "quiz"),
    ("Sticker", "type"): ("regular", "mask", "custom_emoji"),
    ("SuggestedPostInfo", "state"): ("pending", "approved", "declined"),
    ("UniqueGiftInfo", "origin"): ("upgrade", "transfer", "resale", "offer"),
    ("InlineQuery", "chat_type"): ("sender", "private", "group", "supergroup", "channel"),
    ("EncryptedPassportElement", "type"): ("personal_details", "passport", "email"),
}
_ENTITIES = (
    *("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold"),
    *("italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"),
    *("code", "pre", "text_link", "text_mention", "custom_emoji", "date_time", "of_tomorrow"),
)
# The unions: the names of their members begin with theirs, and have the kind behind it.
_PREFIXES = tuple(name for name, kind in bot_api().types.items() if isinstance(kind, tuple))


class RandomValues:
    """Values out of one seeded `random.Random`."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def one_of(self, types: Types, depth: int = 0, field: str = "", owner: str = "") -> object:
        """A value of one of the types; `owner` and `field` tell what it stands for."""
        name = self.rng.choice(self._ending(types) if depth >= DEEPEST else types)
        if name.startswith(_ARRAY):
            return self._array(name.removeprefix(_ARRAY), depth, field, owner)
        shape = bot_api().types.get(name)
        if isinstance(shape, tuple):
            return self.one_of(shape, depth, field, owner)
        if isinstance(shape, Shape):
            return self.made(name, depth + 1)
        return self._scalar(name, field, owner)

    def made(self, name: str, depth: int = 0) -> Json:
        """An object of the type, valid, with some of its optional fields."""
        shape = bot_api().types[name]
        assert isinstance(shape, Shape), name
        likely = min(0.3, FIELDS / max(1, len(shape.optional))) / (depth + 1)
        fields = dict(shape.required) | {
            field: types
            for field, types in shape.optional.items()
            if depth < DEEPEST and self.rng.random() < likely
        }
        value = {f: self.one_of(types, depth, f, name) for f, types in fields.items()}
        return value | self._in_range(value)

    def text(self) -> str:
        """What a person writes, or what nobody writes."""
        return self.rng.choice(LINES if self.rng.random() < 0.8 else ODD)

    def id(self) -> int:
        """Up to 52 bits, all lengths alike."""
        return self.rng.getrandbits(self.rng.randint(10, 52)) or 1

    def date(self) -> int:
        return self.rng.randint(_FIRST_DATE, _LAST_DATE)

    def entities(self, text: str) -> list[Json]:
        """Entities that lie within the text, in UTF-16 code units."""
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        return [self._entity(units) for _ in range(self.rng.randint(0, 3)) if units]

    def _entity(self, units: int) -> Json:
        entity = self.made("MessageEntity", DEEPEST)
        offset = self.rng.randrange(units)
        entity |= {"offset": offset, "length": self.rng.randint(1, units - offset)}
        if entity["type"] == "text_mention":
            entity["user"] = self.made("User", DEEPEST)
        return entity

    def _in_range(self, value: Json) -> Json:
        """Entities as they fit the text beside them."""
        texts = [f for f in value if isinstance(value[f], str) and f"{f}_entities" in value]
        found = {f"{field}_entities": self.entities(value[field]) for field in texts}
        if "entities" in value:
            found["entities"] = self.entities(str(value.get("text", "")))
        if "caption" not in value and "caption_entities" in value:
            found["caption_entities"] = []
        return found

    def _ending(self, types: Types) -> Types:
        """Those of the types that hold nothing further, if there are any."""
        flat = tuple(t for t in types if t in {"String", "Integer"})
        return flat or types

    def _array(self, name: str, depth: int, field: str, owner: str) -> list[object]:
        most = 0 if depth >= DEEPEST else 2
        return [
            self.one_of((name,), depth + 1, field, owner) for _ in range(self.rng.randint(0, most))
        ]

    def _scalar(self, name: str, field: str, owner: str) -> object:
        match name:
            case "String":
                return self._string(field, owner)
            case "Integer":
                return self._integer(field)
            case "Float":
                return round(self.rng.uniform(-90, 90), 5)
            case "Boolean":
                # Most of these fields are there only when they are true.
                return self.rng.random() < 0.8
        raise LookupError(name)

    def _string(self, field: str, owner: str) -> str:
        if (owner, field) in _CHOICES:
            return self.rng.choice(_CHOICES[owner, field])
        if owner == "MessageEntity" and field == "type":
            return self.rng.choice(_ENTITIES)
        if field in _KINDS:
            return kind(owner)
        if field in {"data", "callback_data"}:
            return self.rng.choice(DATA)
        if field == "language_code":
            return self.rng.choice(("en", "de", "pt-br", "zh-hans", ""))
        return str(self.id()) if field.endswith("id") else self.text()

    def _integer(self, field: str) -> int:
        if field.endswith("date") or field in {"unix_time", "completion_date"}:
            return self.date()
        if field.endswith("id"):
            return self.id()
        return self.rng.choice((0, 1, 2, 60, 3600, self.rng.randint(0, _SEVERAL)))


def kind(name: str) -> str:
    """What tells a member of a union from the others: ChatMemberLeft is "left"."""
    prefix = max((p for p in _PREFIXES if name.startswith(p)), key=len, default="")
    told = name.removeprefix(prefix)
    return _NAMED.get(name) or re.sub(r"(?<=.)([A-Z])", r"_\1", told).lower()
