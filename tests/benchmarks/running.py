"""What a running bot takes: start, memory, and the time from a message to its answer over HTTP.

    python -m tests.benchmarks.running

The real process against the fake Telegram on this machine; Linux, for /proc.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path

from bot.evaluating.questions import read_questions, texts
from tests.conftest import QUESTIONS, ROOT
from tests.running import running_bot
from tests.telegram import FakeTelegram

MESSAGES = 300


def main() -> None:
    first, again = ask(), ask()
    print(f"`ask`, from return to the last line: {again:.2f} s (the first time {first:.2f} s)")
    asyncio.run(measure_running())


def ask() -> float:
    """Seconds from pressing return to the whole answer."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "bot", "ask", "how do I stretch my psoas"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


async def measure_running() -> None:
    async with FakeTelegram() as server:
        started = time.perf_counter()
        async with running_bot(server) as bot:
            await server.wait_for_call("getUpdates", seconds=60)
            print(f"`run`, from start to listening: {time.perf_counter() - started:.2f} s")
            times = await conversation(server)
            print(f"answer over HTTP: p50 {times[len(times) // 2]:.1f} ms, p99 {times[-3]:.1f} ms")
            print(f"memory of the running bot: {resident(bot.process.pid):.0f} MB")


async def conversation(server: FakeTelegram) -> list[float]:
    """Milliseconds from each message to its answer, sorted."""
    person = server.person(first_name="Ada")
    times = []
    said = [text for item in read_questions([QUESTIONS]) for text in texts(item)]
    for text in said[:MESSAGES]:
        started = time.perf_counter()
        await person.says(text)
        await person.reads()
        times.append(1000 * (time.perf_counter() - started))
    return sorted(times)


def resident(pid: int) -> float:
    """Resident memory of a process, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    (line,) = (line for line in status.split("\n") if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
