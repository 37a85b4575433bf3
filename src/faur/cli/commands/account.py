"""Who one is, and how the command line knows it."""

from typing import Annotated

import typer

from faur.cli.client import DEFAULT_URL, Api, connect, save_credentials
from faur.cli.output import console, show

Url = Annotated[str, typer.Option(help="Address of the factory.")]
Email = Annotated[str, typer.Option(prompt="E-mail", help="Your e-mail address.")]
Password = Annotated[str, typer.Option(prompt=True, hide_input=True, help="Your password.")]


def login(email: Email, password: Password, url: Url = DEFAULT_URL, days: int = 90) -> None:
    """Make a token for this machine and keep it."""
    body = {"email": email, "password": password, "name": "command line", "days": days}
    token = Api(url).post("/tokens", body)["token"]
    save_credentials({"url": url, "token": token})
    me = Api(url, token).get("/me")
    console.print(f"You are {me['name']} at {url}.", markup=False)


def logout() -> None:
    """Forget the token on this machine. Revoke it on your account page if others may have seen it."""
    save_credentials({})


def whoami() -> None:
    """Who you are, and your roles."""
    show(connect().get("/me"))


def signup(
    email: Email,
    name: Annotated[str, typer.Option(prompt="Name", help="Your name.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    url: Url = DEFAULT_URL,
) -> None:
    """Make an account."""
    Api(url).post("/people", {"email": email, "name": name, "password": password, "language": "en"})
    login(email, password, url)


def register(app: typer.Typer) -> None:
    for command in (login, logout, whoami, signup):
        app.command(rich_help_panel="You")(command)
