"""What the walk made, as a document for programs and as tables for people."""

from rich.table import Table

from faur.cli.client import Json
from faur.cli.output import console
from faur.cli.road.road import Road


def as_document(road: Road, ledger: Json) -> Json:
    """Addresses, ids, accounts, seconds, ledger totals and paths of one finished walk."""
    return {
        "portal": road.url,
        "api": f"{road.url}/api/v1",
        "made": road.made,
        "accounts": {
            role: {"id": one.id, "email": one.email, "password": one.password, "token": one.token}
            for role, one in road.people.items()
        },
        "endpoint": road.facts["endpoint"],
        "prediction": road.facts["prediction"],
        "metrics": road.facts["metrics"],
        "job": road.facts["job"],
        "verdict": road.facts["verdict"],
        "tiers": road.facts["tiers"],
        "eligibility": road.facts["eligibility"],
        "model_digest": road.facts["model_digest"],
        "coverage": road.facts["coverage"],
        "seconds": road.journal.seconds,
        "ledger": ledger,
        "technical_file": road.facts["technical_file"],
        "bundle": road.facts["bundle"],
        "verified": road.facts["verified"],
        "tampered": road.facts["tampered"],
    }


def print_summary(document: Json) -> None:
    steps = Table("Step", "Seconds", box=None, header_style="bold", title_justify="left")
    steps.columns[1].justify = "right"
    for step, seconds in document["seconds"].items():
        steps.add_row(step, f"{seconds:.1f}")
    steps.add_row("In all", f"{sum(document['seconds'].values()):.1f}", style="bold")
    made = Table("Made", "Identifier", box=None, header_style="bold")
    for name, uid in document["made"].items():
        made.add_row(name.replace("_", " "), uid)
    accounts = Table("Role", "E-mail", "Password", box=None, header_style="bold")
    for role, one in document["accounts"].items():
        accounts.add_row(role, one["email"], one["password"])
    for table in (steps, made, accounts):
        console.print()
        console.print(table)
    _print_totals(document)


def _print_totals(document: Json) -> None:
    ledger, endpoint = document["ledger"], document["endpoint"]
    console.print(
        f"\nCharged: {ledger['used']:,} of {ledger['amount']:,} {ledger['unit']}, {ledger['held']:,} held."
        f"\nEndpoint: {endpoint['url']}  key: {endpoint['key']}"
        f"\nTechnical file: {document['technical_file']['pdf']}"
        f"\nEvidence bundle: {document['bundle']}"
        f"\nVerify, unchanged: {document['verified'].splitlines()[0]}"
        f"\nVerify, one byte changed: {document['tampered'].splitlines()[0]}",
    )
