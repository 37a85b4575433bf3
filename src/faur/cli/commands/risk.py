"""What a model is under the AI Act, and what people declare about it."""

from pathlib import Path
from typing import Annotated

import typer

from faur.cli.asking import ask_all
from faur.cli.client import Api, Json, at, connect
from faur.cli.commands.options import File, InProject
from faur.cli.input import read_document
from faur.cli.nouns import Noun, add
from faur.cli.output import form, note, show, show_list, show_pages, show_table
from faur.cli.refusal import Misused, Refused

classifications = Noun("Classifications under the AI Act.")
declarations = Noun("What no machine can know, declared for the technical file.")
PANEL = "Evidence"
Model = Annotated[str, typer.Argument(help="A model, mdl_….")]
OfModel = Annotated[str, typer.Option("--model", help="Of this model only.")]


def classify(
    model: Model,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="YAML or JSON with the answers.")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Be asked, one question after the other.")] = False,
    on: Annotated[str, typer.Option(help="As of this day, as 2027-01-01; by default today.")] = "",
    keep: Annotated[Path | None, typer.Option(help="With --ask: write the answers to this file, too.")] = None,
) -> None:
    """Classify a model's intended use under the AI Act, by answers from a file or in the terminal."""
    if ask == bool(file):
        raise Misused.because("argument.missing", "The answers come from --file or by --ask, one of them.")
    api = connect()
    answers = _asked(api, keep) if ask else read_document(file or Path())
    body = {"model": model, "answers": answers, **({"on": on} if on else {})}
    _show(api.post("/classifications", body))


@classifications.verb("list", paged=True)
def list_classifications(project: InProject = "", model: OfModel = "") -> None:
    """The classifications of your models, newest first."""
    columns = ["id", "tiers", "on", "created_at"]
    show_pages(connect(), "/classifications", columns, project=project, model=model)


@classifications.verb("show")
def show_classification(classification: str) -> None:
    """One classification: what it rests on, and the duties that follow."""
    _show(connect().get(at("classifications", classification)))


@classifications.verb("questions")
def questions() -> None:
    """All questions, to answer in a file; which of them matter depends on the answers."""
    found = connect().get("/questionnaire")["questions"]
    if not form.as_json:
        found = [{**one, "choices": [choice["id"] for choice in one["choices"]]} for one in found]
    show_list(found, ["id", "type", "text", "choices"])


@declarations.verb("list", paged=True)
def list_declarations(project: InProject = "", model: OfModel = "") -> None:
    """What was declared about your models, newest first."""
    show_pages(connect(), "/declarations", ["id", "item", "text"], project=project, model=model)


@declarations.verb("new")
def declare(
    model: Model,
    item: Annotated[str, typer.Argument(help="Item of Annex IV, as 2e.")],
    text: Annotated[str, typer.Argument(help="What is so.")],
    excuses: Annotated[bool, typer.Option("--excuses", help="It says why the item does not apply.")] = False,
) -> None:
    """Declare what no machine can know, for an item of Annex IV."""
    show(connect().post("/declarations", {"model": model, "item": item, "text": text, "excuses": excuses}))


@declarations.verb("commit")
def declare_all(model: Model, file: File) -> None:
    """Declare all that a file says, item by item, as `2e: A pathologist reads every sample.`"""
    api = connect()
    made: list[Json] = []
    try:
        for item, text in read_document(file).items():
            made.append(api.post("/declarations", {"model": model, "item": item, "text": text}))
    finally:
        if made:
            show_list(made, ["id", "item", "text"])


def _asked(api: Api, keep: Path | None) -> Json:
    try:
        answers = ask_all(api)
    except EOFError as error:
        raise Refused.because(
            "asking.broken_off", "The questions were not answered to the end.", "Nothing was kept."
        ) from error
    if keep:
        from faur.cli.documents import written  # costs time that only who writes a file should pay

        try:
            keep.write_text(written(answers), encoding="utf-8")
        except OSError as error:
            note(f"{keep} cannot be written: {error}. The answers are used all the same.")
    return answers


def _show(found: Json) -> None:
    if form.as_json:
        show(found)
        return
    told = found["explained"]
    show({"classification": found["id"], "tiers": found["tiers"], "on": found["on"], "under": told["instrument"]})
    for title in ("findings", "possible", "upcoming"):
        if told[title]:
            show_table(title, told[title], ["tier", "reason", "citation", "valid_from"])
    if duties := [duty for finding in told["findings"] for duty in finding["duties"]]:
        show_table("duties", duties, ["citation", "applies_from", "text"])
    if told["open_questions"]:
        show_table("open questions", told["open_questions"], ["id", "text"])
    if told["contested"]:
        show_table("not settled", told["contested"], ["citation", "text"])


def register(app: typer.Typer) -> None:
    add(app, "classify", panel=PANEL)(classify)
    app.add_typer(classifications, name="classifications", rich_help_panel=PANEL)
    app.add_typer(declarations, name="declarations", rich_help_panel=PANEL)
