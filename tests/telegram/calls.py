"""One call of the bot: reading it from HTTP, and planned failures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from aiohttp import web

from tests.telegram.errors import ApiError, bad_request
from tests.telegram.schema import Json, Upload, bot_api, from_form

# python-telegram-bot sends its default parse mode along, and Telegram passes over it.
_PASSED_OVER = {"editMessageReplyMarkup": frozenset({"parse_mode"})}


@dataclass
class Call:
    """A call with its parameters as values; at is the server's time.

    error is the description of the refusal once the call was refused. files are uploads that
    attach://name stands for inside a parameter.
    """

    method: str
    parameters: Json
    at: float
    files: Mapping[str, Upload] = field(default_factory=dict)
    error: str | None = None


class Loss(Enum):
    """How an answer is lost after the call was carried out."""

    DROP = "drop"
    HANG = "hang"


@dataclass
class Plan:
    """What is to happen to the next calls of a method: a refusal, or the loss of the answer."""

    method: str
    outcome: ApiError | Loss
    times: int


async def read_parameters(request: web.Request, method: str) -> tuple[Json, dict[str, Upload]]:
    """The parameters of a call of a known method, and the files attached beside them.

    Query string, form, multipart and JSON are read, as by Telegram; a parameter "attach://name" is
    the file of that name. ApiError 400 for broken JSON.
    """
    if request.content_type == "application/json":
        body = await _json_object(request)
    else:
        body = dict(await request.post())
    raw = dict(request.query) | body
    values = {name: _value(method, name, item) for name, item in raw.items()}
    known = bot_api().methods[method].parameters
    files = {
        name: value
        for name, value in values.items()
        if isinstance(value, Upload) and known.types_of(name) is None
    }
    kept = {name: value for name, value in values.items() if name not in files}
    return {name: _attached(value, files) for name, value in kept.items()}, files


def problems_of(call: Call) -> list[str]:
    """What the Bot API does not allow in this call."""
    passed_over = _PASSED_OVER.get(call.method, frozenset())
    known = {name: value for name, value in call.parameters.items() if name not in passed_over}
    problems = bot_api().problems_in_call(call.method, known)
    sent = str(call.parameters)
    return problems + [
        f"{name} is uploaded but nothing names attach://{name}"
        for name in call.files
        if f"attach://{name}" not in sent
    ]


async def _json_object(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body


def _attached(value: object, files: dict[str, Upload]) -> object:
    if isinstance(value, str) and value.startswith("attach://"):
        return files.pop(value.removeprefix("attach://"), value)
    return value


def _value(method: str, name: str, item: object) -> object:
    if isinstance(item, web.FileField):
        return Upload(item.filename, item.content_type, item.file.read())
    types = bot_api().methods[method].parameters.types_of(name)
    return from_form(types, item) if types and isinstance(item, str) else item
