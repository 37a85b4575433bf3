"""The questionnaire of the AI Act in a terminal: one question after the other, only those whose answer can matter."""

from rich.text import Text

from faur.cli.client import Api, Json
from faur.cli.output import errors, plain

UNKNOWN = "unknown"
TRUTHS = {"y": "yes", "yes": "yes", "n": "no", "no": "no"}


def ask_all(api: Api) -> Json:
    """Answers by question, asked on standard error and read from standard input.

    Raises:
        Refused: the factory does not answer.
        EOFError: nobody answers any more.
    """
    answers: Json = {}
    while question := api.post("/questionnaire/next", {"answers": answers})["question"]:
        _pose(question)
        answers[question["id"]] = _answer_to(question)
    return answers


def _pose(question: Json) -> None:
    errors.print(Text(f"\n{plain(question['text'])}", style="bold"))
    if question["hint"]:
        errors.print(Text(plain(question["hint"]), style="dim"))
    for place, choice in enumerate(question["choices"], start=1):
        errors.print(f"  {place:>2}  {plain(choice['text'])}")


def _answer_to(question: Json) -> object:
    while True:
        errors.print(_wanted(question["type"]), end=" ")
        said = input().strip().lower()
        if said in {"", "?", UNKNOWN}:
            return UNKNOWN
        if (answer := _read(question, said)) is not None:
            return answer
        errors.print("That is none of the answers.")


def _wanted(kind: str) -> str:
    ways = {
        "yes_no_unknown": "yes, no, or nothing for unknown:",
        "choice": "a number, or nothing for unknown:",
        "choices": "numbers, as 1 3; 0 for none; nothing for unknown:",
        "number": "a number, or nothing for unknown:",
    }
    return ways[kind]


def _read(question: Json, said: str) -> object:
    """The answer in the API's words; None where it is none."""
    kind = question["type"]
    if kind == "yes_no_unknown":
        return TRUTHS.get(said)
    if kind == "number":
        return _number(said)
    chosen = _chosen(question["choices"], said)
    if kind == "choices" or chosen is None:
        return chosen
    return chosen[0] if len(chosen) == 1 else None


def _number(said: str) -> float | None:
    try:
        return float(said)
    except ValueError:
        return None


def _chosen(choices: list[Json], said: str) -> list[str] | None:
    """The choices by their places, or by their own names; `0` is none of them."""
    ids = [str(choice["id"]) for choice in choices]
    named = {**{str(place): name for place, name in enumerate(ids, start=1)}, **{name: name for name in ids}}
    words = [] if said == "0" else said.replace(",", " ").split()
    if any(word not in named for word in words):
        return None
    return list(dict.fromkeys(named[word] for word in words))
