"""Who one is, how the command line knows it, and one's tokens."""

import os
from pathlib import Path
from typing import Annotated

import typer

from faur.cli.client import Api, at, connect
from faur.cli.credentials import access, forget_token, keep_token, kept_token, plain_url
from faur.cli.input import asked, secret
from faur.cli.nouns import Noun, add
from faur.cli.output import show, show_pages, tell

tokens = Noun("Your tokens: secrets that speak for you.")
PANEL = "You"
Url = Annotated[str, typer.Option(help="Address of the factory. Default: FAUR_URL, or that of the last login.")]
Email = Annotated[str, typer.Option(help="Your e-mail address; else you are asked.")]
Days = Annotated[int, typer.Option(min=1, max=366, help="How long the token works.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option(help="File with the password, - for standard input; else FAUR_PASSWORD, or it is asked for."),
]


def login(email: Email = "", url: Url = "", days: Days = 90, password_file: PasswordFile = None) -> None:
    """Make a token for this machine and keep it."""
    email = asked("E-mail", email)
    _log_in(url, email, secret("FAUR_PASSWORD", "Password", path=password_file), days)


def signup(
    email: Email = "",
    name: Annotated[str, typer.Option(help="Your name; else you are asked.")] = "",
    url: Url = "",
    language: Annotated[str, typer.Option(help="In which the factory speaks to you: en, ro or bg.")] = "en",
    password_file: PasswordFile = None,
) -> None:
    """Make an account, and log in."""
    url = plain_url(url) if url else access().url
    email, name = asked("E-mail", email), asked("Name", name)
    password = secret("FAUR_PASSWORD", "Password", path=password_file, twice=True)
    Api(url).post("/people", {"email": email, "name": name, "password": password, "language": language})
    _log_in(url, email, password, days=90)


def use(
    url: Annotated[str, typer.Argument(help="Address of the factory.")],
    token_file: Annotated[
        Path | None,
        typer.Option(help="File with the token, - for standard input; else FAUR_TOKEN, or it is asked for."),
    ] = None,
) -> None:
    """Ask another factory from now on, with a token that you have for it."""
    url = plain_url(url)
    is_known = kept_token(url) and not token_file and "FAUR_TOKEN" not in os.environ
    _keep(url, kept_token(url) if is_known else secret("FAUR_TOKEN", "Token", path=token_file))


def logout() -> None:
    """Forget the token on this machine; `faur tokens revoke` ends it everywhere."""
    url = access().url
    forget_token(url)
    tell(f"The token for {url} is forgotten on this machine.")


def whoami() -> None:
    """Who you are, where, and your roles."""
    api = connect()
    show({"factory": api.url, **api.get("/me")})


@tokens.verb("list", paged=True)
def list_tokens() -> None:
    """Your tokens, without their secrets."""
    show_pages(connect(), "/tokens", ["id", "name", "prefix", "expires_at", "revoked_at"])


@tokens.verb("new")
def new_token(name: Annotated[str, typer.Argument(help="What it is for.")], days: Days = 90) -> None:
    """Make another token; its secret is shown once."""
    show(connect().post("/tokens", {"name": name, "days": days}))


@tokens.verb("revoke")
def revoke_token(token: str) -> None:
    """End a token; it works nowhere any more."""
    connect().delete(at("tokens", token))
    tell("The token is revoked.")


def _log_in(url: str, email: str, password: str, days: int) -> None:
    url = plain_url(url) if url else access().url
    body = {"email": email, "password": password, "name": "command line", "days": days}
    _keep(url, Api(url).post("/tokens", body)["token"])


def _keep(url: str, token: str) -> None:
    """Keep a token that works. Raises Refused: it does not, or it cannot be kept."""
    me = Api(url, token).get("/me")
    keep_token(url, token)
    tell(f"You are {me['name']} at {url}.")


def register(app: typer.Typer) -> None:
    for command in (login, signup, use, logout, whoami):
        add(app, command.__name__, panel=PANEL)(command)
    app.add_typer(tokens, name="tokens", rich_help_panel=PANEL)
