"""The database as an asynchronous loop uses it: one thread, one connection, one step after the other."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import Error, connection

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


class Database:
    """Runs steps in a thread of their own, whose connection stays open between them."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="poller-database")

    async def __call__(
        self, step: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: _run(step, *args, **kwargs))

    def close(self) -> None:
        self._thread.submit(lambda: connection.close()).result()  # noqa: PLW0108 - each thread has its own
        self._thread.shutdown()


def _run(step: Callable[Arguments, Answer], *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
    try:
        return step(*args, **kwargs)
    except Error:
        connection.close()  # the next step begins with a new one: this one may be what failed
        raise
