"""How a program speaks with whatever runs it: four paths in its environment and three files in its report folder.

Standard library only. A program carries its own copy of this file, so that it runs wherever its folder is copied.
"""

import json
import math
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

REFUSED = 65  # EX_DATAERR of sysexits.h: "the input data was incorrect in some way"


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a failure of the program
    """The program cannot go on because of its input: a stable code, a sentence, and what to do about it."""

    def __init__(self, code: str, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.hint = hint


@dataclass(frozen=True)
class Job:
    """The folders that the program may read and write."""

    inputs: Path
    outputs: Path
    parameters: Path
    report: Path

    def metric(self, key: str, value: float, step: int = 0) -> None:
        """Append one line to `metrics.jsonl`; it can be read as soon as this returns."""
        line = {"key": key, "value": finite_or_name(value), "step": step, "time": time.time()}
        with (self.report / "metrics.jsonl").open("a", encoding="utf-8") as metrics:
            metrics.write(json.dumps(line) + "\n")

    def progress(self, done: int, total: int, label: str) -> None:
        """Replace `progress.json`; a reader sees the old one or the new one, never half of it."""
        write_json(self.report / "progress.json", {"done": done, "total": total, "label": label})


def finite_or_name(value: float) -> float | str:
    """`value`, or its name where JSON has no number for it."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(value)


def write_json(path: Path, content: Mapping[str, object]) -> None:
    """Write `content` as readable JSON, in one step. Raises ValueError on NaN and infinities."""
    partial = path.with_name(path.name + ".partial")
    partial.write_text(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
    partial.replace(path)


def log(sentence: str) -> None:
    """Say `sentence` in the job's log, at once."""
    print(sentence, flush=True)


def run(program: Callable[[Job], None]) -> None:
    """Run `program`. Its `Refused` becomes `report/refusal.json` and exit status 65."""
    job = _from_environment()
    try:
        program(job)
    except Refused as refusal:
        content = {"code": refusal.code, "sentence": refusal.sentence, "hint": refusal.hint}
        write_json(job.report / "refusal.json", content)
        log(f"Refused ({refusal.code}): {refusal.sentence} {refusal.hint}".rstrip())
        sys.exit(REFUSED)


def _from_environment() -> Job:
    names = ("FAUR_INPUTS", "FAUR_OUTPUTS", "FAUR_PARAMETERS", "FAUR_REPORT")
    if missing := [name for name in names if not os.environ.get(name)]:
        sys.exit(f"Set {', '.join(missing)}: folders for inputs, outputs and report, and a file of parameters in JSON.")
    job = Job(*(Path(os.environ[name]) for name in names))
    job.outputs.mkdir(parents=True, exist_ok=True)
    job.report.mkdir(parents=True, exist_ok=True)
    return job
