"""The server: HTTP on a loopback port in front of the state, and what tests ask of it."""

import asyncio
import inspect
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.telegram.calls import Call, Loss, Plan, problems_of, read_parameters
from tests.telegram.delivery import push_updates
from tests.telegram.errors import NOT_FOUND, UNAUTHORIZED, ApiError
from tests.telegram.group import Group, new_group
from tests.telegram.limits import Enforced, Floods
from tests.telegram.methods import METHODS
from tests.telegram.person import Person
from tests.telegram.schema import bot_api, checked
from tests.telegram.sent import SentMessage
from tests.telegram.state import Chat, Press, State, Switches
from tests.telegram.watching import SECONDS, next_message

TOKEN = "110201543:no-real-token-only-for-the-tests-00"
_FIRST_PERSON = 1_000
_UPLOAD_LIMIT = 50 * 1024 * 1024


class FakeTelegram:
    """Telegram's Bot API for one bot, on 127.0.0.1.

    Use as `async with FakeTelegram() as server`; server.url then goes before /bot<token>. calls
    are all calls of the bot in order; violations are those that the Bot API does not allow, as
    "method: what is wrong" (a test's last line is often `assert not server.violations`). limits
    refuse messages that come too fast, with 429. switches are what the owner set at BotFather.
    checks_itself is set to False by tests that put into it what no Telegram would answer.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        port: int = 0,
        username: str = "psoas_test_bot",
        now: Callable[[], float] = time.time,
        limits: Enforced | None = None,
        switches: Switches | None = None,
    ) -> None:
        bot = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Psoas"}
        self.token = token
        self.state = State(checked("User", bot | {"username": username}), now)
        self.state.switches = switches or Switches()
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.checks_itself = True
        self._plans: list[Plan] = []
        self._floods = Floods(self.state, limits) if limits else None
        self._port = port
        self._runner: web.AppRunner | None = None
        self._pusher: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """What stands before /bot<token>/method, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Listen; a port of 0 becomes a free one."""
        app = web.Application(client_max_size=_UPLOAD_LIMIT)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=1.0, handler_cancellation=True
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self._pusher = asyncio.create_task(push_updates(self.state))

    async def stop(self) -> None:
        """End every open request and close the port."""
        self.state.closing = True
        await self.state.announce()
        if self._pusher:
            self._pusher.cancel()
            await asyncio.gather(self._pusher, return_exceptions=True)
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    def person(
        self,
        user_id: int | None = None,
        *,
        first_name: str = "Ada",
        language_code: str | None = "en",
        **fields: str,
    ) -> Person:
        """A new person; fields are further ones of the Bot API's User, such as username."""
        number = max(self.state.users, default=_FIRST_PERSON) + 1 if user_id is None else user_id
        user = {"id": number, "is_bot": False, "first_name": first_name} | fields
        language = {} if language_code is None else {"language_code": language_code}
        self.state.users[number] = checked("User", user | language)
        return Person(self.state, number)

    def other_bot(self, username: str) -> Person:
        """Another bot, to put into groups; what it says in them the bot does not hear."""
        someone = self.person(first_name=username, language_code=None, username=username)
        someone.user["is_bot"] = True
        return someone

    def group(
        self, title: str, *, supergroup: bool = True, forum: bool = False, id: int | None = None
    ) -> Group:
        """A group with nobody in it yet, of which the bot does not know."""
        return new_group(self.state, title, supergroup=supergroup, forum=forum, id=id)

    async def next_message(self, chat: Chat | int, seconds: float = SECONDS) -> SentMessage:
        """The bot's next unread new or edited message in a chat; AssertionError if none comes."""
        place = self.state.chat(chat) if isinstance(chat, int) else chat
        return await next_message(self.state, place, seconds)

    async def wait_for_call(self, method: str, count: int = 1, seconds: float = SECONDS) -> Call:
        """The count-th call of a method since the start; AssertionError when it does not come."""
        if not await self.state.wait(lambda: len(self.called(method)) >= count, seconds):
            raise AssertionError(f"{method} was not called {count} times in {seconds} s")
        return self.called(method)[count - 1]

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    def refused(self) -> list[Call]:
        """The calls that were answered with an error."""
        return [call for call in self.calls if call.error is not None]

    def unanswered_callbacks(self) -> list[Press]:
        """The presses for which answerCallbackQuery has not come."""
        return [press for press in self.state.presses.values() if press.answer is None]

    def fail_next(
        self,
        method: str,
        error_code: int,
        description: str,
        parameters: Mapping[str, int] | None = None,
        times: int = 1,
    ) -> None:
        """Refuse the next calls of a method, which then do nothing."""
        outcome = ApiError(error_code, description, parameters)
        self._plans.append(Plan(method, outcome, times))

    def drop_next(self, method: str, times: int = 1) -> None:
        """Carry the next calls out, then break the connection instead of answering."""
        self._plans.append(Plan(method, Loss.DROP, times))

    def hang_next(self, method: str, times: int = 1) -> None:
        """Carry the next calls out, then never answer."""
        self._plans.append(Plan(method, Loss.HANG, times))

    async def _handle(self, request: web.Request) -> web.Response:
        try:
            call = await self._received(request)
            loss, result = await self._carried_out(call)
        except ApiError as error:
            await self.state.announce()
            return web.json_response(error.body(), status=error.code)
        await self.state.announce()
        if loss:
            await self._lose(loss, request)
        return web.json_response({"ok": True, "result": result})

    async def _received(self, request: web.Request) -> Call:
        """The call, recorded and found to be one that the Bot API allows."""
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            raise ApiError(*UNAUTHORIZED)
        if method not in bot_api().methods:
            self.violations.append(f"{method}: there is no such method")
            raise ApiError(*NOT_FOUND)
        parameters, files = await read_parameters(request, method)
        call = Call(method, parameters, self.state.now(), files)
        self.calls.append(call)
        problems = problems_of(call)
        if problems:
            self.violations += [f"{method}: {problem}" for problem in problems]
            call.error = f"Bad Request: {'; '.join(problems)}"
            raise ApiError(400, call.error)
        return call

    async def _carried_out(self, call: Call) -> tuple[Loss | None, object]:
        """How the answer is to be lost, and the answer."""
        try:
            if self._floods:
                self._floods.admit(call)
            return self._planned(call.method), await self._result(call)
        except ApiError as error:
            call.error = error.description
            raise
        except Exception as error:
            self.violations.append(f"{call.method}: this server itself failed: {error!r}")
            raise

    async def _result(self, call: Call) -> object:
        implementation = METHODS.get(call.method)
        if implementation is None:
            return True
        answer = implementation(self.state, call.parameters)
        result = await answer if inspect.isawaitable(answer) else answer
        wrong = bot_api().problems(bot_api().methods[call.method].returns, result, "result")
        if wrong and self.checks_itself:
            raise ValueError(f"{call.method} answers wrongly: {'; '.join(wrong)}")
        return result

    def _planned(self, method: str) -> Loss | None:
        """How the answer is to be lost; the planned refusal is raised."""
        for plan in self._plans:
            if plan.method == method and plan.times > 0:
                plan.times -= 1
                if isinstance(plan.outcome, ApiError):
                    raise plan.outcome
                return plan.outcome
        return None

    async def _lose(self, loss: Loss, request: web.Request) -> None:
        if loss is Loss.HANG:
            await self.state.wait(lambda: self.state.closing, None)
        if request.transport:
            request.transport.abort()
