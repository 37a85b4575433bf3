"""Asking a copied factory, in this process, as each of its people: the API with a token, pages with a session."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from faur.kernel.actors.models import User
from tests.journeys.people import ROLES, World

API = "/api/"


class Asker:
    """Every request comes from a browser or a program that knows nothing of the last one but its session or token."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._sessions = {role: self._logged_in(role) for role in ROLES if role != "nobody"}

    def ask(self, role: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> HttpResponse:
        """One request. To a page `body` is a form, to the API it is JSON."""
        client = self.client(role, over_api=path.startswith(API))
        if method == "GET" or not path.startswith(API):
            return client.get(path) if method == "GET" else client.post(path, dict(body or {}))
        if method == "DELETE":
            return client.delete(path)
        return client.generic(method, path, _json(body), content_type="application/json")

    def methods(self, path: str) -> set[str]:
        """What the view behind a page knows, as its answer to another method says."""
        known = self.client("nobody").trace(path).headers.get("Allow", "GET, POST")
        return set(known.replace(" ", "").split(","))

    def client(self, role: str, *, over_api: bool = False) -> Client:
        if role == "nobody":
            return Client()
        if over_api:
            return Client(headers={"Authorization": f"Bearer {self.world.token(role)}"})
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[role]
        return client

    def _logged_in(self, role: str) -> str:
        client = Client()
        client.force_login(User.objects.get(uid=self.world.accounts[role]["id"]))
        return client.cookies[settings.SESSION_COOKIE_NAME].value


def _json(body: Mapping[str, Any] | None) -> str:
    return json.dumps(body or {}, default=str)
