"""A person at a terminal: lines typed become messages and presses, the bot's messages are shown."""

import asyncio
from collections.abc import Callable

from tests.telegram.person import Person
from tests.telegram.sent import SentMessage
from tests.telegram.server import FakeTelegram
from tests.telegram.state import Press
from tests.telegram.watching import next_message

HELP = "Type a message. #2 or /press 2 presses button 2 of the last message with buttons. /quit"


class Terminal:
    """One person's conversation; show gets every block of text to print."""

    def __init__(
        self, server: FakeTelegram, person: Person, show: Callable[[str], None] = print
    ) -> None:
        self._server = server
        self._person = person
        self._show = show
        self._keyboard: SentMessage | None = None
        self._faults_shown = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def line(self, text: str) -> bool:
        """Do what one typed line says; False when it ends the conversation."""
        words = text.strip()
        if words == "/quit":
            return False
        number = words.removeprefix("/press ").removeprefix("#").strip()
        if words.startswith(("/press ", "#")) and number.isdecimal():
            await self._press(int(number))
        elif words:
            await self._say(words)
        return True

    async def watch(self) -> None:
        """Show what the bot sends, edits and does wrong, until cancelled."""
        state = self._server.state
        while True:
            await state.wait(lambda: bool(self._unread() or self._new_faults()), None)
            for fault in self._new_faults():
                self._faults_shown += 1
                self._show(f"!! {fault}")
            if self._unread():
                self._shown(await next_message(state, self._person.chat))

    async def _say(self, words: str) -> None:
        try:
            await self._person.says(words)
        except ValueError as error:
            self._show(str(error))

    async def _press(self, number: int) -> None:
        labels = self._keyboard.labels if self._keyboard else []
        if self._keyboard is None or not 1 <= number <= len(labels):
            self._show(f"There is no button {number}.")
            return
        try:
            press = await self._person.presses(self._keyboard, self._target(number))
        except LookupError as error:
            self._show(str(error))
            return
        task = asyncio.create_task(self._pop_up(press))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _target(self, number: int) -> str:
        rows = self._keyboard.buttons if self._keyboard else ()
        return [button.target for row in rows for button in row][number - 1]

    async def _pop_up(self, press: Press) -> None:
        try:
            text = await self._person.answer_to(press)
        except AssertionError as error:
            text = str(error)
        if text:
            self._show(f"({text})")

    def _unread(self) -> list[SentMessage]:
        begun = self._person.id in self._server.state.chats
        return self._person.unread() if begun else []

    def _new_faults(self) -> list[str]:
        faults = [f"{call.method}: {call.error}" for call in self._server.refused()]
        return faults[self._faults_shown :]

    def _shown(self, message: SentMessage) -> None:
        if message.buttons:
            self._keyboard = message
        elif self._keyboard and self._keyboard.message_id == message.message_id:
            self._keyboard = None
        self._show(rendered(message))


def rendered(message: SentMessage) -> str:
    """A message as text: a heading with its number, the text as sent, its buttons numbered."""
    marks = ["edited"] * message.edited + ["silent"] * message.silent
    if message.reply_to is not None:
        marks.append(f"in reply to {message.reply_to}")
    if message.photo:
        marks.append("photo")
    heading = f"bot, message {message.message_id}" + "".join(f", {mark}" for mark in marks)
    return "\n".join([f"--- {heading}", message.html or message.text, *_button_lines(message)])


def _button_lines(message: SentMessage) -> list[str]:
    lines: list[str] = []
    number = 0
    for row in message.buttons:
        shown: list[str] = []
        for button in row:
            number += 1
            address = f" ({button.target})" if "://" in button.target else ""
            shown.append(f"[#{number} {button.text}{address}]")
        lines.append(" ".join(shown))
    return lines
