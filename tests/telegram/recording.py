"""The bot's calls without a network: checked as the Bot API would, recorded, and answered."""

from __future__ import annotations

import itertools
import json

from telegram.request import BaseRequest, RequestData

from tests.telegram.calls import Call, problems_of
from tests.telegram.errors import ApiError
from tests.telegram.keyboards import inline_keyboard
from tests.telegram.members import chat_member
from tests.telegram.methods import get_me
from tests.telegram.schema import Json
from tests.telegram.state import State
from tests.telegram.texts import read_text

POSTING = ("send", "copy", "forward", "edit")


class Recording(BaseRequest):
    """Instead of HTTP. Any chat exists, and may be written to; see `rules` for administrators.

    calls are those since the last `take`; violations what the Bot API does not allow in any call.
    refusals tell which methods are answered with an error.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._numbers = itertools.count(1)
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.refusals: dict[str, ApiError] = {}

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    def take(self) -> list[Call]:
        """The calls since the last time."""
        taken, self.calls = self.calls, []
        return taken

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: object,
        **more: object,
    ) -> tuple[int, bytes]:
        parameters = dict(request_data.parameters) if request_data else {}
        call = Call(url.rpartition("/")[2], parameters, at=0.0)
        self.calls.append(call)
        self.violations += [f"{call.method}: {problem}" for problem in _problems(call)]
        refused = self.refusals.get(call.method)
        if refused is not None:
            return refused.code, json.dumps(refused.body()).encode()
        return 200, json.dumps({"ok": True, "result": self._result(call)}).encode()

    def _result(self, call: Call) -> object:
        if call.method == "getMe":
            return get_me(self._state, {})
        if call.method == "answerGuestQuery":
            return {"inline_message_id": "guest"}
        if call.method == "getChatMember":
            person = call.parameters["user_id"]
            user: Json = {"id": person, "is_bot": False, "first_name": "P"}
            return chat_member(user, "administrator" if rules(person) else "member")
        if not call.method.startswith(POSTING) or "chat_id" not in call.parameters:
            return True
        number = call.parameters.get("message_id", next(self._numbers))
        chat: Json = {"id": call.parameters["chat_id"], "type": "private"}
        return {"message_id": number, "date": 1, "chat": chat, "from": self._state.bot}


def rules(person: object) -> bool:
    """Whether somebody is an administrator, in all groups: every other one is."""
    return isinstance(person, int) and person % 2 == 0


def _problems(call: Call) -> list[str]:
    try:
        if "text" in call.parameters and "parse_mode" in call.parameters:
            read_text(call.parameters)
        inline_keyboard(call.parameters.get("reply_markup"))
    except ApiError as error:
        return [error.description, *problems_of(call)]
    return problems_of(call)
