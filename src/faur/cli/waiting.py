"""Waiting for a state that the factory is working towards, and saying how it ended."""

import time
from collections.abc import Callable, Collection

from faur.cli.client import Api, Json
from faur.cli.output import errors, form, plain
from faur.cli.refusal import Refused

JOB_ENDED = frozenset({"completed", "failed", "cancelled", "timeout", "out_of_memory", "lost"})
LONGEST_JOB = 31 * 86400.0
LONGEST_PAUSE = 1.0
PATIENCE = 30.0
"""Seconds that a factory may be away, to be started again for instance, while one waits for its work."""


def wait_for(
    api: Api,
    path: str,
    *,
    until: Collection[str],
    at_most: float,
    seen: Callable[[Json], None] = lambda _: None,
    patience: float = 0.0,
) -> Json:
    """Ask until the thing at `path` is in one of the states `until`; `at_most` seconds.

    Raises:
        Refused: it is still in another state by then, or the factory was away for longer than `patience` seconds.
    """
    started = answered = time.monotonic()
    pause, state = 0.1, "there"
    while True:
        try:
            thing = api.get(path)
            answered, state = time.monotonic(), thing["state"]
            seen(thing)
            if state in until:
                return thing
        except Refused as refused:
            if not refused.is_passing or time.monotonic() - answered > patience:
                raise
        if time.monotonic() - started > at_most:
            raise Refused.because("waited", f"{path} is still {state} after {at_most:.0f} s.", "Look again later.")
        time.sleep(pause)
        pause = min(pause * 1.3, LONGEST_PAUSE)


def ended(api: Api, path: str, *, until: Collection[str], at_most: float, command: str) -> Json:
    """Wait where somebody looks on; Ctrl-C ends the waiting, not the work: `command` shows it again.

    Raises Refused.
    """
    try:
        if form.as_json or not errors.is_terminal:
            return wait_for(api, path, until=until, at_most=at_most, patience=PATIENCE)
        with errors.status("…") as status:

            def told(thing: Json) -> None:
                status.update(plain(str(thing["state"])))

            return wait_for(api, path, until=until, at_most=at_most, seen=told, patience=PATIENCE)
    except KeyboardInterrupt:
        errors.print(f"The factory works on. `{command}` shows how far it is.")
        raise


def require(thing: Json, good: Collection[str]) -> None:
    """Raises Refused: the thing ended in another state than a good one."""
    if thing["state"] not in good:
        raise Refused.because(*why(thing))


def why(thing: Json) -> tuple[str, str, str]:
    """Code, sentence and hint: why a thing ended as it did, as far as it says."""
    refusal = thing.get("refusal")
    if isinstance(refusal, dict):
        return refusal["code"], refusal["sentence"], refusal["hint"]
    code = thing.get("refusal_code") or thing.get("reason") or f"ended.{thing['state']}"
    sentence = refusal or thing.get("explanation") or thing.get("message") or f"It ended as {thing['state']}."
    return str(code), str(sentence), str(thing.get("hint") or "")
