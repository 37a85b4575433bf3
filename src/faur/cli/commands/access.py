"""Calls and applications: from the form to the award."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from faur.cli import orders
from faur.cli.client import Api, Json, at, connect
from faur.cli.commands.options import File, Search, State
from faur.cli.input import read_document, the_only
from faur.cli.nouns import Noun, add
from faur.cli.output import form, note, show, show_list, show_pages
from faur.cli.refusal import Refused

calls = Noun("Calls for applications.")
applications = Noun("Applications and what is decided on them.")
PANEL = "Access"
REASONS = ["rule", "answer", "reason", "citation"]
Call = Annotated[str, typer.Option(help="The call; needless if one only is open.")]
Organisation = Annotated[str, typer.Option(help="The organisation; needless if you have one only.")]


@calls.verb("list", paged=True)
def list_calls(state: State = "", search: Search = "") -> None:
    """The calls, open and closed."""
    columns = ["id", "title", "mode", "state", "closes_at"]
    show_pages(connect(), "/calls", columns, state=state, search=search)


@calls.verb("show")
def show_call(call: str) -> None:
    """One call, with its terms and its form."""
    show(connect().get(at("calls", call)))


@calls.verb("modes")
def modes() -> None:
    """The access modes that this factory knows."""
    show_list(connect().get("/modes")["items"], ["id", "title", "selection", "promised_working_days"])


@calls.verb("open")
def open_call(
    file: File, pool: Annotated[str, typer.Option(help="What it draws on; needless if there is one only.")] = ""
) -> None:
    """Open a call on a pool (operators)."""
    api = connect()
    order = orders.call(read_document(file, orders.CALL), datetime.now(UTC))
    show(api.post("/calls", {**order, "pool": the_only(api, "/pools", pool or str(order.get("pool", "")))}))


@calls.verb("close")
def close_call(call: str) -> None:
    """Close a call before its time (operators)."""
    show(connect().post(at("calls", call, "close")))


def apply(
    file: File,
    call: Call = "",
    organisation: Organisation = "",
    submit: Annotated[bool, typer.Option(help="Hand it in; otherwise it stays a draft.")] = True,
) -> None:
    """Apply to a call: write a draft, check it, hand it in."""
    api = connect()
    wish = orders.wish(read_document(file, orders.APPLICATION))
    parties = {
        "call": the_only(api, "/calls", call or str(wish.get("call", "")), state="open"),
        "organisation": the_only(api, "/organisations", organisation or str(wish.get("organisation", ""))),
    }
    application = api.post("/applications", {**wish, **parties})
    if submit:
        application = _submitted(api, application["id"])
    _show_with_reasons(api, application)


@applications.verb("list", paged=True)
def list_applications(
    state: State = "", search: Search = "", call: Annotated[str, typer.Option(help="To this call only.")] = ""
) -> None:
    """Your applications; for evaluators and operators, those handed in."""
    columns = ["id", "title", "organisation_name", "state", "place", "amount", "unit"]
    show_pages(connect(), "/applications", columns, state=state, search=search, call=call)


@applications.verb("show")
def show_application(application: str) -> None:
    """One application."""
    show(connect().get(at("applications", application)))


@applications.verb("eligibility")
def eligibility(application: str) -> None:
    """What was checked, what came out, and on what ground."""
    found = connect().get(at("applications", application, "eligibility"))
    if form.as_json:
        show(found)
    else:
        show_list(found["answers"], REASONS)
        show({"eligible": found["verdict"]})


@applications.verb("save")
def save_application(application: str, file: File) -> None:
    """Change a draft: the fields of the file, the others as they are."""
    api = connect()
    path = at("applications", application)
    said, draft = orders.wish(read_document(file, orders.WISH)), api.get(path)
    changed = api.patch(
        path, {name: said.get(name, draft.get(name)) for name in ("title", "amount", "months", "answers")}
    )
    _show_with_reasons(api, changed)


@applications.verb("submit")
def submit_application(application: str) -> None:
    """Hand in a draft; what it is checked against is in the answer."""
    api = connect()
    _show_with_reasons(api, _submitted(api, application))


@applications.verb("withdraw")
def withdraw(application: str) -> None:
    """Take an application back."""
    show(connect().post(at("applications", application, "withdraw")))


@applications.verb("assess")
def assess(
    application: str,
    verdict: Annotated[str, typer.Argument(help="pass or fail.")],
    comment: Annotated[str, typer.Argument(help="What the verdict rests on.")],
) -> None:
    """Give a technical assessment (evaluators)."""
    show(connect().post(at("applications", application, "assess"), {"verdict": verdict, "comment": comment}))


@applications.verb("award")
def award(
    application: str,
    amount: Annotated[int | None, typer.Option(help="In the pool's unit; by default what was asked for.")] = None,
) -> None:
    """Award an application: makes the project and its allocation (operators)."""
    body = {} if amount is None else {"amount": amount}
    show(connect().post(at("applications", application, "award"), body))


@applications.verb("decline")
def decline(application: str, reason: Annotated[str, typer.Argument(help="Why; the applicant reads it.")]) -> None:
    """Decline an application (operators)."""
    show(connect().post(at("applications", application, "decline"), {"reason": reason}))


def _submitted(api: Api, application: str) -> Json:
    """Raises Refused; the draft stays, and the person is told how to go on with it."""
    try:
        return api.post(at("applications", application, "submit"))
    except Refused:
        note(f"The draft stays: `faur applications save {application} --file …`, then `faur applications submit`.")
        raise


def _show_with_reasons(api: Api, application: Json) -> None:
    found = api.get(at("applications", application["id"], "eligibility"))
    if form.as_json:
        show({**application, "eligibility": found})
        return
    show(application)
    show_list(found["answers"], REASONS)


def register(app: typer.Typer) -> None:
    add(app, "apply", panel=PANEL)(apply)
    app.add_typer(calls, name="calls", rich_help_panel=PANEL)
    app.add_typer(applications, name="applications", rich_help_panel=PANEL)
