"""However many write, and however they end, a chain never forks: real processes and threads on a real database."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from faur.kernel.record.verify import verify_bundle

CHAINS = ["prj_1", "prj_2", "factory"]

Run = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Starts a writer on a database of its own, of the kind that the tests run on."""
    url, name = os.environ.get("FAUR_DATABASE_URL", ""), f"record_writers_{os.getpid()}"
    database = {**connection.settings_dict, "NAME": name if url else tmp_path / "record.sqlite3"}
    environment = {
        **os.environ,
        "FAUR_HOME": str(tmp_path / "home"),
        "RECORD_WRITER_DATABASE": json.dumps(database, default=str),
    }
    if url:
        administer(url, f"CREATE DATABASE {name}")

    def start(*arguments: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "faur.kernel.record.tests.writer", *map(str, arguments)]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)

    try:
        assert start("migrate").wait(60) == 0
        yield start
    finally:
        if url:
            administer(url, f"DROP DATABASE {name} WITH (FORCE)")


def administer(url: str, sql: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql)  # type: ignore[call-overload]  # a literal of this file


def exported(run: Run, chain: str, path: Path) -> list[dict]:
    """What the chain says, after the verifier found it sound."""
    assert run("export", chain, path).wait(60) == 0
    report = verify_bundle(path)
    assert report.findings == ()
    with zipfile.ZipFile(path) as read:
        return [json.loads(line)["body"] for line in read.read("entries.jsonl").splitlines()]


def test_many_processes_and_threads_write_one_unbroken_chain_each(run, tmp_path):
    started = [run("write", ",".join(CHAINS), 4, 10) for _ in range(3)]
    assert [process.wait(120) for process in started] == [0, 0, 0]
    for chain in CHAINS:
        entries = exported(run, chain, tmp_path / f"{chain}.zip")
        assert len(entries) == 3 * 4 * 10
        for writer in {entry["claims"]["by"] for entry in entries}:
            steps = [entry["claims"]["step"] for entry in entries if entry["claims"]["by"] == writer]
            assert steps == list(range(10))


def test_writers_that_are_killed_leave_an_unbroken_chain_with_all_that_they_committed(run, tmp_path):
    dice, told = random.Random(9), []
    for _ in range(3):
        started = [run("write", "prj_1", 2, 10_000) for _ in range(2)]
        for process in started:
            told.append(process.stdout.readline())  # both are at work
        time.sleep(dice.uniform(0.05, 0.5))
        for process in started:
            process.send_signal(signal.SIGKILL)
        for process in started:
            told += process.stdout.readlines()
            process.wait(60)
    entries = exported(run, "prj_1", tmp_path / "b.zip")
    written = {f"prj_1 {entry['claims']['by']} {entry['claims']['step']}\n" for entry in entries}
    assert len(written) == len(entries)
    assert {line for line in told if line.endswith("\n")} <= written
