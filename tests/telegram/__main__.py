"""Start the server by hand and talk to the bot: python -m tests.telegram [--port 8081]."""

import argparse
import asyncio
import contextlib
import sys
import threading

from tests.telegram.server import TOKEN, FakeTelegram
from tests.telegram.terminal import HELP, Terminal

PORT = 8081


def main() -> None:
    """Read the arguments and run until /quit, the end of input or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--language", default="en", help="the person's language_code")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_talk(arguments.port, arguments.token, arguments.language))


async def _talk(port: int, token: str, language: str) -> None:
    async with FakeTelegram(token, port=port) as server:
        terminal = Terminal(server, server.person(first_name="You", language_code=language))
        print("Start the bot in another terminal:\n")
        print(f"TELEGRAM_BOT_TOKEN={token} TELEGRAM_API_URL={server.url} psoas-bot run\n")
        print(HELP, flush=True)
        watching = asyncio.create_task(terminal.watch())
        lines = _typed_lines()
        while (line := await lines.get()) is not None and await terminal.line(line):
            pass
        watching.cancel()


def _typed_lines() -> asyncio.Queue[str | None]:
    """Lines from standard input as they come, then None.

    They are read in a daemon thread, so that Ctrl-C does not wait for the next line.
    """
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return lines


if __name__ == "__main__":
    main()
