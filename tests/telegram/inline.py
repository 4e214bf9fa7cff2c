"""Inline mode: a person asks in any chat, the bot answers with results, the person picks one.

Results are not cached between queries. The names of refusals are those of Telegram's API.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.telegram.errors import QUERY_TOO_OLD, bad_request
from tests.telegram.posting import tell_bot
from tests.telegram.results import drafted, has_buttons, make_editable, put
from tests.telegram.schema import Json
from tests.telegram.sent import SentMessage, seen
from tests.telegram.state import Asked, Chat, State

QUERY_LIMIT = 256
RESULTS_LIMIT = 50
OFFSET_LIMIT = 64
CACHE_SECONDS = 300


@dataclass(frozen=True)
class InlineResult:
    """One result as a person sees it in the list."""

    asked: Asked = field(repr=False)
    id: str
    title: str
    description: str
    json: Json = field(repr=False)


@dataclass(frozen=True)
class InlineAnswers:
    """The list of results; button is (its text, its start parameter or URL), None for none."""

    results: tuple[InlineResult, ...]
    next_offset: str
    cache_seconds: int
    personal: bool
    button: tuple[str, str] | None

    def titled(self, title: str) -> InlineResult:
        """The result of this title; LookupError for none."""
        for result in self.results:
            if result.title == title:
                return result
        raise LookupError(f"no result {title!r} among {[result.title for result in self.results]}")


async def ask_inline(
    state: State, user: Json, chat: Chat, query: str, *, offset: str, seconds: float
) -> InlineAnswers:
    """Type a query after the bot's name; AssertionError when no answer comes in time.

    ValueError while inline mode is off, and for a query that no app would send.
    """
    if not state.switches.inline or len(query) > QUERY_LIMIT:
        raise ValueError("inline mode is off, or the query is longer than 256 characters")
    asked = Asked(f"inline-{len(state.asked) + 1}", user, chat, query)
    state.asked[asked.id] = asked
    kind = "sender" if chat.id == user["id"] else chat.type
    update = {"id": asked.id, "from": user, "query": query, "offset": offset, "chat_type": kind}
    state.updates.add("inline_query", update)
    await state.announce()
    if not await state.wait(lambda: asked.answer is not None, seconds):
        raise AssertionError(f"the inline query {query!r} was not answered in {seconds} s")
    return _answers(asked, asked.answer or {})


def answer_inline_query(state: State, parameters: Json) -> bool:
    """answerInlineQuery."""
    asked = state.asked.get(parameters["inline_query_id"])
    if asked is None or asked.message is not None or asked.expired:
        raise bad_request(QUERY_TOO_OLD)
    results = parameters["results"]
    if len(results) > RESULTS_LIMIT:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(parameters.get("next_offset", "").encode()) > OFFSET_LIMIT:
        raise bad_request("NEXT_OFFSET_INVALID")
    for result in results:
        drafted(state, result)
    _check_button(parameters.get("button"))
    asked.answer = parameters
    return True


async def pick(state: State, user: Json, result: InlineResult) -> SentMessage:
    """Send the result into the chat in which it was asked for, as the person's message.

    The bot is told that it was chosen only with inline_feedback, and may edit the message only
    when buttons are under it.
    """
    asked, chat = result.asked, result.asked.chat
    draft = drafted(state, result.json)
    record = put(state, chat, user, draft, {"via_bot": state.bot})
    chosen = {"result_id": result.id, "from": user, "query": asked.text}
    if has_buttons(record):
        chosen["inline_message_id"] = make_editable(state, chat, record)
    if state.switches.inline_feedback:
        state.updates.add("chosen_inline_result", chosen)
    if chat.roster is not None:
        await tell_bot(state, chat, "message", record)
    elif chat.met:
        state.updates.add("message", record.message)
    await state.announce()
    return seen(record)


def _answers(asked: Asked, answer: Json) -> InlineAnswers:
    button = answer.get("button", {})
    target = button.get("start_parameter") or button.get("web_app", {}).get("url", "")
    return InlineAnswers(
        results=tuple(
            InlineResult(
                asked, result["id"], result.get("title", ""), result.get("description", ""), result
            )
            for result in answer["results"]
        ),
        next_offset=answer.get("next_offset", ""),
        cache_seconds=answer.get("cache_time", CACHE_SECONDS),
        personal=answer.get("is_personal", False),
        button=(button["text"], target) if button else None,
    )


def _check_button(button: Json | None) -> None:
    if button is None:
        return
    if not button["text"]:
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if ("web_app" in button) == ("start_parameter" in button):
        raise bad_request("exactly one of the fields web_app and start_parameter must be used")
    start = button.get("start_parameter", "no")
    if not start:
        raise bad_request("START_PARAM_EMPTY")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start):
        raise bad_request("START_PARAM_INVALID")
