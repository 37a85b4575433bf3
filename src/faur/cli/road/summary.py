"""What the walk made, as a document for programs and as tables for people."""

from collections.abc import Iterable

from faur import __version__
from faur.cli.client import Json
from faur.cli.output import console
from faur.cli.road.road import Road


def as_document(road: Road, ledger: Json) -> Json:
    """Addresses, ids, accounts, seconds, ledger totals and paths of one finished walk."""
    return {
        "faur": __version__,
        "home": str(road.home),
        "portal": road.url,
        "api": f"{road.url}/api/v1",
        "made": road.made,
        "accounts": {
            role: {"id": one.id, "email": one.email, "password": one.password, "token": one.token}
            for role, one in road.people.items()
        },
        **{name: road.facts[name] for name in FACTS},
        "seconds": road.journal.seconds,
        "ledger": ledger,
    }


FACTS = (
    *("endpoint", "prediction", "metrics", "job", "verdict", "tiers", "eligibility", "model_digest", "coverage"),
    *("technical_file", "bundle", "record_key", "verified", "tampered"),
)


def print_summary(document: Json) -> None:
    """Tables that stay tables where there is room for them, and lines that are never broken where there is not."""
    seconds = document["seconds"]
    timed = [(step, f"{spent:.1f}") for step, spent in seconds.items()]
    _print("Step", "Seconds", [*timed, ("In all", f"{sum(seconds.values()):.1f}")])
    _print("Made", "Identifier", [(name.replace("_", " "), uid) for name, uid in document["made"].items()])
    _print("Account", "Password", [(one["email"], one["password"]) for one in document["accounts"].values()])
    ledger = document["ledger"]
    say(f"\nCharged: {ledger['used']:,} of {ledger['amount']:,} {ledger['unit']}, {ledger['held']:,} held.")
    say(f"Endpoint: {document['endpoint']['url']}")
    say(f"Its key: {document['endpoint']['key']}")
    for kind, path in document["technical_file"].items():
        say(f"Technical file, {kind.upper()}: {path}")
    say(f"Evidence bundle: {document['bundle']}")
    say(f"Verify, unchanged: {document['verified'].splitlines()[0]}")
    say(f"Verify, one byte changed: {' '.join(' '.join(document['tampered'].splitlines()[:2]).split())}")


def say(text: str) -> None:
    """A line that people may want to copy: never broken in the middle."""
    console.print(text, soft_wrap=True)


def _print(left: str, right: str, rows: Iterable[tuple[str, str]]) -> None:
    rows = list(rows)
    width = max(len(name) for name, _ in rows)
    say("")
    console.print(f"{left.ljust(width)}  {right}", style="bold", soft_wrap=True)
    for name, value in rows:
        say(f"{name.ljust(width)}  {value}")
