"""What the Bot API's fields and types allow, for values and over HTTP."""

import json
from typing import Any

import httpx
import pytest

from tests.telegram import FakeTelegram, Person
from tests.telegram.schema import bot_api, checked, from_form
from tests.telegram.updates import UpdateQueue

BUTTON = {"text": "a", "callback_data": "b"}


@pytest.mark.parametrize(
    ("parameters", "problems"),
    [
        ({"chat_id": 1, "text": "a"}, []),
        ({"chat_id": "@a", "text": "a", "reply_markup": {"inline_keyboard": [[BUTTON]]}}, []),
        ({"chat_id": 1}, ["text is missing"]),
        ({"chat_id": 1, "text": "a", "colour": "red"}, ["colour is unknown"]),
        ({"chat_id": 1.5, "text": "a"}, ["chat_id must be Integer or String"]),
        ({"chat_id": True, "text": "a"}, ["chat_id must be Integer or String"]),
        (
            {"chat_id": 1, "text": "a", "disable_notification": "yes"},
            ["disable_notification must be Boolean"],
        ),
        (
            {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [[{"txt": "a"}]]}},
            [
                "reply_markup.inline_keyboard[0][0].text is missing",
                "reply_markup.inline_keyboard[0][0].txt is unknown",
            ],
        ),
    ],
)
def test_send_message(parameters: dict[str, Any], problems: list[str]) -> None:
    assert bot_api().problems_in_call("sendMessage", parameters) == problems


def test_every_type_that_is_named_is_known() -> None:
    schema = bot_api()
    shapes = [method.parameters for method in schema.methods.values()]
    for shape in shapes:
        for types in [*shape.required.values(), *shape.optional.values()]:
            assert schema.problems(types, object(), "value")


@pytest.mark.parametrize(
    ("types", "text", "value"),
    [
        (("Integer",), "-5", -5),
        (("Integer", "String"), "12", 12),
        (("Integer", "String"), "@a", "@a"),
        (("Boolean",), "true", True),
        (("Boolean",), "maybe", "maybe"),
        (("Array of Integer",), "[1]", [1]),
        (("ReplyParameters",), "{broken", "{broken"),
        (("String",), "[1]", "[1]"),
    ],
)
def test_form_text(types: tuple[str, ...], text: str, value: object) -> None:
    assert from_form(types, text) == value


def test_wrong_updates_are_an_error() -> None:
    with pytest.raises(ValueError, match=r"Update\.message\.date is missing"):
        UpdateQueue().add("message", {"message_id": 1, "chat": {"id": 1, "type": "private"}})
    with pytest.raises(ValueError, match="is_bot is missing"):
        checked("User", {"id": 1, "first_name": "a"})


@pytest.mark.parametrize("way", ["query", "form", "multipart", "json"])
async def test_all_encodings(server: FakeTelegram, ada: Person, way: str) -> None:
    await ada.says("hello")
    markup = {"inline_keyboard": [[BUTTON]]}
    texts = {"chat_id": str(ada.id), "text": "hi", "reply_markup": json.dumps(markup)}
    url = f"{server.url}/bot{server.token}/sendMessage"
    async with httpx.AsyncClient() as client:
        if way == "query":
            answer = await client.get(url, params=texts)
        elif way == "form":
            answer = await client.post(url, data=texts)
        elif way == "multipart":
            answer = await client.post(url, files={n: (None, t) for n, t in texts.items()})
        else:
            body = {"chat_id": ada.id, "text": "hi", "reply_markup": markup}
            answer = await client.post(url, json=body)
    assert answer.status_code == 200
    assert answer.json()["result"]["reply_markup"] == markup
    assert (await ada.reads()).buttons == ((("a", "b"),),)
    assert server.called("sendMessage")[0].parameters["chat_id"] == ada.id


@pytest.mark.parametrize(
    ("place", "body", "code", "description"),
    [
        ("1:wrong/getMe", {}, 401, "Unauthorized"),
        ("{}/sendMassage", {}, 404, "Not Found"),
        (
            "{}/sendMessage",
            {"chat_id": 1, "text": "a", "x": 1},
            400,
            "Bad Request: x is unknown",
        ),
        ("{}/getFile", {"file_id": 5}, 400, "Bad Request: file_id must be String"),
        ("{}/getMe", [], 400, "Bad Request: can't parse JSON object"),
    ],
)
async def test_refusals(
    server: FakeTelegram, place: str, body: object, code: int, description: str
) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{server.url}/bot{place.format(server.token)}", json=body)
    assert answer.status_code == code
    assert answer.json() == {"ok": False, "error_code": code, "description": description}


async def test_violations_are_kept(server: FakeTelegram) -> None:
    async with httpx.AsyncClient() as client:
        await client.post(f"{server.url}/bot{server.token}/sendMessage", data={"txt": "a"})
    assert server.violations == [
        "sendMessage: chat_id is missing",
        "sendMessage: text is missing",
        "sendMessage: txt is unknown",
    ]
    assert server.refused() == server.calls


async def test_other_known_methods_are_checked_and_answered(server: FakeTelegram) -> None:
    async with httpx.AsyncClient() as client:
        url = f"{server.url}/bot{server.token}/unpinAllChatMessages"
        answer = await client.post(url, data={"chat_id": "-5"})
    assert answer.json() == {"ok": True, "result": True}
    assert [(call.method, call.parameters) for call in server.calls] == [
        ("unpinAllChatMessages", {"chat_id": -5})
    ]
