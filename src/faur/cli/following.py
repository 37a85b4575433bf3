"""A job's log as it grows: by the factory's events, or by asking again where no stream of them comes through."""

import json
import sys
import time

from faur.cli.client import Api, Event, at
from faur.cli.output import errors, form, note, show
from faur.cli.refusal import Refused
from faur.cli.waiting import JOB_ENDED, LONGEST_JOB, PATIENCE, ended, require

QUIET_SECONDS = 20.0
"""After so much silence the stream is opened anew: a dead connection looks just like a quiet job."""
POLL_SECONDS = 0.5


def follow_log(api: Api, job: str) -> None:
    """Write a job's log until it has ended; Ctrl-C ends the looking, not the job. Raises Refused."""
    try:
        Follower(api, job).follow()
    except KeyboardInterrupt:
        errors.print(f"\nThe job runs on. `faur jobs cancel {job}` would end it.")
        raise


def show_to_the_end(api: Api, path: str, job: str) -> None:
    """The log of a job, then the thing at `path` that it is for. Raises Refused: it was not completed."""
    if not form.as_json:
        follow_log(api, job)
    thing = ended(api, path, until=JOB_ENDED, at_most=LONGEST_JOB, command=f"faur jobs show {job}")
    show(thing, without={"metrics"})
    require(thing, {"completed"})


class Follower:
    """Writes one job's log to standard output, every byte once, whatever breaks in between."""

    def __init__(self, api: Api, job: str) -> None:
        self._api = api
        self._job = job
        self._offset = 0
        self._state = ""
        self._ended = False

    def follow(self) -> None:
        """Write until the job has ended. Raises Refused."""
        answered = time.monotonic()
        while not self._ended:
            try:
                came = self._listen()
            except Refused as refused:
                if not refused.is_passing or time.monotonic() - answered > PATIENCE:
                    self._poll()
                    return
                came = False
            if came:
                answered = time.monotonic()
            else:
                time.sleep(POLL_SECONDS)

    def write_once(self) -> None:
        """Write what is there. Raises Refused."""
        while self._ask():
            pass

    def _listen(self) -> bool:
        """Write events until they stop; whether any came."""
        came = False
        path = at("jobs", self._job, "events")
        try:
            for event in self._api.events(path, last=str(self._offset), seconds=QUIET_SECONDS):
                came = True
                self._take(event)
        except Refused:
            if not came:
                raise
        return came

    def _take(self, event: Event) -> None:
        said = json.loads(event.data)
        if event.name == "message":
            self._offset = int(event.id)
            self._write(said.encode())
        elif event.name == "state":
            self._tell(said["state"])
        elif event.name == "end":
            self._ended = True

    def _poll(self) -> None:
        while (came := self._ask()) or not self._ended:
            if not came:
                time.sleep(POLL_SECONDS)

    def _ask(self) -> bool:
        """Write the next part; whether there was one."""
        answer = self._api.raw("GET", at("jobs", self._job, "log"), params={"offset": self._offset})
        self._offset = int(answer.headers["Faur-Log-Offset"])
        self._write(answer.content)
        self._ended = answer.headers["Faur-Log-Complete"] == "true"
        return bool(answer.content)

    def _write(self, content: bytes) -> None:
        if form.as_json and content:
            text = content.decode(errors="replace")
            sys.stdout.write(json.dumps({"offset": self._offset, "text": text}, ensure_ascii=False) + "\n")
        elif content:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
        sys.stdout.flush()

    def _tell(self, state: str) -> None:
        if state != self._state and errors.is_terminal:
            note(state)
        self._state = state
