"""Calls and applications: from the form to the award."""

from pathlib import Path
from typing import Annotated

import typer

from faur.cli.client import connect
from faur.cli.input import read_document
from faur.cli.output import console, show, show_list

calls = typer.Typer(no_args_is_help=True, help="Calls for applications.")
applications = typer.Typer(no_args_is_help=True, help="Applications and what is decided on them.")
File = Annotated[Path, typer.Option("--file", "-f", help="YAML or JSON with the fields.")]


@calls.command("list")
def list_calls() -> None:
    """The calls."""
    show_list(connect().all("/calls"), ["id", "title", "mode", "state", "closes_at"])


@calls.command("show")
def show_call(call: str) -> None:
    """One call, with its terms and its form."""
    show(connect().get(f"/calls/{call}"))


@calls.command("open")
def open_call(file: File) -> None:
    """Open a call (operators)."""
    show(connect().post("/calls", read_document(file)))


@calls.command("close")
def close_call(call: str) -> None:
    """Close a call (operators)."""
    show(connect().post(f"/calls/{call}/close"))


@calls.command("modes")
def modes() -> None:
    """The access modes that this factory knows."""
    show_list(connect().get("/modes")["items"], ["id", "title", "unit", "promised_working_days"])


def apply(
    file: File, submit: Annotated[bool, typer.Option(help="Submit it; otherwise it stays a draft.")] = True
) -> None:
    """Apply to a call: `faur apply --file application.yaml`."""
    api = connect()
    draft = api.post("/applications", read_document(file))
    if not submit:
        show(draft)
        return
    submitted = api.post(f"/applications/{draft['id']}/submit")
    show(submitted)
    show_list(api.get(f"/applications/{draft['id']}/eligibility")["answers"], ["rule", "answer", "reason", "citation"])


@applications.command("list")
def list_applications(state: str = "") -> None:
    """Your applications; for evaluators and operators, those handed in."""
    show_list(connect().all("/applications", state=state or None), ["id", "title", "state", "place", "amount"])


@applications.command("show")
def show_application(application: str) -> None:
    """One application."""
    show(connect().get(f"/applications/{application}"))


@applications.command("eligibility")
def eligibility(application: str) -> None:
    """What was checked, what came out, and on what ground."""
    answer = connect().get(f"/applications/{application}/eligibility")
    console.print(answer["verdict"], markup=False)
    show_list(answer["answers"], ["rule", "answer", "reason", "citation"])


@applications.command("submit")
def submit_application(application: str) -> None:
    """Hand in a draft."""
    show(connect().post(f"/applications/{application}/submit"))


@applications.command("withdraw")
def withdraw(application: str) -> None:
    """Take an application back."""
    show(connect().post(f"/applications/{application}/withdraw"))


@applications.command("assess")
def assess(application: str, verdict: str, comment: str) -> None:
    """Give a technical assessment, pass or fail (evaluators)."""
    show(connect().post(f"/applications/{application}/assess", {"verdict": verdict, "comment": comment}))


@applications.command("award")
def award(application: str, amount: Annotated[int | None, typer.Option(help="In the pool's unit.")] = None) -> None:
    """Award an application: makes the project and its allocation (operators)."""
    body = {} if amount is None else {"amount": amount}
    show(connect().post(f"/applications/{application}/award", body))


@applications.command("decline")
def decline(application: str, reason: str) -> None:
    """Decline an application, with the reason that the applicant reads (operators)."""
    show(connect().post(f"/applications/{application}/decline", {"reason": reason}))


def register(app: typer.Typer) -> None:
    app.command(rich_help_panel="Access")(apply)
    app.add_typer(calls, name="calls", rich_help_panel="Access")
    app.add_typer(applications, name="applications", rich_help_panel="Access")
