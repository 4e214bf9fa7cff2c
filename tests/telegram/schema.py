"""The Bot API's methods and types, read from bot_api.json, and the checking of values against them.

A type is named as the Bot API's documentation names it: Integer, String, Boolean, Float, the name
of an object, or "Array of" one of these. Problems are sentences that begin with the path of the
wrong value, such as "reply_markup.inline_keyboard[0][1].text is missing".
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Types = tuple[str, ...]

_FILE = Path(__file__).with_name("bot_api.json")
_ARRAY = "Array of "


@dataclass(frozen=True)
class Upload:
    """A file that came with a multipart request."""

    filename: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class Shape:
    """The fields of an object or the parameters of a method: name -> the types it may have."""

    required: Mapping[str, Types]
    optional: Mapping[str, Types]

    def types_of(self, name: str) -> Types | None:
        """The types of a field, None for an unknown one."""
        return self.required.get(name) or self.optional.get(name)


@dataclass(frozen=True)
class Method:
    """A method's parameters and what it answers with."""

    parameters: Shape
    returns: Types


@dataclass(frozen=True)
class Schema:
    """One version of the Bot API. A type is a Shape, or the types it may be one of."""

    methods: Mapping[str, Method]
    types: Mapping[str, Shape | Types]

    def problems_in_call(self, method: str, parameters: Mapping[str, object]) -> list[str]:
        """What is unknown, missing or of the wrong type among a known method's parameters."""
        return self._in_fields(self.methods[method].parameters, parameters, "")

    def problems(self, types: Types, value: object, path: str) -> list[str]:
        """Why the value found at path is none of these types; empty when it is one of them."""
        types = self._expanded(types)
        if len(types) > 1 and not isinstance(value, dict | list) and not self._fits(types, value):
            return [f"{path} must be {' or '.join(types)}"]
        return min((self._against(name, value, path) for name in types), key=len)

    def _expanded(self, types: Types) -> Types:
        whole: list[str] = []
        for name in types:
            kind = self.types.get(name)
            whole += self._expanded(kind) if isinstance(kind, tuple) else [name]
        return tuple(whole)

    def _fits(self, types: Types, value: object) -> bool:
        return any(not self._against(name, value, "") for name in types)

    def _against(self, name: str, value: object, path: str) -> list[str]:
        if name.startswith(_ARRAY):
            return self._in_array(name.removeprefix(_ARRAY), value, path)
        shape = self.types.get(name)
        if name == "InputFile":
            return [] if isinstance(value, Upload) else [f"{path} must be an uploaded file"]
        if not isinstance(shape, Shape):
            return [] if _is_scalar(name, value) else [f"{path} must be {name}"]
        if not isinstance(value, dict):
            return [f"{path} must be {name}"]
        return self._in_fields(shape, value, f"{path}.")

    def _in_array(self, name: str, value: object, path: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{path} must be {_ARRAY}{name}"]
        return [
            problem
            for number, item in enumerate(value)
            for problem in self.problems((name,), item, f"{path}[{number}]")
        ]

    def _in_fields(self, shape: Shape, values: Mapping[str, object], path: str) -> list[str]:
        found = [f"{path}{name} is missing" for name in shape.required if name not in values]
        for name, value in values.items():
            types = shape.types_of(name)
            if types is None:
                found.append(f"{path}{name} is unknown")
            else:
                found += self.problems(types, value, f"{path}{name}")
        return found


@cache
def bot_api() -> Schema:
    """The schema of bot_api.json; read once."""
    facts = json.loads(_FILE.read_text(encoding="utf-8"))
    return Schema(
        methods={
            name: Method(_shape(fact), tuple(fact["returns"]))
            for name, fact in facts["methods"].items()
        },
        types={
            name: tuple(fact["any_of"]) if "any_of" in fact else _shape(fact)
            for name, fact in facts["types"].items()
        },
    )


def from_form(types: Types, text: str) -> object:
    """A parameter's value from the text that a form or a query string carries.

    Telegram reads numbers and booleans from plain text and everything else from JSON. Text that
    fits none of the types comes back as it is, for Schema.problems to name.
    """
    if "Integer" in types and re.fullmatch(r"-?\d+", text):
        return int(text)
    if "String" in types:
        return text
    if "Boolean" in types and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    try:
        return json.loads(text)
    except ValueError:
        return text


def checked(type_name: str, value: Json) -> Json:
    """The value itself; ValueError when the Bot API knows no such object."""
    problems = bot_api().problems((type_name,), value, type_name)
    if problems:
        raise ValueError("; ".join(problems))
    return value


def _shape(fact: Json) -> Shape:
    return Shape(
        required={name: tuple(types) for name, types in fact["required"].items()},
        optional={name: tuple(types) for name, types in fact["optional"].items()},
    )


def _is_scalar(name: str, value: object) -> bool:
    match name:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Boolean":
            return isinstance(value, bool)
        case "String":
            return isinstance(value, str)
    raise LookupError(f"bot_api.json names an unknown type: {name}")
