"""What becomes of a reminder that is sent, over HTTP: each answer and each silence of Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.handlers.context import App
from bot.handlers.hearing import Hearing
from bot.handlers.hosting import Hosting
from bot.handlers.posting import LATER, SOON, Poster
from bot.reminders.boards import Boards
from bot.reminders.database import Database
from bot.reminders.days import WEEK
from bot.reminders.due import LATE, Again, Dropped, Due, Moved, Result, Sent
from bot.reminders.reminder import VARIED, Reason, Reminder, Schedule, State
from bot.reminders.rulebook import Rulebook
from tests.handlers.assembled import PATIENT, application
from tests.telegram import FakeTelegram
from tests.telegram.state import Chat

# The library warns of a later version whenever it makes a RetryAfter.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

ADA, GROUP, MOVED_TO = 42, -100, -1001234567890
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
REMINDER = Reminder(3, ADA, None, Schedule(time(9), WEEK, "UTC"), "couch-stretch", None)
DUE = Due(7, 1, REMINDER, date(2026, 3, 2), 0, NINE, NINE + timedelta(minutes=2))
IN_TOPIC = replace(DUE, reminder=replace(REMINDER, chat=GROUP, topic=5))
IMPATIENT = 0.2  # seconds that an answer may take
BLOCKED = Dropped(State.REFUSED, Reason.BLOCKED)
REJECTED = Dropped(State.REFUSED, Reason.REJECTED)
UNCERTAIN = Dropped(State.UNCERTAIN, Reason.NO_ANSWER)


@pytest.fixture
def hosting(hearing: Hearing, database: Database) -> Hosting:
    return Hosting(hearing.notebook, Rulebook(database), Boards(database))


@dataclass(frozen=True, slots=True)
class Office:
    """A poster, and the server that it posts to."""

    server: FakeTelegram
    app: App
    now: datetime = NINE

    async def post(self, due: Due = DUE, *, paid: bool = False) -> Result:
        return await Poster(self.app, lambda: self.now, paid=paid)(due)

    @property
    def tried(self) -> int:
        return len(self.server.called("sendMessage"))


@asynccontextmanager
async def opened(hearing: Hearing, patience: float = PATIENT) -> AsyncIterator[Office]:
    async with FakeTelegram() as server:
        server.state.chats[ADA] = Chat(ADA, "private", {"first_name": "Ada"})
        about = {"title": "Friends", "is_forum": True}
        server.state.chats[GROUP] = Chat(GROUP, "supergroup", about)
        app = application(server.url, hearing, patience)
        async with app.bot:
            yield Office(server, app)
        assert server.violations == []


@pytest.fixture
async def office(hearing: Hearing, hosting: Hosting) -> AsyncIterator[Office]:
    async with opened(hearing) as running:
        running.app.bot_data.hosting = hosting
        yield running


async def test_it_is_taken(office: Office) -> None:
    sent = await office.post()
    message = await office.server.next_message(ADA)
    assert sent == Sent(message.message_id, "couch-stretch")
    knowledge = office.app.bot_data.hearing.talk.knowledge
    assert knowledge.techniques["couch-stretch"].title in message.text.partition("\n")[0]
    assert message.text.endswith(knowledge.messages.caveat.short)
    assert knowledge.messages.reminder.sent.done in message.labels


async def test_what_was_said_since_it_was_claimed_counts(office: Office) -> None:
    talk = office.app.bot_data.hearing.talk
    talk.says(ADA, "I'm 20 weeks pregnant", NINE)
    sent = await office.post()
    assert isinstance(sent, Sent)
    assert sent.showed != "couch-stretch"
    talk.says(ADA, "I have crushing chest pain", NINE)
    assert await office.post() == Dropped(State.SKIPPED, Reason.RED_FLAG)
    assert office.tried == 1


@pytest.mark.parametrize("silent", [True, False])
@pytest.mark.parametrize("paid", [True, False])
async def test_how_it_is_sent(office: Office, silent: bool, paid: bool) -> None:
    await office.post(replace(DUE, silent=silent), paid=paid)
    (call,) = office.server.called("sendMessage")
    assert call.parameters.get("disable_notification", False) is silent
    assert call.parameters.get("allow_paid_broadcast", False) is paid
    assert "message_thread_id" not in call.parameters


@pytest.mark.parametrize(
    ("after", "snooze", "told"),
    [(timedelta(0), 0, None), (LATE + timedelta(seconds=1), 0, "late"), (LATE * 9, 1, "again")],
)
async def test_late_or_again(
    office: Office, after: timedelta, snooze: int, told: str | None
) -> None:
    await replace(office, now=NINE + after).post(replace(DUE, snooze=snooze))
    text = (await office.server.next_message(ADA)).text
    texts = office.app.bot_data.hearing.talk.knowledge.messages.reminder.sent
    assert {name for name in ("late", "again") if getattr(texts, name) in text} == {told} - {None}


async def test_nothing_fits(office: Office) -> None:
    due = replace(DUE, conditions=("other-condition", "lung-disease"))
    assert await office.post(due) == Dropped(State.SKIPPED, Reason.NOTHING_FITS)
    assert office.tried == 0


@pytest.mark.parametrize(
    ("code", "description", "expected"),
    [
        (403, "Forbidden: bot was blocked by the user", BLOCKED),
        (403, "Forbidden: user is deactivated", BLOCKED),
        (403, "Forbidden: bot was kicked from the supergroup chat", BLOCKED),
        (400, "Bad Request: chat not found", BLOCKED),
        (400, "Bad Request: not enough rights to send text messages to the chat", BLOCKED),
        (400, "Bad Request: need administrator rights in the channel chat", BLOCKED),
        (400, "Bad Request: can't parse entities: unsupported start tag", REJECTED),
        (400, "Bad Request: message thread not found", REJECTED),  # it was for no topic
        (500, "Internal Server Error", Again(SOON)),
        (502, "Bad Gateway", Again(SOON)),
        (504, "Gateway Timeout", Again(SOON)),
        (401, "Unauthorized", Again(LATER)),
        (409, "Conflict: terminated by other getUpdates request", Again(LATER)),
    ],
)
async def test_it_is_refused(office: Office, code: int, description: str, expected: Result) -> None:
    office.server.fail_next("sendMessage", code, description)
    assert await office.post() == expected
    assert office.tried == 1


async def test_the_seconds_that_were_told_are_waited(office: Office) -> None:
    told = {"retry_after": 35}
    office.server.fail_next("sendMessage", 429, "Too Many Requests: retry after 35", told)
    assert await office.post() == Again(timedelta(seconds=35))
    assert office.tried == 1


async def test_the_group_has_another_id(office: Office) -> None:
    told = {"migrate_to_chat_id": MOVED_TO}
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    office.server.fail_next("sendMessage", 400, words, told)
    due = replace(DUE, reminder=replace(REMINDER, chat=GROUP))
    assert await office.post(due) == Moved(MOVED_TO)


async def test_no_answer_to_what_went_out(office: Office) -> None:
    office.server.drop_next("sendMessage")
    assert await office.post() == UNCERTAIN
    assert office.tried == 1
    assert (await office.server.next_message(ADA)).text  # it had arrived


async def test_an_answer_that_never_comes(hearing: Hearing) -> None:
    async with opened(hearing, IMPATIENT) as office:
        office.server.hang_next("sendMessage")
        assert await office.post() == UNCERTAIN
        assert office.tried == 1


async def test_nobody_is_there(hearing: Hearing) -> None:
    server = FakeTelegram()
    await server.start()
    app = application(server.url, hearing)
    async with app.bot:
        await server.stop()
        assert await Office(server, app).post() == Again(SOON)
    assert server.called("sendMessage") == []


async def test_the_bot_is_stopping(office: Office) -> None:
    await office.app.bot.rate_limiter.shutdown()  # type: ignore[union-attr]
    assert await office.post() == Again(SOON)
    assert office.tried == 0


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A gateway in front of Telegram, with a page of its own."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 13\r\n"
        b"Connection: close\r\n\r\n<html></html>"
    )
    await writer.drain()
    writer.close()


async def test_the_page_of_a_gateway(hearing: Hearing) -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        app = application(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", hearing)
        assert await Poster(app, lambda: NINE)(DUE) == Again(SOON)
        await app.bot.shutdown()
        for request in app.bot._request:
            await request.shutdown()


TOPIC_GONE = "Bad Request: message thread not found"


async def test_a_topic(office: Office) -> None:
    assert isinstance(await office.post(IN_TOPIC), Sent)
    (call,) = office.server.called("sendMessage")
    assert call.parameters["message_thread_id"] == 5


@pytest.mark.parametrize("words", [TOPIC_GONE, "Bad Request: TOPIC_DELETED"])
async def test_a_topic_that_is_gone(office: Office, words: str) -> None:
    office.server.fail_next("sendMessage", 400, words)
    sent = await office.post(replace(IN_TOPIC, silent=True))
    message = await office.server.next_message(GROUP)
    assert sent == Sent(message.message_id, "couch-stretch", topic_gone=True)
    texts = office.app.bot_data.hearing.talk.knowledge.messages.reminder.sent
    assert texts.topic_gone in message.text
    first, second = (call.parameters for call in office.server.called("sendMessage"))
    assert first["message_thread_id"] == 5
    assert "message_thread_id" not in second
    assert second["disable_notification"] is True


@pytest.mark.parametrize(
    ("code", "description", "expected"),
    [
        (403, "Forbidden: bot was kicked from the supergroup chat", BLOCKED),
        (400, TOPIC_GONE, REJECTED),
        (500, "Internal Server Error", Again(SOON)),
    ],
)
async def test_a_topic_that_is_gone_with_its_chat(
    office: Office, code: int, description: str, expected: Result
) -> None:
    office.server.fail_next("sendMessage", 400, TOPIC_GONE)
    office.server.fail_next("sendMessage", code, description)
    assert await office.post(IN_TOPIC) == expected
    assert office.tried == 2


async def test_another_plan_is_shown_as_what_it_is(office: Office) -> None:
    due = replace(DUE, reminder=replace(REMINDER, plan=VARIED), conditions=("pregnancy",), sent=9)
    sent = await office.post(due)
    assert isinstance(sent, Sent)
    assert sent.showed in office.app.bot_data.hearing.talk.knowledge.techniques
